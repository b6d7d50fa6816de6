// A metric of a model's versions by when they were trained.
import * as Plot from "npm:@observablehq/plot";
import {colorScale, textWidth} from "npm:ikigai-kit/charts";
import {formatDay} from "./format.js";
import type {Shown} from "./metrics.js";
import {namePlaces} from "./name-places.js";

export interface TrainedVersion {
  version: string;
  created_at: Date;
  value: number;
}

/** A dot for each version at the time of its training, and the best so far as a line; a sentence if there is none. */
export function versionsOverTime(
  versions: TrainedVersion[],
  {label, format}: Shown,
  width: number
): Element | string {
  if (!versions.length) return "No version has metrics yet.";
  const channels = {x: "created_at", y: "value"} as const;
  const inOrder = versions.toSorted((a, b) => +a.created_at - +b.created_at);
  const svg = Plot.plot({
    ariaLabel: `${label} by time of training`,
    ariaDescription: `${inOrder.map((row) => `${row.version}: ${format(row.value)}, trained ${formatDay(row.created_at)}`).join("; ")}.`,
    width,
    height: 260,
    marginLeft: 60,
    marginRight: 20,
    marginTop: 24,
    style: "font: 12px var(--sans-serif); overflow: visible",
    color: colorScale(versions.map(({version}) => version)),
    x: {type: "utc", label: null, inset: 40, ticks: width < 480 ? 3 : 6},
    y: {
      label: null,
      grid: true,
      zero: true,
      insetTop: 24,
      tickFormat: (value: number) => format(value),
      ticks: 5
    },
    marks: [
      Plot.ruleY([0], {strokeOpacity: 0.4}),
      Plot.lineY(bestSoFar(inOrder), {
        ...channels,
        stroke: "var(--theme-foreground-muted)",
        strokeDasharray: "4,3",
        curve: "step-after"
      }),
      Plot.dot(inOrder, {...channels, fill: "version", r: 5, title: tip}),
      // A halo in the card's color, and above their dots, so that the line of the best passes behind the names.
      Plot.text(inOrder, besideDots(inOrder))
    ]
  });
  svg.setAttribute("role", "img");
  return svg;

  function tip({version, created_at, value}: TrainedVersion): string {
    return `${version}: ${format(value)}\nTrained ${formatDay(created_at)}`;
  }
}

/** Names at their dots that don't lie on each other. */
const besideDots = (versions: TrainedVersion[]) =>
  Plot.initializer(
    {
      x: "created_at",
      y: "value",
      text: "version",
      fill: "currentColor",
      stroke: "var(--theme-background-alt)",
      strokeWidth: 5
    },
    (data, facets, channels, scales, {width}) => {
      const at = (axis: "x" | "y") => {
        const scale = scales[axis] as (value: unknown) => number;
        return Array.from(channels[axis]!.value as Iterable<unknown>, scale);
      };
      const y = at("y");
      const dots = at("x").map((x, i) => ({x, y: y[i]!}));
      const widths = versions.map(({version}) => textWidth(version));
      const places = namePlaces(dots, widths, [0, width]);
      return {
        data,
        facets,
        channels: {x: {value: places.map(({x}) => x)}, y: {value: places.map(({y}) => y)}}
      };
    }
  );

const bestSoFar = (versions: TrainedVersion[]) =>
  versions.map(({created_at}, i) => ({
    created_at,
    value: Math.min(...versions.slice(0, i + 1).map(({value}) => value))
  }));
