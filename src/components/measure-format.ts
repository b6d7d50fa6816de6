// How a measure's values are written in tables, and how far each is from the best that can be.
import {measures, type MeasureName} from "npm:ikigai-kit/metrics";
import {formatNumber, formatShare} from "./format.js";

/** The level of the intervals of the forecasts. */
export const nominal = 0.9;

export const measureFormat = (name: MeasureName) => (value: unknown) =>
  (measures[name].unit === "share" ? formatShare : formatNumber)(value as number | null);

/** The larger, the worse: the value itself, its distance from zero, or a coverage's from its level. */
export const badness = (name: MeasureName) => (value: number) =>
  name === "coverage"
    ? Math.abs(value - nominal)
    : measures[name].better === "nearer to zero"
      ? Math.abs(value)
      : value;
