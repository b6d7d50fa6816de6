// The value that forecasts add over a baseline by group: computed already, or computed here.
import {rows as objects, type Data} from "../../metrics/column.js";
import {measureIntervals, type MeasureInterval, type Resampling} from "../../metrics/index.js";
import {byName} from "../../names/by-name.js";
import {errorRows} from "../errors/errors.js";
import {namesOf} from "../find-columns.js";
import {readForecasts, type ForecastInput, type MeasureInput} from "./forecast-input.js";
import {texts, type Value} from "../values.js";

/** The value added to one group. */
export type Added = Pick<MeasureInterval, "value" | "interval" | "pairs"> & {
  name: string;
  confidence?: number;
  method?: MeasureInterval["method"];
};

interface AddedOptions {
  by: Value;
  measure: "valueAdded" | "skill";
  resampling: Resampling;
  limit: number;
  input: ForecastInput & MeasureInput;
}

/** The groups with the most added value, and how many more there are. */
export const addedValues = (data: Data, options: AddedOptions): {added: Added[]; more: number} =>
  ["value", "interval"].every((name) => namesOf(data).includes(name))
    ? firstOf(known(data, options.by), ({name}) => name, options.limit)
    : measured(data, options);

/** Whether a group has a value. */
export const hasValue = ({value}: Pick<Added, "value">) => value !== null && Number.isFinite(value);

/** A note that one more is hidden takes as much room as that one. */
function firstOf<R extends Pick<Added, "value">>(
  rows: R[],
  nameOf: (row: R) => string,
  limit: number
): {added: R[]; more: number} {
  const sorted = [...rows].sort(
    (a, b) =>
      Number(hasValue(b)) - Number(hasValue(a)) ||
      (hasValue(a) ? b.value! - a.value! : 0) ||
      byName(nameOf(a), nameOf(b))
  );
  const added = sorted.length > limit + 1 ? sorted.slice(0, limit) : sorted;
  return {added, more: sorted.length - added.length};
}

const known = (data: Data, by: Value): Added[] => {
  const names = texts(data, by);
  return (objects(data) as unknown as Added[]).map((row, i) => ({...row, name: names[i]!}));
};

/** Intervals take thousands of samples, so only those are computed that are drawn. */
function measured(
  data: Data,
  {by, measure, resampling, limit, input}: AddedOptions
): {added: Added[]; more: number} {
  const read = readForecasts(data, input, measure, [by]);
  const group = read.by[0]!;
  const {added, more} = firstOf(
    errorRows(read.measured, {group}, {measure}),
    (row) => String(row.group),
    limit
  );
  const drawn = new Set(added.map((row) => String(row.group)));
  const places = group.flatMap((name, i) => (drawn.has(name) ? [i] : []));
  const part = Object.fromEntries(
    Object.entries({...read.measured, time: read.time, group}).map(([name, values]) => [
      name,
      places.map((i) => values[i])
    ])
  );
  const intervals = new Map(
    measureIntervals(part, {by: ["group"], measure, ...resampling}).map((row) => [row.group, row])
  );
  const none = {value: null, interval: null, pairs: 0};
  return {
    added: added.map(({group}) => ({...(intervals.get(group) ?? none), name: String(group)})),
    more
  };
}
