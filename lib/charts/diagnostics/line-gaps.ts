// Gaps in lines over time where a regular series has no row.
import {gapsOf} from "../forecast/steps.js";
import {rowsBy} from "../rows-by.js";
import {zone} from "../zone.js";
import type {TimeValue} from "./time-line-marks.js";

/** The rows, with one without a value where a version has none of a time that its others are regularly apart. */
export function withGaps(rows: TimeValue[], timeZone: string | undefined): TimeValue[] {
  return rowsBy(rows, ({version}) => version).flatMap((line) => {
    const isGap = gapsOf(
      line.map(({time}) => +time),
      zone(timeZone)
    );
    return line.flatMap((row, i) =>
      i && isGap(+line[i - 1]!.time, +row.time) ? [{...row, isMarked: false, value: NaN}, row] : [row]
    );
  });
}
