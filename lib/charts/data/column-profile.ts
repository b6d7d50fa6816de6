// What is in a column: how numbers and times are distributed, or which values come most often.
import type {Data} from "../../metrics/column.js";
import {namesOf} from "../find-columns.js";
import {drawable, emptyFrame, frame, type FrameOptions} from "../frame.js";
import {profileBars} from "./profile-bars.js";
import {profileBins} from "./profile-bins.js";
import {profileOf, type Profile} from "./profile-of.js";
import {locale, percentFormat} from "../format.js";

/** Options of `columnProfile`. */
export interface ColumnProfileOptions extends FrameOptions {
  /** The column's name; the first if left out. */
  column?: string;
  /** How many of the most frequent values are drawn at most. */
  limit?: number;
}

/**
 * A chart of a column's values: a histogram of numbers or times with their median and the middle half, or a bar for
 * each of the most frequent values. Above it stands how many are missing, and how many are different. The data is a
 * table, or the result of `profileSql` of ikigai-kit/metrics.
 */
export function columnProfile(
  data: Data,
  {column, limit = 10, width = 640, height, marks = [], ...options}: ColumnProfileOptions = {}
): HTMLElement {
  width = drawable(width);
  const empty = (name: string, text?: string, subtitle?: string) =>
    emptyFrame({name, width, height: height ?? 120, subtitle, ...options}, text);
  if (!namesOf(data).length) return empty(`Values of ${column ?? "a column"}`);
  const profile = profileOf(data, column, limit);
  const name = `Values of ${profile.column}`;
  const counts = countsOf(profile);
  // A line that ends within "3,000 missing" would be misread; a type may be longer than a line.
  const subtitle = counts
    .map((text) => (text === profile.type ? text : text.replaceAll(" ", "\u00a0")))
    .join(", ");
  if (profile.bins ? !profile.bins.length : !profile.top.length)
    return empty(
      name,
      profile.missing < profile.rows ? "No finite values" : "No values: all are missing",
      subtitle
    );
  const size = {width, height};
  const drawn = profile.bins
    ? profileBins({...profile, bins: profile.bins}, size)
    : profileBars(profile, limit, size);
  return frame({
    name,
    subtitle,
    ...drawn,
    ariaDescription: `${counts.join(", ")}. ${drawn.ariaDescription}`,
    ...options,
    width,
    height: height ?? drawn.height,
    x: {...drawn.x, ...options.x},
    y: {...drawn.y, ...options.y},
    marks: [...drawn.marks, ...marks]
  });
}

/** "DOUBLE", "1,200 rows", "3 missing (0.25%)", "2 not finite", "40 different values". */
function countsOf({type, rows, missing, distinct, bins}: Profile): string[] {
  const count = (n: number) => n.toLocaleString(locale);
  const share = missing / rows;
  // NaN and infinities have no place in a histogram.
  const infinite = bins ? rows - missing - bins.reduce((sum, bin) => sum + bin.count, 0) : 0;
  return [
    ...(type ? [type] : []),
    `${count(rows)} ${rows === 1 ? "row" : "rows"}`,
    missing ? `${count(missing)} missing (${percentFormat([share])(share)})` : "none missing",
    ...(infinite ? [`${count(infinite)} not finite`] : []),
    `${count(distinct)} different ${distinct === 1 ? "value" : "values"}`
  ];
}
