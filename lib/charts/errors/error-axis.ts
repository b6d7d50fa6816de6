// The axis of a measure's values.
import type {ScaleOptions} from "@observablehq/plot";
import type {MeasureDescription} from "./errors.js";
import {measureTick} from "../format.js";
import {wholeTicks} from "../frame.js";

/** The axis of these values with about so many ticks: from zero where a lower or higher value is better, and of whole numbers for counts. */
export function axisOfErrors(
  values: number[],
  {label, unit, better}: MeasureDescription,
  ticks: number
): ScaleOptions {
  const counts = unit === "count" && wholeTicks(values);
  return {
    label,
    labelArrow: "none",
    grid: true,
    nice: true,
    zero: better !== undefined || unit === "count",
    tickSize: 0,
    tickFormat: measureTick(unit),
    ticks: counts || ticks,
    // Zeros alone have no scale: any tick but theirs would be made up.
    ...(values.every((value) => value === 0) && {domain: [0, 1], ticks: [0]})
  };
}
