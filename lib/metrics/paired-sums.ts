// Two versions' forecasts of the same things, paired, and summed by time: what comparisons are computed from.
import {identifier, literal} from "../tabular/quote.js";
import {column, type Data} from "./column.js";
import {compareKeys, groupsOf} from "./groups.js";
import type {Columns} from "./measure.js";
import {measures, type RatioName} from "./measures.js";

/** Which forecasts to pair, and by which measure. */
export interface Pairing extends Columns {
  /** The version that each other one is compared with. */
  against: string | number;
  /** The column of the versions; `"version"` if left out. */
  version?: string;
  /** The column of the time that is forecast; `"time"` if left out. */
  time?: string;
  /** The columns that together with the time say which forecast a row is, such as the series, the origin and the horizon. */
  by: string[];
  /** The measure to compare; `"wape"` if left out. */
  measure?: RatioName;
}

/** What a version's and the other's paired forecasts of one time add up to. A row that the measure doesn't count isn't in it. */
export interface PairedSums {
  version: unknown;
  time: unknown;
  /** How many forecasts both have. */
  pairs: number;
  /** How many the other version doesn't have. */
  unpaired: number;
  /** How many only the other version has. */
  unpairedAgainst: number;
  /** How many are there several times in either, and so can't be paired: name more columns in `by`. */
  repeated: number;
  /** The two sums whose ratio the measure is, see {@link RatioMeasure}, and the other version's. */
  term: number;
  weight: number;
  againstTerm: number;
  againstWeight: number;
}

/** The sums by version and time, in ascending order of these. */
export function pairedSums(
  data: Data,
  {against, version = "version", time = "time", by, measure = "wape", ...columns}: Pairing
): PairedSums[] {
  const {term, weight} = measures[measure].parts(data, columns);
  const [versions, times] = [column(data, version), column(data, time)];
  const keys = groupsOf([times, ...by.map((name) => column(data, name))], term.length);
  const cells = groupsOf([versions], term.length, keys);
  const atTime = groupsOf([times], term.length).of;

  const count = new Int32Array(cells.first.length);
  const first = new Int32Array(cells.first.length);
  cells.of.forEach((cell, i) => {
    if (isNaN(term[i]!) || versions[i] == null || times[i] == null) return;
    if (++count[cell]! === 1) first[cell] = i;
  });
  const counted = Array.from(cells.first.keys()).filter((cell) => count[cell]);
  const isAgainst = (cell: number) => String(versions[first[cell]!]) === String(against);
  const other = new Map(counted.filter(isAgainst).map((cell) => [keys.of[first[cell]!]!, cell]));

  const sums = new Map<unknown, Map<number, PairedSums>>();
  const sumsOf = (version: unknown, i: number): PairedSums => {
    const ofVersion = sums.get(version) ?? sums.set(version, new Map()).get(version)!;
    const known = ofVersion.get(atTime[i]!);
    const made = known ?? {version, time: times[i], ...nothing};
    if (!known) ofVersion.set(atTime[i]!, made);
    return made;
  };
  for (const cell of counted) {
    if (isAgainst(cell)) continue;
    const i = first[cell]!;
    const row = sumsOf(versions[i], i);
    const paired = other.get(keys.of[i]!);
    if (paired === undefined) ++row.unpaired;
    else if (count[cell]! > 1 || count[paired]! > 1) ++row.repeated;
    else {
      ++row.pairs;
      row.term += term[i]!;
      row.weight += weight[i]!;
      row.againstTerm += term[first[paired]!]!;
      row.againstWeight += weight[first[paired]!]!;
    }
  }
  for (const version of sums.keys()) {
    for (const cell of other.values()) ++sumsOf(version, first[cell]!).unpairedAgainst;
    for (const row of sums.get(version)!.values()) row.unpairedAgainst -= row.pairs + row.repeated;
  }
  return [...sums.values()]
    .flatMap((rows) => [...rows.values()])
    .sort((a, b) => compareKeys([a.version, a.time], [b.version, b.time]));
}

/** The sums of one version, and how many forecasts could be paired. */
export interface PairedVersion {
  version: unknown;
  /** The times with pairs, in the order of the sums. */
  rows: PairedSums[];
  counts: Record<"pairs" | "times" | "unpaired" | "unpairedAgainst" | "repeated", number>;
}

/** The sums of each version, in the order of the sums. */
export function pairedVersions(sums: Iterable<PairedSums>): PairedVersion[] {
  const versions = new Map<unknown, PairedVersion>();
  for (const row of sums) {
    const {version} = row;
    const counts = {pairs: 0, times: 0, unpaired: 0, unpairedAgainst: 0, repeated: 0};
    const known = versions.get(version) ?? {version, rows: [], counts};
    versions.set(version, known);
    if (Number(row.pairs) > 0) known.counts.times = known.rows.push(row);
    for (const name of ["pairs", "unpaired", "unpairedAgainst", "repeated"] as const)
      known.counts[name] += Number(row[name]);
  }
  return [...versions.values()];
}

const nothing = {
  pairs: 0,
  unpaired: 0,
  unpairedAgainst: 0,
  repeated: 0,
  term: 0,
  weight: 0,
  againstTerm: 0,
  againstWeight: 0
};

/** The statement that gives the same rows of a table. */
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
  count(*) FILTER (WHERE n = 1 AND against_n = 1) AS pairs,
  count(*) FILTER (WHERE against_n IS NULL) AS unpaired,
  count(*) FILTER (WHERE n IS NULL) AS "unpairedAgainst",
  count(*) FILTER (WHERE n > 1 AND against_n >= 1 OR n >= 1 AND against_n > 1) AS repeated,
  ${sums.map(([of, name]) => `coalesce(sum(${of}) FILTER (WHERE n = 1 AND against_n = 1), 0) AS "${name}"`).join(",\n  ")}
FROM paired GROUP BY version, time ORDER BY version, time`;
}

const sums = [
  ["term", "term"],
  ["weight", "weight"],
  ["against_term", "againstTerm"],
  ["against_weight", "againstWeight"]
] as const;
