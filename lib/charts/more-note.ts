// What a chart says of those that it doesn't draw.
import * as Plot from "@observablehq/plot";
import {mutedText} from "./palette.js";

const count = (number: number) => number.toLocaleString("en-US");

/** "and 2,980 more", and how many have nothing to draw, below the last row. */
export const moreNote = (more: number, without = 0): Plot.Text =>
  Plot.text(
    [
      [
        ...(more ? [`and ${count(more)} more`] : []),
        ...(without ? [`${count(without)} without a value`] : [])
      ].join("; ")
    ],
    {frameAnchor: "bottom-left", lineAnchor: "top", dx: 6, dy: 8, fill: mutedText}
  );
