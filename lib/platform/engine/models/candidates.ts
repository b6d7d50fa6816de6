// The forecasting methods that run here, by the names that aiCast's `models_to_include` gives them.
import {FacetError} from "../failure.js";
import {
  croston,
  ets,
  holtWinters,
  lassoOnLags,
  lastInterval,
  type Method,
  movingAverage,
  mstl
} from "../../forecast/index.js";
import type {Cadence} from "./cadence.js";

interface Shape {
  cadence: Cadence;
  /** How many values the longest series has. */
  length: number;
  /** Of the simple moving average. */
  window: number;
}

const methods: Record<string, (shape: Shape) => Method> = {
  // Seasons that the data shows twice at least; without one it is exponential smoothing alone.
  Additive: ({cadence: {season}, length}) =>
    season > 1 && length >= 2 * season + 1 ? mstl({seasons: [season]}) : ets(),
  Sma: ({window}) => movingAverage({window}),
  Last_Interval: () => lastInterval(),
  Lasso: ({cadence: {season}, length}) =>
    lassoOnLags({lags: Math.max(1, Math.min(season > 1 ? season : 12, Math.floor(length / 4)))}),
  Holt_Winters: ({cadence: {season}, length}) => holtWinters({season: length >= 3 * season ? season : 1}),
  Croston: () => croston()
};

/** What a version and the output call a method, and the method. */
export interface Candidate {
  name: string;
  method: Method;
}

/** The methods of the names; those that can't run here are told to `note`. Throws a FacetError where none is left. */
export function candidatesOf(names: string[], shape: Shape, note: (text: string) => void): Candidate[] {
  const missing = names.filter((name) => !Object.hasOwn(methods, name));
  const left = names.filter((name) => Object.hasOwn(methods, name));
  const available = Object.keys(methods).join(", ");
  if (left.length === 0) {
    throw new FacetError(`none of ${names.join(", ")} can run on this platform: include one of ${available}`);
  }
  if (missing.length > 0) {
    note(
      `${missing.join(", ")} can't run on this platform and ${missing.length === 1 ? "was" : "were"} left out; ${available} can`
    );
  }
  return [...new Set(left)].map((name) => ({name, method: methods[name]!(shape)}));
}
