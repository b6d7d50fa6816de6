// A tip with the cells of a row of a chart's table, at the row.
import * as Plot from "@observablehq/plot";
import {isolated} from "./labels.js";
import {muted} from "./palette.js";
import {tipStyle} from "./series-tip.js";

/** A rule at the pointer's row, and a tip with its cells, each but the first after its column's name; empty ones are left out. */
export function rowTip<R extends {cells: string[]}>(
  rows: R[],
  columns: string[],
  at: {x: string | ((row: R) => number); y: string}
): Plot.CompoundMark {
  const lines = ({cells}: R) =>
    cells
      .flatMap((cell, i) => (cell ? [i ? `${isolated(columns[i]!)}: ${cell}` : isolated(cell)] : []))
      .join("\n");
  return Plot.marks(
    Plot.ruleY(rows, Plot.pointerY({y: at.y, stroke: muted})),
    Plot.tip(rows, Plot.pointerY({...at, title: lines, ...tipStyle}))
  );
}
