// A rule at a target value.
import * as Plot from "@observablehq/plot";
import type {Format} from "../format.js";
import {muted, mutedText} from "../palette.js";

/** What a rule at a target value is called. */
export const targetText = (value: number, format: Format<number>) => `Target ${format(value)}`;

/** A dashed rule from top to bottom at a value, with the value above it. */
export function referenceMark(value: number, format: Format<number>): Plot.CompoundMark {
  return Plot.marks(
    Plot.ruleX([value], {stroke: muted, strokeDasharray: "4,3"}),
    Plot.text([value], {
      x: (v: number) => v,
      text: () => targetText(value, format),
      fill: mutedText,
      frameAnchor: "top",
      lineAnchor: "bottom",
      dy: -4
    })
  );
}
