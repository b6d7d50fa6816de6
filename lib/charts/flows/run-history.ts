// The last runs of a flow: when each was, how long it took, and how it ended.
import * as Plot from "@observablehq/plot";
import type {Run} from "../../gateway-api/index.js";
import {duration} from "../../gateway-api/duration.js";
import {numberTick} from "../format.js";
import {unitOf} from "./duration-unit.js";
import {drawable, emptyFrame, frame, valueAxis, type FrameOptions} from "../frame.js";
import type {KeyItem} from "../key.js";
import {hues, muted, palette} from "../palette.js";
import {tipStyle} from "../series-tip.js";

export interface RunHistoryOptions extends FrameOptions {
  /** The time until which runs that have not ended are drawn. */
  now?: Date;
  /** The time zone of the times; the viewer's by default. */
  timeZone?: string;
}

type Outcome = "Done" | "Failed" | "Stopped" | "Lost" | "Running" | "Waiting";

const outcomes: Record<Run["status"], Outcome> = {
  queued: "Waiting",
  scheduled: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
  stopped: "Stopped",
  lost: "Lost"
};

type SymbolName = "circle" | "times" | "square" | "triangle" | "diamond";

/** Each outcome has its own shape, so that it can be recognized without color. Runs under way are hollow. */
const styles: Record<Outcome, {symbol: SymbolName; kind: KeyItem["kind"]; color: string; hollow?: true}> = {
  Done: {symbol: "circle", kind: "dot", color: palette[hues.indexOf("#0ba68c")]!},
  Failed: {symbol: "times", kind: "cross", color: palette[hues.indexOf("#cc2631")]!, hollow: true},
  Stopped: {symbol: "square", kind: "square", color: palette[hues.indexOf("#825f79")]!},
  Lost: {symbol: "triangle", kind: "triangle", color: palette[hues.indexOf("#ea6a09")]!},
  Running: {symbol: "circle", kind: "ring", color: palette[hues.indexOf("#406bce")]!, hollow: true},
  Waiting: {symbol: "diamond", kind: "diamond", color: muted, hollow: true}
};

/** The radius of the symbols of few runs, and of so many that they lie on each other; the widest symbol, the triangle, in radii. */
const [largest, smallest, widest] = [5.5, 2, 2.7];

/** The room beside the runs. */
const [marginLeft, marginRight] = [40, 28];

interface Point {
  id: string;
  time: Date;
  seconds: number;
  outcome: Outcome;
  user: string;
  variables: string;
}

/**
 * A chart of runs, the newest at the right: its height is the duration, and a mark shows how it ended. Runs are those of the
 * gateway, as from `trigger.flow("reforecast").history()`, in any order. A run under way is as high as its duration so far.
 */
