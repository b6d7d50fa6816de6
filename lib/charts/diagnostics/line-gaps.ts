// Gaps in lines over time or by horizon where a regular series has no row.
import type {IsGap} from "../forecast/steps.js";
import {rowsBy} from "../rows-by.js";

interface Gaps<R> {
  /** Where a row stands: a time in milliseconds, a horizon. */
  at: (row: R) => number;
  /** Tells the gaps between the positions of a line. */
  gapsOf: (positions: number[]) => IsGap;
  /** What a row in a gap has instead of a value. */
  none: Partial<R>;
}

/**
 * The rows line by line, with one without a value where a version has none at a position that its others are regularly apart. Each
 * version's rows are in the order of their positions.
 */
export function withGaps<R extends {version: string}>(rows: R[], {at, gapsOf, none}: Gaps<R>): R[] {
  return rowsBy(rows, ({version}) => version).flatMap((line) => {
    const isGap = gapsOf(line.map(at));
    return line.flatMap((row, i) =>
      i && isGap(at(line[i - 1]!), at(row)) ? [{...row, ...none}, row] : [row]
    );
  });
}

/** The rows of a line with a value beside which are none to draw a line to: without a dot they can't be seen. */
export const standingAlone = <R>(line: R[], valueOf: (row: R) => number): R[] => {
  const isNone = (row: R | undefined) => row === undefined || isNaN(valueOf(row));
  return line.filter((row, i) => !isNone(row) && isNone(line[i - 1]) && isNone(line[i + 1]));
};
