// The error of each series: a row for each, with a dot for each version.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {divideOptions, noValuesOf, type ErrorOptions} from "./errors.js";
import {drawable, emptyFrame} from "../frame.js";
import {dotsOf, drawDots, tipOfDots, type Dots, type ErrorBySeriesMarkOptions} from "./series-dots.js";
import {seriesFigure} from "./series-figure.js";
import {ifPresent, nameOf} from "../values.js";

/** Options of `errorBySeries`: those of `errorBySeriesMark`, and of the figure around it. */
export interface ErrorBySeriesOptions extends ErrorBySeriesMarkOptions, ErrorOptions {}

/**
 * A chart of a measure for each series, the hardest to forecast first, with a dot for each version. The data has a row for
 * each forecast, from which it computes the measure; or, with `value`, a row for each version and series.
 */
export function errorBySeries(
  data: Data,
  {
    series = "series",
    version = ifPresent(data, "version"),
    measure = "wape",
    limit = 40,
    first = "worst",
    width = 640,
    height,
    ...options
  }: ErrorBySeriesOptions = {}
): HTMLElement {
  width = drawable(width);
  const {shown, figure} = divideOptions(options);
  const dots = dotsOf(
    data,
    {...shown, series, version, measure, limit, first},
    {color: figure.color, onAxis: [0]}
  );
  const {described, rows, without} = dots;
  const name = `${described.label} by ${nameOf(series)}`;
  if (!rows.length)
    return emptyFrame(
      {width, height: height ?? 200, name, ...figure},
      without ? noValuesOf(data, {...shown, measure}) : undefined
    );
  return seriesFigure(dots, {
    name,
    ariaDescription: describe(dots),
    reference: shown.reference,
    width,
    height,
    ...figure
  });
}

/**
 * The marks of `errorBySeries`, for a plot of your own: `Plot.plot({color: colorScale(versions), marginLeft: 120, marks:
 * [errorBySeriesMark(forecasts, {series: "sector"})]})`.
 */
export function errorBySeriesMark(
  data: Data,
  {
    series = "series",
    version = ifPresent(data, "version"),
    measure = "wape",
    limit = Infinity,
    first = "worst",
    ...options
  }: ErrorBySeriesMarkOptions = {}
): Plot.CompoundMark {
  const dots = dotsOf(data, {series, version, measure, limit, first, ...options});
  return dots.rows.length ? Plot.marks(...drawDots(dots, options.reference), tipOfDots(dots)) : Plot.marks();
}

function describe({rows, order, more, badness, format}: Dots): string {
  const bestOf = (group: string) =>
    rows
      .filter((row) => row.group === group)
      .reduce((a, b) => (badness && badness(b.value) < badness(a.value) ? b : a));
  const each = (group: string) => {
    const {version, value} = bestOf(group);
    return `${group}, ${format(value)}${version && ` by ${version}`}`;
  };
  const rest = more ? ` ${more.toLocaleString("en-US")} more are not shown.` : "";
  return badness
    ? `The best version of each, from the first, ${each(order[0]!)}, to the last, ${each(order.at(-1)!)}.${rest}`
    : `From the first, ${each(order[0]!)}, to the last, ${each(order.at(-1)!)}.${rest}`;
}
