// How differences of a measure read: with their sign, and those of shares in percentage points.
import type {Measure} from "../../metrics/index.js";
import {numberFormat, numberTick, type Format, type TickFormat} from "../format.js";

/** The formats of differences of a measure. */
export interface DifferenceFormat {
  /** "0.04", without a sign. */
  size: Format<number>;
  /** "+0.04" or "−0.04". */
  signed: Format<number>;
  tick: TickFormat;
  /** "points", or nothing. */
  unit: string;
}

/** The formats of these differences of a measure in this unit. */
export function differenceFormat(unit: Measure["unit"], values: Iterable<number>): DifferenceFormat {
  const factor = unit === "share" ? 100 : 1;
  const format = numberFormat(Array.from(values, (value) => value * factor));
  return {
    size: (value) => format(Math.abs(value) * factor),
    signed: (value) => (value > 0 ? "+" : "") + format(value * factor),
    tick: (value, i, ticks = [value]) =>
      numberTick(
        value * factor,
        i,
        Array.from(ticks, (tick) => tick * factor)
      ),
    unit: unit === "share" ? "points" : ""
  };
}
