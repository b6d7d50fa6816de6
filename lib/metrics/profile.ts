// What is in the columns of a table: a statement that DuckDB answers with a row for each column.
import {identifier, literal} from "../tabular/quote.js";
import {calendarBinsSql} from "./calendar-bins.js";
import {binsSql, type Bin} from "./histogram.js";

/** A column as DuckDB describes it: `SELECT column_name AS name, column_type AS type FROM (DESCRIBE t)`. */
export interface DescribedColumn {
  name: string;
  type: string;
}

/** A row of the profile. Numbers of times are in milliseconds since 1970. */
export interface ColumnProfile {
  column: string;
  /** DuckDB's type, such as `TIMESTAMP`. */
  type: string;
  kind: "number" | "time" | "text" | "boolean" | "other";
  rows: number;
  /** How many are null; NaN and infinities aren't. */
  missing: number;
  /** The number of different values: approximate (HyperLogLog, a few percent off), or exact with `exact`. */
  distinct: number;
  /** The least and the greatest value, as text; null if there is none. */
  min: string | null;
  max: string | null;
  /** Of numbers and times, else null: the mean of the finite ones. */
  mean: number | null;
  /** Of numbers and times, else null: the quantiles at `profileQuantiles`. */
  quantiles: number[] | null;
  /** The most frequent values as text, most frequent first, ties by their text. */
  top: {value: string; count: number}[];
  /**
   * Null except for numbers and times. For numbers, bins of equal width; of whole numbers, with edges halfway between
   * two. Of times whole units of the calendar in UTC, from the unit with the first to that with the last: the
   * shortest of 1 ms … 1, 5, 15, 30 min, 1, 3, 6, 12 h, day, week (from Monday), month, quarter, 1, 2, 5, 10 …
   * 100,000 years that gives no more bins than wished, and is no shorter than the seconds, hours, days, months or
   * such at whose starts all times are. Empty without values; one bin without a width if all are alike.
   */
  histogram: Bin[] | null;
}

/** The probabilities of a profile's quantiles. */
export const profileQuantiles = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** How many bins a histogram of a profile has, if nothing is said. */
export const defaultBins = 20;

/** How much to show. */
export interface ProfileOptions {
  /** How many most frequent values; 10 if left out. */
  top?: number;
  /** How many bins numbers have, and times at most; 20 if left out. */
  bins?: number;
  /** Whether different values are counted, which takes memory for each; about how many there are is told if left out. */
  exact?: boolean;
}

/** The statement that profiles these columns of a table, in their order. Its rows are {@link ColumnProfile}. */
export function profileSql(
  table: string,
  columns: readonly DescribedColumn[],
  {top = 10, bins = defaultBins, exact = false}: ProfileOptions = {}
): string {
  if (!columns.length)
    throw new RangeError(`There are no columns of "${table}" to profile: name at least one`);
  const parts = columns.map((column, i) => `(${columnSql(table, column, i, {top, bins, exact})})`);
  return `SELECT * EXCLUDE (place) FROM (\n${parts.join("\nUNION ALL\n")}\n) ORDER BY place`;
}

/** Columns of one statement of {@link profileStatements}. One of 34 crashed DuckDB-WASM in Chromium: each adds to the depth of its plan. */
const atOnce = 8;

/**
 * The statements that profile the columns of a table of any width, in their order, some columns each: a page's DuckDB has no room for one of
 * many. Their rows, one after the other, are those of {@link profileSql}.
 */
export function profileStatements(
  table: string,
  columns: readonly DescribedColumn[],
  options?: ProfileOptions
): string[] {
  const parts = Array.from({length: Math.ceil(columns.length / atOnce)}, (_, i) =>
    columns.slice(i * atOnce, (i + 1) * atOnce)
  );
  return parts.map((part) => profileSql(table, part, options));
}

