// The rule at the last time that was known when forecasts were made.
import * as Plot from "@observablehq/plot";
import {dateFormat} from "./format.js";
import {muted} from "./palette.js";

/** The rule at the last known time, with a label above the frame on the side where there is more room. */
export function cutoffMark(times: Date[], cutoff: Date | string): Plot.CompoundMark {
  const at = new Date(cutoff);
  if (isNaN(+at))
    throw new TypeError(`The cutoff is ${JSON.stringify(cutoff)}: give it a date, such as "2014-12-01"`);
  const [first, last] = [Math.min(...times.map(Number)), Math.max(...times.map(Number))];
  const late = +at > (first + last) / 2;
  return Plot.marks(
    Plot.ruleX([at], {stroke: muted, strokeDasharray: "2,3"}),
    Plot.text([at], {
      x: (date: Date) => date,
      text: () => `Known to ${dateFormat([...times, at])(at)}`,
      frameAnchor: "top",
      lineAnchor: "bottom",
      textAnchor: late ? "end" : "start",
      dx: late ? 2 : -2,
      dy: -6,
      fill: muted
    })
  );
}
