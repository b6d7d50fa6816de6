// What forecasts add over a baseline, such as the naive one: a value with its interval for each version, series or horizon.
import type {Data} from "../../metrics/column.js";
import {measures, type Resampling} from "../../metrics/index.js";
import {addedValues, hasValue, type Added} from "./added-values.js";
import {differenceFormat, type DifferenceFormat} from "./difference-format.js";
import {highlightOf} from "../emphasis.js";
import {noValues} from "../errors/errors.js";
import {findColumn, namesOf} from "../find-columns.js";
import {divideOptions, type ForecastInput, type MeasureInput} from "./forecast-input.js";
import {soleVersion} from "../forecast/forecast-data.js";
import {strokeOf} from "../forecast/forecast-mark.js";
import {levelFormat, locale} from "../format.js";
import {capitalize, drawable, emptyFrame, type FrameOptions} from "../frame.js";
import {intervalDots, type IntervalDot} from "./interval-dots.js";
import {isolated} from "../labels.js";
import {methodCaption} from "./method-caption.js";
import {nameOf, type Value} from "../values.js";

/** Options of `valueAddedChart`: the names of the forecasts' columns, and of the figure. The baseline's is "baseline" if left out. */
export interface ValueAddedOptions extends ForecastInput, MeasureInput, FrameOptions {
  /** The column that each row stands for: a version (if left out), a series or a horizon. */
  by?: Value | undefined;
  /** How to compare: the difference of the weighted MAPE, or the share of the baseline's error that is saved. */
  measure?: "valueAdded" | "skill";
  /** How intervals are computed; see `measureIntervals`. Set `block` to at least the horizon. */
  resampling?: Resampling;
  /** The versions in color, before the others in grey. */
  highlight?: Iterable<string> | undefined;
  /** How many rows are drawn at most. */
  limit?: number;
}

/**
 * A chart of how much better forecasts are than a baseline, with the interval, the largest value first. The data has
 * a row for each forecast with its baseline, as `baseline` of ikigai-kit/metrics makes it; or is the result of
 * `measureIntervals` or `measureIntervalsOf`.
 */
export function valueAddedChart(
  data: Data,
  {
    by = findColumn(data, "version") ?? "version",
    measure = "valueAdded",
    resampling = {},
    highlight,
    limit = 40,
    width = 640,
    ...rest
  }: ValueAddedOptions = {}
): HTMLElement {
  width = drawable(width);
  const {input, others: options} = divideOptions(rest);
  const described = measures[measure];
  const name = `${described.label} by ${nameOf(by)}`;
  const empty = (text?: string) => emptyFrame({name, width, height: 120, ...options}, text);
  if (!namesOf(data).length) return empty();
  const {added, more} = addedValues(data, {by, measure, resampling, limit, input});
  if (!added.some(hasValue)) return empty(noValues(described));
  const format = differenceFormat(
    described.unit,
    added.flatMap(({value, interval}) => [value ?? 0, ...(interval ?? [])])
  );
  const names = added.map((row) => row.name);
  const isVersion = by === (input.version ?? findColumn(data, "version"));
  const stroke = strokeOf(soleVersion(data), options.color);
  const of = isVersion ? highlightOf(names, highlight, options.color).colors.of : () => stroke;
  const confidence = added[0]!.confidence ?? 0.95;
  return intervalDots(
    added.map((row) => dotOf(row, format, of)),
    {
      name,
      ariaDescription: describe(added, format, confidence),
      subtitle: "Above 0 is better than the baseline",
      ...methodCaption(added),
      ...options,
      label: [described.label, format.unit].filter(Boolean).join(", "),
      columns: [capitalize(nameOf(by)), described.label, `${levelFormat(confidence)} interval`, "Pairs"],
      tick: format.tick,
      more,
      sure: ["differs by more than chance", "may be chance"],
      interval: `${levelFormat(confidence)} interval`,
      unit: 0.01,
      width
    }
  );
}

const isSure = ({interval}: Added) => interval !== null && (interval[0] > 0 || interval[1] < 0);

function dotOf(row: Added, format: DifferenceFormat, color: (name: string) => string): IntervalDot {
  const {name, value, interval, pairs} = row;
  const text = hasValue(row) ? format.signed(value!) : "no value";
  const ends = interval ? `${format.signed(interval[0])} to ${format.signed(interval[1])}` : "";
  return {
    name,
    value: value ?? NaN,
    lower: interval?.[0] ?? NaN,
    upper: interval?.[1] ?? NaN,
    isSure: isSure(row),
    color: color(name),
    text,
    cells: [name, text, ends, pairs.toLocaleString(locale)]
  };
}

function describe(rows: Added[], format: DifferenceFormat, confidence: number): string {
  const said = rows.slice(0, 10).flatMap((row) => {
    if (!hasValue(row)) return [];
    const kind = row.value! > 0 ? "better" : row.value! < 0 ? "worse" : "as good";
    const amount = row.value ? ` by ${format.size(row.value)}${format.unit && ` ${format.unit}`}` : "";
    const ends = row.interval?.map(format.signed).join(" to ");
    return [
      `${isolated(row.name)}: ${kind}${amount}${isSure(row) ? "" : ", which may be chance"}` +
        (ends ? `; ${levelFormat(confidence)} interval ${ends}` : "")
    ];
  });
  return `Against the baseline. ${said.join(". ")}.`;
}
