// Whether forecasts are too high or too low, over time: the error, its sum so far, or the tracking signal.
import {rows as objects, type Data} from "../../metrics/column.js";
import {tracking, trackingLimit, type Tracking} from "../../metrics/index.js";
import {byName} from "../../names/by-name.js";
import {dateFormat} from "../date-format.js";
import {findColumn, namesOf} from "../find-columns.js";
import {readForecasts, type ForecastInput} from "./forecast-input.js";
import {numberFormat, numberTick, type Format} from "../format.js";
import {drawable, emptyFrame, type FrameOptions} from "../frame.js";
import {isolated} from "../labels.js";
import {rowsBy} from "../rows-by.js";
import type {TimeValue} from "./time-line-marks.js";
import {timeLines} from "./time-lines.js";
import {dates, texts} from "../values.js";

/** What a chart of errors can show. */
export type BiasView = "bias" | "cumulative" | "signal";

/** Options of `biasOverTime`: the names of the forecasts' columns, what is shown, and of the figure. */
export interface BiasOverTimeOptions extends ForecastInput, FrameOptions {
  /** The mean error of each time, forecast − actual; the sum of these so far; or the tracking signal, with its limits. */
  show?: BiasView;
  /** The versions in color, before the others in grey. */
  highlight?: Iterable<string> | undefined;
  /** The values' unit, such as "thousand jobs". */
  unit?: string | undefined;
}

const views = {
  bias: {column: "error", label: "Bias"},
  cumulative: {column: "cumulative", label: "Cumulative bias"},
  signal: {column: "signal", label: "Tracking signal"}
} as const;

const limits = {at: [-trackingLimit, trackingLimit], label: `Limits ±${trackingLimit}`};
const passes = `tracking signal passes ±${trackingLimit}`;

/**
 * A chart of the bias over time, with a line for each version: above zero, the forecasts were too high. A ring marks
 * where the tracking signal passes its limits. The data has a row for each forecast; or is the result of `tracking`
 * or `trackingSql`.
 */
export function biasOverTime(
  data: Data,
  {
    show = "bias",
    time,
    version,
    actual,
    forecast,
    timeZone,
    highlight,
    unit,
    width = 640,
    ...options
  }: BiasOverTimeOptions = {}
): HTMLElement {
  const {column, label} = viewOf(show);
  const name = `${label} over time`;
  if (!namesOf(data).length) return emptyFrame({name, width: drawable(width), height: 240, ...options});
  const {tracked, gaps} = trackedOf(data, {time, version, actual, forecast, timeZone});
  const known = tracked.map((row, i): TimeValue => {
    const before = tracked[i - 1];
    const wasOutside = before?.version === row.version && isOutside(before);
    return {
      version: row.version,
      time: row.time,
      value: row[column] ?? NaN,
      isMarked: isOutside(row) && !wasOutside
    };
  });
  const rows = gaps.length ? [...known, ...gaps].sort((a, b) => +a.time - +b.time) : known;
  const ranked = rankedByBias(tracked);
  const format = numberFormat(known.map(({value}) => value));
  return timeLines(rows, {
    name,
    ariaDescription: describe(tracked, ranked, timeZone),
    ...options,
    label: show === "signal" || !unit ? label : `${label} (${unit})`,
    format,
    tick: numberTick,
    ranked,
    highlight,
    rules: {solid: [0], dashed: show === "signal" ? limits : undefined},
    marked: passes,
    none: tracked.length ? undefined : "No forecasts with an actual value",
    timeZone,
    width
  });
}

function viewOf(show: BiasView) {
  if (show in views) return views[show];
  throw new Error(
    `There is no "${show}" to show: give ${Object.keys(views)
      .map((name) => `"${name}"`)
      .join(" or ")}`
  );
}

type Tracked = Pick<Tracking, "error" | "cumulative" | "signal"> & {version: string; time: Date};

/** The bias of each version and time; and the times between them of which a version's rows have no error. */
function trackedOf(data: Data, input: ForecastInput): {tracked: Tracked[]; gaps: TimeValue[]} {
  const {time, version, timeZone} = input;
  if (["error", "cumulative", "signal"].every((name) => namesOf(data).includes(name))) {
    const times = dates(data, time ?? "time", timeZone);
    const found = version ?? findColumn(data, "version");
    const versions = found === undefined ? undefined : texts(data, found);
    const tracked = (objects(data) as unknown as Tracked[]).flatMap((row, i) =>
      times[i] ? [{...row, time: times[i], version: versions?.[i] ?? ""}] : []
    );
    return {tracked, gaps: []};
  }
  const {time: read, version: versions, measured} = readForecasts(data, input, "bias");
  const columns = {...measured, time: read, version: versions ?? read.map(() => "")};
  const tracked = tracking(columns as Record<string, unknown[]>, {by: ["version"]}) as unknown as Tracked[];
  // To change a million rows, which are the chart's own, takes half as long as to copy them.
  for (const row of tracked) row.time = new Date(row.time);
  return {tracked, gaps: gapsIn(columns as unknown as Read, tracked)};
}

interface Read {
  time: (number | null)[];
  version: string[];
  actual: number[];
  forecast: number[];
}

function gapsIn({time, version, actual, forecast}: Read, tracked: Tracked[]): TimeValue[] {
  const known = new Map(
    rowsBy(tracked, (row) => row.version).map((line) => [
      line[0]!.version,
      {first: +line[0]!.time, last: +line.at(-1)!.time, times: new Set(line.map((row) => +row.time))}
    ])
  );
  const gaps: TimeValue[] = [];
  for (let i = 0; i < time.length; ++i) {
    // Of a million rows, most have an error.
    if (!isNaN(actual[i]!) && !isNaN(forecast[i]!)) continue;
    const [at, line] = [time[i] ?? NaN, known.get(version[i]!)];
    if (!line || !(at > line.first && at < line.last) || line.times.has(at)) continue;
    line.times.add(at);
    gaps.push({version: version[i]!, time: new Date(at), value: NaN});
  }
  return gaps;
}

const isOutside = ({signal}: Tracked) => signal !== null && Math.abs(signal) > trackingLimit;

/** The versions with the least biased first, by the signal at the end. */
function rankedByBias(rows: Tracked[]): string[] {
  const last = new Map(rows.map((row) => [row.version, Math.abs(row.signal ?? 0)]));
  return [...last].sort(([x, a], [y, b]) => a - b || byName(x, y)).map(([name]) => name);
}

function describe(rows: Tracked[], versions: string[], timeZone: string | undefined): string {
  const readTime: Format<Date> = dateFormat(
    rows.map(({time}) => time),
    timeZone
  );
  const signalText = numberFormat([99.9]);
  const said = versions.slice(0, 6).map((name) => {
    const line = rows.filter((row) => row.version === name);
    const {signal, cumulative, time} = line.at(-1)!;
    const side =
      cumulative > 0 ? "too much is forecast" : cumulative < 0 ? "too little is forecast" : "no bias";
    const first = line.find(isOutside);
    const beyond = first ? `, first beyond ±${trackingLimit} in ${readTime(first.time)}` : "";
    const value =
      signal === null ? "" : `, tracking signal ${signalText(signal)} in ${readTime(time)}${beyond}`;
    return `${name && `${isolated(name)}: `}${side}${value}`;
  });
  const rest = versions.length > 6 ? `; and ${versions.length - 6} others` : "";
  return `${said.join("; ")}${rest}.`;
}
