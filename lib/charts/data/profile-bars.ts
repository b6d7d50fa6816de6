// The most frequent values of a column.
import * as Plot from "@observablehq/plot";
import {locale, percentFormat} from "../format.js";
import {room} from "../frame.js";
import {isolated} from "../labels.js";
import {moreNote} from "../more-note.js";
import {nameAxis} from "../name-axis.js";
import {palette} from "../palette.js";
import {rowTip} from "../row-tip.js";
import type {Profile} from "./profile-of.js";

/** The parts of the figure: a bar for each value, with how often it comes. */
export function profileBars(
  {top, rows, missing, distinct, column}: Profile,
  limit: number,
  {width, height}: {width: number; height: number | undefined}
) {
  const bars = top.slice(0, limit).map(({value, count}, row) => {
    const share = count / (rows - missing);
    const text = count.toLocaleString(locale);
    return {row, value, count, text, cells: [value || "(empty)", text, percentFormat([share])(share)]};
  });
  const more = distinct - bars.length;
  const columns = [column, "Count", "Share of those that aren’t missing"];
  const {axis, marginLeft, rowHeight} = nameAxis([...bars.keys()], (row) => bars[row]!.cells[0]!, {
    width,
    rowHeight: 22,
    height
  });
  return {
    height: 8 + rowHeight * bars.length + (more > 0 ? 24 : 0),
    ariaDescription: `The most frequent: ${bars.map(({cells: [value, count]}) => `${isolated(value!)}, ${count}`).join("; ")}.`,
    contents: () => ({columns, rows: bars.map(({cells, row}) => ({cells, y: row}))}),
    marginTop: 4,
    marginBottom: more > 0 ? 28 : 4,
    marginLeft,
    marginRight: room(bars.map(({text}) => text)) + 12,
    key: [],
    x: {axis: null},
    y: {type: "band" as const, axis: null, domain: [...bars.keys()], padding: 0.25},
    marks: [
      axis,
      Plot.barX(bars, {x: "count", y: "row", fill: palette[0]!, sort: {y: null}}),
      Plot.ruleX([0]),
      Plot.text(bars, {x: "count", y: "row", text: "text", textAnchor: "start", dx: 6}),
      more > 0 ? moreNote(more) : null,
      rowTip(bars, columns, {x: "count", y: "row"})
    ] as Plot.Markish[]
  };
}
