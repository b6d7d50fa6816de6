// The profile of a column: one that DuckDB has made, or made here of the values.
import {column, columnNames, inFiles, rows, type Data} from "../../metrics/column.js";
import {profileQuantiles, type Bin, type ColumnProfile} from "../../metrics/index.js";
import {calendarBins} from "../../metrics/calendar-bins.js";
import {sortedHistogram} from "../../metrics/histogram.js";
import {defaultBins} from "../../metrics/profile.js";
import {quantile} from "../../metrics/resample.js";
import {byName} from "../../names/by-name.js";
import {namesOf} from "../find-columns.js";
import {textOf} from "../models/places.js";

/** What is drawn of a column. Numbers of times are in milliseconds since 1970. */
export interface Profile extends Pick<ColumnProfile, "column" | "type" | "rows" | "missing" | "distinct"> {
  isTime: boolean;
  /** The least and the greatest of whole numbers, whose bins end halfway between two; null of others. */
  whole: [number, number] | null;
  /** Of numbers and times; null of what is counted by value. */
  bins: Bin[] | null;
  /** Quantiles at `profileQuantiles`; none without values. */
  quantiles: number[];
  top: {value: string; count: number}[];
}

/** The profile of this column, or of the first: of rows that `profileSql` gives, or of a table's values. */
export function profileOf(data: Data, name: string | undefined, top: number): Profile {
  const isMade = ["column", "kind", "histogram", "top"].every((part) => namesOf(data).includes(part));
  return isMade ? madeProfile(data, name) : newProfile(data, name ?? columnNames(data)[0]!, top);
}

function madeProfile(data: Data, name: string | undefined): Profile {
  const profiles = rows(data) as unknown as ColumnProfile[];
  const found = name === undefined ? profiles[0] : profiles.find(({column}) => column === name);
  if (!found)
    throw new Error(
      `There is no profile of a column "${name}"${inFiles(data)}. There are: ${profiles.map(({column}) => column).join(", ")}`
    );
  return {
    column: found.column,
    type: found.type,
    rows: found.rows,
    missing: found.missing,
    distinct: found.distinct,
    isTime: found.kind === "time",
    whole: found.kind === "number" ? wholeOf(found) : null,
    bins: found.histogram && Array.from(found.histogram, ({lower, upper, count}) => ({lower, upper, count})),
    quantiles: Array.from(found.quantiles ?? []),
    top: Array.from(found.top, ({value, count}) => ({value, count})).sort(oftenFirst)
  };
}

function newProfile(data: Data, name: string, top: number): Profile {
  const values = column(data, name);
  const known = values.filter((value) => value != null);
  const isTime = known.length > 0 && known.every((value) => value instanceof Date);
  const isNumber =
    known.length > 0 && known.every((value) => typeof value === "number" || typeof value === "bigint");
  const sorted = isTime || isNumber ? Float64Array.from(known, Number).sort() : new Float64Array();
  const finite = sorted.filter(Number.isFinite);
  const counts = isTime || isNumber ? [] : [...countsOf(known)];
  return {
    column: name,
    type: isTime ? "time" : isNumber ? "number" : known.length ? "text" : "", // of missing values alone it isn't known
    rows: values.length,
    missing: values.length - known.length,
    distinct: counts.length || distinctOf(sorted),
    isTime,
    whole: isNumber && finite.every(Number.isInteger) ? [finite[0]!, finite.at(-1)!] : null,
    bins: isTime ? calendarBins(finite, defaultBins) : isNumber ? sortedHistogram(finite, 30) : null,
    quantiles: finite.length ? profileQuantiles.map((share) => quantile(finite, share)) : [],
    top: counts
      .map(([value, count]) => ({value, count}))
      .sort(oftenFirst)
      .slice(0, top)
  };
}

const oftenFirst = (a: Profile["top"][number], b: Profile["top"][number]) =>
  b.count - a.count || byName(a.value, b.value);

/** Bins of whole numbers begin before the least of them. */
function wholeOf({histogram, min, max}: ColumnProfile): [number, number] | null {
  const [first] = Array.from(histogram ?? []);
  return first && first.lower < Number(min ?? NaN) ? [Number(min), Number(max)] : null;
}

function countsOf(values: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = textOf(value) ?? `${value as number}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** How many different values there are of sorted ones, the last of which may be NaN. */
function distinctOf(sorted: Float64Array): number {
  let count = 0;
  for (let i = 0; i < sorted.length; ++i)
    if (i === 0 || (sorted[i] !== sorted[i - 1] && !isNaN(sorted[i - 1]!))) ++count;
  return count;
}