function columnSql(
  table: string,
  {name, type}: DescribedColumn,
  place: number,
  {top, bins, exact}: Required<ProfileOptions>
) {
  const kind = kindOf(type);
  const [c, from] = [identifier(name), identifier(table)];
  const isMeasured = kind === "number" || kind === "time";
  const text = (value: string) => (isZoned(type) ? utcText(value) : `CAST(${value} AS VARCHAR)`);
  const time = isZoned(type) ? utcTime(c) : `CAST(${c} AS TIMESTAMP)`;
  const n = kind === "time" ? `CAST(epoch_ms(${time}) AS DOUBLE)` : `CAST(${c} AS DOUBLE)`;
  const finite = `isfinite(${kind === "number" ? n : kind === "time" && !isZoned(type) ? time : c})`;
  const numeric = (expression: string) => (isMeasured ? expression : "NULL");
  const frequent = `SELECT ${text(c)} AS value, CAST(count(*) AS INTEGER) AS count FROM ${from}
    WHERE ${c} IS NOT NULL GROUP BY ${c} ORDER BY count(*) DESC, value LIMIT ${top}`;
  const histogram =
    kind === "time"
      ? `SELECT list({lower: lower, upper: upper, count: count} ORDER BY lower) FROM (${calendarBinsSql("v", "x", bins)})`
      : equalBins(bins);
  const values = isMeasured
    ? `WITH v AS (SELECT ${n} AS x FROM ${from} WHERE ${c} IS NOT NULL AND ${finite})\n`
    : "";
  return `${values}SELECT ${place} AS place, ${literal(name)} AS "column", ${literal(type)} AS type, '${kind}' AS kind,
  CAST(count(*) AS INTEGER) AS rows, CAST(count(*) - count(${c}) AS INTEGER) AS missing,
  CAST(${exact ? `count(DISTINCT ${c})` : `approx_count_distinct(${c})`} AS INTEGER) AS "distinct",
  ${text(`min(${c})`)} AS min, ${text(`max(${c})`)} AS max,
  CAST(${numeric("(SELECT avg(x) FROM v)")} AS DOUBLE) AS mean,
  CAST(${numeric(`(SELECT quantile_cont(x, [${profileQuantiles.join(", ")}]) FROM v)`)} AS DOUBLE[]) AS quantiles,
  coalesce((SELECT list({value: value, count: count} ORDER BY count DESC, value) FROM (${frequent})), []) AS top,
  CAST(${numeric(`coalesce((${histogram}), [])`)} AS STRUCT(lower DOUBLE, upper DOUBLE, count INTEGER)[]) AS histogram
FROM ${from}`;
}

/** The bins of the numbers `x` of a table `v`. */
const equalBins = (bins: number) =>
  `SELECT list({lower: first + (final - first) * i / bins, upper: first + (final - first) * (i + 1) / bins,
      count: CAST((SELECT count(*) FROM v WHERE
        CASE WHEN final > first THEN least(bins - 1, floor((x - first) / (final - first) * bins)) ELSE 0 END = i) AS INTEGER)} ORDER BY i)
    FROM (${binsSql(`(SELECT min(x) AS low, max(x) AS high, CASE WHEN max(x) > min(x) THEN ${bins} ELSE 1 END AS wished,
        bool_and(x = floor(x)) AS whole FROM v)`)}),
      (SELECT unnest(range(0, ${bins})) AS i) WHERE i < bins AND first IS NOT NULL`;

const isZoned = (type: string) => /^TIMESTAMP(?: WITH TIME ZONE|TZ)/.test(type);

/** What UTC's clock shows at a finite instant. A cast would take the session's zone, and `AT TIME ZONE` needs an extension, which pages lack. */
const utcTime = (instant: string) => `make_timestamp(epoch_us(${instant}))`;

/** The same as text, "2024-01-05 10:30:00+00". */
const utcText = (instant: string) =>
  `CASE WHEN isfinite(${instant}) THEN CAST(${utcTime(instant)} AS VARCHAR) || '+00' ELSE CAST(${instant} AS VARCHAR) END`;

function kindOf(type: string): ColumnProfile["kind"] {
  if (/\[|\(.*[A-Z].*\)|^(?:MAP|STRUCT|UNION)/.test(type.replace(/^ENUM.*/, "ENUM"))) return "other";
  if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|REAL|DECIMAL)/.test(type)) return "number";
  if (/^(?:DATE|TIMESTAMP)/.test(type)) return "time";
  if (/^(?:VARCHAR|ENUM|UUID)/.test(type)) return "text";
  return type === "BOOLEAN" ? "boolean" : "other";
}
