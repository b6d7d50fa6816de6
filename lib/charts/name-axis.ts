// The names beside bars or dots: on one line, or on two where they are longer than their room.
import * as Plot from "@observablehq/plot";
import {room} from "./frame.js";
import {distinctLabels, nameRoom, textWidth, twoLines, wrapped} from "./labels.js";

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
  const lines = nameLines(rows.map(nameOf), width, {hasTwo: haveTwoLines(rows.length, height)});
  const all = [...lines.values()];
  return {
    axis: Plot.axisY(rows, {
      label: null,
      tickSize: 0,
      tickFormat: (row: R) => lines.get(nameOf(row))!.text,
      title: (row: R) => (lines.get(nameOf(row))!.isWhole ? undefined : nameOf(row))
    }),
    marginLeft: widestOf(all) + 16,
    rowHeight: heightOfRows(all, rowHeight)
  };
}

/** The width in pixels of the widest of these, of which there may be more than a call takes as arguments. */
export const widestOf = (all: Iterable<{size: number}>): number => {
  let widest = 0;
  for (const {size} of all) widest = Math.max(widest, size);
  return widest;
};

/** A name as it is written. */
export interface NameLines {
  /** One line, or two with a break between them. */
  text: string;
  /** The width in pixels. */
  size: number;
  /** Whether nothing of the name is cut out. */
  isWhole: boolean;
}

/** Whether a chart of this height has room for two lines in each row; one without a height gets as high as it needs to be. */
export const haveTwoLines = (rows: number, height: number | undefined): boolean =>
  height === undefined || height >= rows * highRow + 60;

/** How high the rows with these names are. */
export const heightOfRows = (all: readonly NameLines[], rowHeight: number): number =>
  all.some(({text}) => text.includes("\n")) ? Math.max(rowHeight, highRow) : rowHeight;

/** How the names are written beside bars or dots of a chart this wide: different names differently. `indent` is how far they are moved in. */
export function nameLines(
  names: readonly string[],
  width: number,
  {hasTwo, indent = 0}: {hasTwo: boolean; indent?: number}
): Map<string, NameLines> {
  const roomOf = (most: number) => Math.max(48, most - 16 - indent);
  const isWrapped = hasTwo && room(names) > roomOf(nameRoom(width));
  // In a narrow chart a word or two more.
  const most = roomOf(
    isWrapped ? Math.max(nameRoom(width), Math.min(width / 2, 170 + indent)) : nameRoom(width)
  );
  // What can't be split between words may be split anywhere: so both lines have room for less of it.
  const both = most * 1.7;
  const labels = isWrapped
    ? distinctLabels(names, both, 12, (name) => textWidth(name) <= both || twoLines(name, most) !== undefined)
    : distinctLabels(names, most);
  return new Map(
    [...labels].map(([name, label]) => {
      const lines = isWrapped ? wrapped(label, most) : [label];
      return [name, {text: lines.join("\n"), size: room(lines), isWhole: label === name}];
    })
  );
}
