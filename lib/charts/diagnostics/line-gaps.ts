// Gaps in lines over time where a regular series has no row.
import {gapsOf} from "../forecast/steps.js";
import {zone} from "../zone.js";
import type {TimeValue} from "./time-line-marks.js";

/** The rows, with one without a value where a version has none of a time that its others are regularly apart. */
export function withGaps(rows: TimeValue[], timeZone: string | undefined): TimeValue[] {
  const byVersion = new Map<string, TimeValue[]>();
  for (const row of rows) {
    const line = byVersion.get(row.version);
    if (line) line.push(row);
    else byVersion.set(row.version, [row]);
  }
  return [...byVersion.values()].flatMap((line) => {
    const isGap = gapsOf(
      line.map(({time}) => +time),
      zone(timeZone)
    );
    return line.flatMap((row, i) =>
      i && isGap(+line[i - 1]!.time, +row.time) ? [{...row, isMarked: false, value: NaN}, row] : [row]
    );
  });
}
