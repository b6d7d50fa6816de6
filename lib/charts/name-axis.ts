// The names beside bars or dots: on one line, or on two where they are longer than their room.
import * as Plot from "@observablehq/plot";
import {room} from "./frame.js";
import {distinctLabels, nameRoom, twoLines, wrapped} from "./labels.js";

/** How high a row with two lines is at least. */
const highRow = 32;

interface NameAxisOptions {
  /** The chart's width. */
  width: number;
  /** How high a row is if its name has one line. */
  rowHeight: number;
  /** The chart's height, if its rows have to fit it. */
  height: number | undefined;
}

/** What a chart needs to draw names beside its rows. */
export interface NameAxis {
  axis: Plot.Markish;
  marginLeft: number;
  rowHeight: number;
}

/** The axis of these rows, each with a name; different names have different labels, and cut ones their name as title. */
export function nameAxis<R extends string | number>(
  rows: readonly R[],
  nameOf: (row: R) => string,
  {width, rowHeight, height}: NameAxisOptions
): NameAxis {
  const names = rows.map(nameOf);
  const hasRoom = height === undefined || height >= rows.length * highRow + 60;
  const isWrapped = hasRoom && room(names) > nameRoom(width) - 16;
  // In a narrow chart a word or two more.
  const most = isWrapped ? Math.max(nameRoom(width), Math.min(width / 2, 170)) - 16 : nameRoom(width) - 16;
  // What has to be cut may be split anywhere: so it is cut to less than both lines have room for.
  const labels = isWrapped
    ? distinctLabels(names, most * 1.7, 12, (name) => twoLines(name, most) !== undefined)
    : distinctLabels(names, most);
  const lines = new Map(
    [...labels].map(([name, label]) => [name, isWrapped ? wrapped(label, most) : [label]])
  );
  return {
    axis: Plot.axisY(rows, {
      label: null,
      tickSize: 0,
      tickFormat: (row: R) => lines.get(nameOf(row))!.join("\n"),
      title: (row: R) => (labels.get(nameOf(row)) === nameOf(row) ? undefined : nameOf(row))
    }),
    marginLeft: room([...lines.values()].flat()) + 16,
    rowHeight: [...lines.values()].some(({length}) => length > 1) ? Math.max(rowHeight, highRow) : rowHeight
  };
}