export function runHistory(
  runs: Iterable<Run>,
  {
    now = new Date(),
    timeZone,
    width: given = 640,
    height = 180,
    marks = [],
    ...options
  }: RunHistoryOptions = {}
): HTMLElement {
  const name = "Last runs";
  const points = Array.from(runs, (run) => pointOf(run, now)).sort((a, b) => +a.time - +b.time);
  if (!points.length) return emptyFrame({name, width: drawable(given), height, ...options});
  // A few runs far apart would look as if runs were missing.
  const width = Math.min(drawable(given), 100 + Math.max(4, points.length) * 72);
  const there = new Set(points.map(({outcome}) => outcome));
  const shown = (Object.keys(styles) as Outcome[]).filter((outcome) => there.has(outcome));
  const unit = unitOf(points.reduce((most, {seconds}) => Math.max(most, seconds), 0));
  const moment = new Intl.DateTimeFormat("en-US", {dateStyle: "medium", timeStyle: "short", timeZone});
  const value = ({seconds}: Point) => seconds / unit.seconds;
  const label = shortTimes(points, timeZone);
  const room = (width - marginLeft - marginRight) / points.length;
  const radius = Math.max(smallest, Math.min(largest, room / widest));
  const every = Math.ceil(points.length / Math.max(2, Math.floor((width - 60) / 76)));
  return frame({
    name,
    ariaDescription: describe(points, moment),
    contents: () => ({
      columns: ["Run", "Outcome", "Duration", "Started by", "Variables"],
      rows: points.map(({id, time, outcome, seconds, user, variables}) => ({
        cells: [moment.format(time), outcome, duration(seconds), user, variables],
        x: id
      }))
    }),
    marginTop: 26,
    marginBottom: 40,
    marginLeft,
    marginRight,
    key: shown.map((outcome) => ({label: outcome, ...styles[outcome]})),
    ...options,
    width,
    height,
    x: {
      type: "point",
      domain: points.map(({id}) => id),
      label: null,
      tickSize: 0,
      tickPadding: 10,
      // From the newest back, where viewers look first.
      ticks: points.filter((_, i) => (points.length - 1 - i) % every === 0).map(({id}) => id),
      tickFormat: (id: string) => label.get(id)!,
      padding: 0.5,
      ...options.x
    },
    y: {
      ...valueAxis(height),
      label: `Took (${unit.name})`,
      labelArrow: "none",
      tickFormat: numberTick,
      // At least one unit, so that differences of milliseconds don't look important.
      domain: [0, points.reduce((most, point) => Math.max(most, value(point)), 1)],
      ...options.y
    },
    marks: [
      Plot.ruleY([0], {stroke: muted}),
      ...shown.flatMap((outcome) => {
        const {color, hollow, symbol} = styles[outcome];
        const some = points.filter((point) => point.outcome === outcome);
        return [
          Plot.ruleX(some, {x: "id", y1: 0, y2: value, stroke: color, strokeWidth: 2, strokeOpacity: 0.45}),
          Plot.dot(some, {
            x: "id",
            y: value,
            symbol,
            r: radius,
            fill: hollow ? "var(--plot-background)" : color,
            stroke: color,
            strokeWidth: hollow ? Math.max(1.5, (2.5 * radius) / largest) : 1
          })
        ];
      }),
      Plot.tip(
        points,
        Plot.pointerX({
          ...tipStyle,
          maxRadius: 80, // runs stand up to 72 apart
          x: "id",
          y: value,
          channels: {
            Asked: ({time}: Point) => moment.format(time),
            Outcome: "outcome",
            Took: ({seconds}: Point) => duration(seconds),
            By: (point: Point) => point.user || undefined,
            With: (point: Point) => point.variables || undefined
          },
          format: {x: false, y: false, Asked: true, Outcome: true, Took: true, By: true, With: true}
        })
      ),
      ...marks
    ]
  });
}

function pointOf({id, createdAt, startedAt, endedAt, status, user, variables}: Run, now: Date): Point {
  const start = startedAt ?? (endedAt ? createdAt : null);
  const end = endedAt ? Date.parse(endedAt) : +now;
  return {
    id,
    time: new Date(createdAt),
    // A waiting run has taken no time yet; clocks of two machines may differ.
    seconds: start ? Math.max(0, end - Date.parse(start)) / 1000 : 0,
    outcome: outcomes[status],
    user: user ?? "",
    variables: Object.entries(variables)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")
  };
}

/** The time of each run: the time of day, and the date. */
function shortTimes(points: Point[], timeZone: string | undefined): Map<string, string> {
  const day = new Intl.DateTimeFormat("en-US", {month: "short", day: "numeric", timeZone});
  const clock = new Intl.DateTimeFormat("en-US", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone
  });
  return new Map(points.map(({id, time}) => [id, `${clock.format(time)}\n${day.format(time)}`]));
}

function describe(points: Point[], moment: Intl.DateTimeFormat): string {
  const counts = (Object.keys(styles) as Outcome[]).flatMap((outcome) => {
    const count = points.filter((point) => point.outcome === outcome).length;
    return count ? [`${count} ${outcome.toLowerCase()}`] : [];
  });
  const {time, outcome, seconds} = points.at(-1)!;
  return (
    `${points.length} ${points.length === 1 ? "run" : "runs"}: ${counts.join(", ")}. ` +
    `The last, ${moment.format(time)}: ${outcome.toLowerCase()}, after ${duration(seconds)}.`
  );
}
