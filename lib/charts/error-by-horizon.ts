// How the error grows with the horizon: a line for each version.
import * as Plot from "@observablehq/plot";
import type {Data} from "../metrics/column.js";
import {endLabels} from "./end-labels.js";
import {
  description,
  errorFormats,
  errorRows,
  versionsOf,
  type ErrorOptions,
  type ErrorRow
} from "./errors.js";
import {colorKey} from "./key.js";
import type {Format} from "./format.js";
import {capitalize, drawable, emptyFrame, frame, room, valueAxis} from "./frame.js";
import {colorsOf, muted} from "./palette.js";
import {seriesTip, slices} from "./series-tip.js";
import {ifPresent, nameOf, numbers, type Value} from "./values.js";

/** Options of `errorByHorizon`: the names of the data's columns, and how they are drawn. */
export interface ErrorByHorizonOptions extends ErrorOptions {
  /** The horizon, how far ahead a forecast looks: numbers. */
  horizon?: Value;
  /** The column "version" if there is one. */
  version?: Value | undefined;
  /** What the horizon counts, such as "months". */
  unit?: string;
}

/**
 * A chart of a measure by horizon, with a line for each version. The data has a row for each
 * forecast, from which it computes the measure; or, with `value`, a row for each version and horizon.
 */
export function errorByHorizon(
  data: Data,
  {
    horizon = "horizon",
    version = ifPresent(data, "version"),
    unit,
    measure = "wape",
    value,
    actual,
    forecast,
    lower,
    upper,
    scale,
    reference,
    width = 640,
    height = Math.round(Math.min(360, Math.max(220, width * 0.45))),
    marks = [],
    ...options
  }: ErrorByHorizonOptions = {}
): HTMLElement {
  width = drawable(width);
  const described = description(measure);
  const {label, better} = described;
  const by = {version: versionsOf(data, version), group: numbers(data, horizon)};
  const rows = errorRows(data, by, {measure, value, actual, forecast, lower, upper, scale});
  if (!rows.length) return emptyFrame({width, height, ...options});
  rows.sort((a, b) => Number(a.group) - Number(b.group));
  const {format, tick} = errorFormats(described, rows);
  const colors = colorsOf(
    rows.map((row) => row.version),
    options.color
  );
  const several = colors.names.length > 1;
  const direct = several && width >= 480;
  const horizonLabel = capitalize(nameOf(horizon)) + (unit ? ` (${unit})` : "");
  const values = rows.map((row) => row.value);
  const last = colors.names.map((name) => rows.findLast((row) => row.version === name)!);
  return frame({
    ariaLabel: `${label} by ${nameOf(horizon)}`,
    ariaDescription: describe(last, format, nameOf(horizon)),
    marginTop: 28,
    marginBottom: 36,
    marginLeft: room(values.map(format)) + 14,
    marginRight: direct ? room(colors.names) + 16 : 16,
    key: [
      ...(several && !direct ? colorKey(colors, "line") : []),
      ...(reference === undefined
        ? []
        : [{label: `Target ${tick(reference)}`, color: muted, kind: "dashed" as const}])
    ],
    ...options,
    color: colors.scale,
    width,
    height,
    x: {
      label: horizonLabel,
      labelArrow: "none",
      labelAnchor: "center",
      tickSize: 0,
      tickFormat: "d",
      ticks: ticksOf(rows, width),
      ...options.x
    },
    y: {
      label,
      labelArrow: "none",
      ...valueAxis(height),
      zero: better !== undefined,
      tickFormat: tick,
      ...options.y
    },
    marks: [
      reference === undefined ? null : Plot.ruleY([reference], {stroke: muted, strokeDasharray: "4,3"}),
      Plot.lineY(rows, {x: "group", y: "value", stroke: "version", strokeWidth: 2, marker: "circle-fill"}),
      direct
        ? endLabels(
            last.map((row) => ({x: row.group, y: row.value, label: row.version})),
            colors
          )
        : null,
      seriesTip(
        slices(rows.map(({group, version, value}) => ({at: Number(group), name: version || label, value}))),
        {
          along: "x",
          names: several ? colors.names : [colors.names[0] || label],
          colored: several ? colors.names : [],
          label: horizonLabel,
          position: String,
          format
        }
      ),
      ...marks
    ]
  });
}

/** Whole horizons, as many as fit. */
function ticksOf(rows: ErrorRow[], width: number): number[] {
  const all = [...new Set(rows.map((row) => Number(row.group)))];
  const step = Math.ceil(all.length / Math.max(2, Math.floor(width / 40)));
  return all.filter((_, i) => i % step === 0 || step === 1);
}

function describe(last: ErrorRow[], format: Format<number>, horizon: string): string {
  const ends = last.map(
    ({version, group, value}) => `${version && `${version}: `}${format(value)} at ${horizon} ${group}`
  );
  return ends.join("; ") + ".";
}
