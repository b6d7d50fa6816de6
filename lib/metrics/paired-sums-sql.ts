// The sums of paired forecasts as a statement for DuckDB.
import {identifier, literal} from "../tabular/quote.js";
import {measures} from "./measures.js";
import type {Pairing} from "./paired-sums.js";

/** The statement that gives the rows of `pairedSums`, see {@link PairedSums}, of a table. */
export function pairedSumsSql(
  table: string,
  {against, version = "version", time = "time", by, measure = "wape", ...columns}: Pairing
): string {
  const {term, weight, counts} = measures[measure].partsSql(columns);
  const keys = by.map((name, i) => `${identifier(name)} AS key${i}`);
  const names = by.map((_, i) => `key${i}`);
  const [versionName, timeName] = [identifier(version), identifier(time)];
  const other = literal(String(against));
  return `WITH cells AS (
  SELECT ${[`${versionName} AS version`, `${timeName} AS time`, ...keys].join(", ")},
    count(*) AS n, any_value(${term}) AS term, any_value(CAST(${weight} AS DOUBLE)) AS weight
  FROM ${identifier(table)}
  WHERE ${counts} AND ${versionName} IS NOT NULL AND ${timeName} IS NOT NULL
  GROUP BY ${[version, time, ...by].map(identifier).join(", ")}
), others AS (SELECT * FROM cells WHERE CAST(version AS VARCHAR) <> ${other}),
sides AS (
  SELECT *, NULL AS against_n, NULL AS against_term, NULL AS against_weight FROM others
  UNION ALL
  SELECT versions.version, cells.* EXCLUDE (version, n, term, weight), NULL, NULL, NULL, n, term, weight
  FROM cells, (SELECT DISTINCT version FROM others) AS versions WHERE CAST(cells.version AS VARCHAR) = ${other}
), paired AS (
  SELECT version, time, max(n) AS n, max(against_n) AS against_n, max(term) AS term, max(weight) AS weight,
    max(against_term) AS against_term, max(against_weight) AS against_weight
  FROM sides GROUP BY ${["version", "time", ...names].join(", ")}
)
SELECT version, time,
  CAST(count(*) FILTER (WHERE n = 1 AND against_n = 1) AS INTEGER) AS pairs,
  CAST(count(*) FILTER (WHERE against_n IS NULL) AS INTEGER) AS unpaired,
  CAST(count(*) FILTER (WHERE n IS NULL) AS INTEGER) AS "unpairedAgainst",
  CAST(count(*) FILTER (WHERE n > 1 AND against_n >= 1 OR n >= 1 AND against_n > 1) AS INTEGER) AS repeated,
  ${sums.map(([of, name]) => `coalesce(sum(${of}) FILTER (WHERE n = 1 AND against_n = 1), 0) AS "${name}"`).join(",\n  ")}
FROM paired GROUP BY version, time ORDER BY version, time`;
}

const sums = [
  ["term", "term"],
  ["weight", "weight"],
  ["against_term", "againstTerm"],
  ["against_weight", "againstWeight"]
] as const;
