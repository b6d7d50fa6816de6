// Whether a dataset holds forecasts, and which of its columns is what: by usual names, by types, and else by values.
import {usualColumn} from "../columns/index.js";
import {chooseInterval, intervalsOf, isMedianName, type Interval} from "./bounds.js";
import {shapeByValues, type ValueColumns} from "./shape-by-values.js";
import type {FoundColumn, FoundDataset} from "./found.js";
import {isWellFormed} from "./well-formed.js";

/** The columns of a dataset of forecasts. A row is a time of a series: with an actual value, a forecast of a version, or both. */
export interface ForecastShape extends ValueColumns {
  time: string;
  /** The columns whose values together name a series; none where there is one series. */
  series: string[];
  /** Columns that may describe a series: those of its name where there are several, and others of text beside it. */
  facets: string[];
  version?: string;
  horizon?: string;
  origin?: string;
}

/** Of more columns of text than these, most are properties of a series, not its name. */
const mostSeriesColumns = 3;

/** More fields than these would be a form to fill in. */
const mostFacets = 4;

const isForecastName = /forecast|fcst|fore_?cast|predict|y_?hat|projected|projection/i;
const isBoundName = /(^|[^a-z])(lo|low|lower|hi|high|upper|min|max)([^a-z]|$)|lower|upper/i;
const isOtherName = /error|resid|bias|abs|ape\b|date|horizon|version|(^|[^a-z])(id|std|var)([^a-z]|$)/i;
const isActualName = /actual|observed|(^|[^a-z])(true|real)([^a-z]|$)/i;

/** What the columns are, or undefined for a dataset that holds no forecasts. */
export function forecastShape({
  columns: all,
  rows
}: Pick<FoundDataset, "columns" | "rows">): ForecastShape | undefined {
  // Names with line breaks would have to be indented with the query that they stand in.
  const columns = all.filter(({name}) => isWellFormed(name) && !/\p{Cc}/u.test(name));
  const texts = namesOf(columns, "text");
  const times = namesOf(columns, "time");
  const origin = times.length > 1 ? usualColumn(times, "origin") : undefined;
  const others = times.filter((name) => name !== origin);
  const time = usualColumn(others, "time") ?? (others.length === 1 ? others[0] : undefined);
  if (time === undefined) return undefined;
  const version = usualColumn([...texts, ...namesOf(columns, "number")], "version");
  const horizon = usualColumn(namesOf(columns, "number"), "horizon");
  const numbers = namesOf(columns, "number").filter((name) => name !== version && name !== horizon);
  const keys = texts.filter((name) => name !== version);
  const usual = usualColumn(keys, "series");
  const series = usual === undefined ? keys.slice(0, mostSeriesColumns) : [usual];
  const values =
    valuesByName(numbers) ??
    (rows && shapeByValues(rows, {time, numbers, keys: [...keys, ...(version ? [version] : [])]}));
  if (!values) return undefined;
  return {
    time,
    ...values,
    series,
    facets: keys.length > 1 ? keys.filter((name) => name !== usual).slice(0, mostFacets) : [],
    ...(version !== undefined && {version}),
    ...(horizon !== undefined && {horizon}),
    ...(origin !== undefined && {origin})
  };
}

/** Whether the rows of a dataset have to be read to know whether it holds forecasts: its types would fit, and its names don't tell. */
export const needsValues = ({columns}: Pick<FoundDataset, "columns">): boolean =>
  namesOf(columns, "time").length > 0 &&
  namesOf(columns, "number").length > 1 &&
  forecastShape({columns}) === undefined;

const namesOf = (columns: readonly FoundColumn[], kind: FoundColumn["kind"]) =>
  columns.filter((column) => column.kind === kind).map(({name}) => name);

function valuesByName(numbers: readonly string[]): ValueColumns | undefined {
  const intervals = intervalsOf(numbers);
  const bounds = new Set(intervals.flatMap(({lower, upper}) => [lower, upper]));
  const candidates = numbers.filter((name) => !bounds.has(name));
  const forecast =
    usualColumn(candidates, "forecast") ??
    candidates.find(
      (name) => isForecastName.test(name) && !isBoundName.test(name) && !isOtherName.test(name)
    ) ??
    (bounds.size > 0 ? candidates.find(isMedianName) : undefined);
  if (forecast === undefined) return undefined;
  const rest = candidates.filter((name) => name !== forecast);
  const {lower, upper, level} =
    chooseInterval(intervals) ??
    ({lower: usualColumn(rest, "lower"), upper: usualColumn(rest, "upper")} as Partial<Interval>);
  const actual = actualByName(
    rest.filter((name) => name !== lower && name !== upper),
    forecast
  );
  if (actual === undefined) return undefined;
  const hasInterval = lower !== undefined && upper !== undefined;
  return {
    actual,
    forecast,
    ...(hasInterval && {lower, upper}),
    ...(hasInterval && level !== undefined && {level})
  };
}

/** By a usual name; by the name that the forecast's begins or ends with, as `units` of `units_forecast`; or the only one left. */
function actualByName(numbers: readonly string[], forecast: string): string | undefined {
  const candidates = numbers.filter((name) => !isForecastName.test(name) && !isOtherName.test(name));
  const within = forecast.toLowerCase();
  return (
    usualColumn(candidates, "actual") ??
    candidates.find((name) => isActualName.test(name)) ??
    candidates.find((name) => within.startsWith(name.toLowerCase()) || within.endsWith(name.toLowerCase())) ??
    (candidates.length === 1 ? candidates[0] : undefined)
  );
}
