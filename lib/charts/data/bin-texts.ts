// What is said of the bins of a histogram, and of values within them.
import type {Bin} from "../../metrics/index.js";
import {dateFormat} from "../date-format.js";
import {numberFormat, type Format} from "../format.js";

/** The texts of a histogram's bins and values. */
export interface BinTexts {
  ofBin: Format<Bin>;
  ofValue: Format<number>;
}

const day = 86_400_000;
const endsOf = (bins: Bin[]) => bins.flatMap(({lower, upper}) => [lower, upper]);

/** "0.5 to 1.0"; of whole numbers, whose bins end halfway between two, "3" or "3 to 5". */
export function numberTexts(bins: Bin[], isWhole = false): BinTexts {
  const inset = isWhole ? 0.5 : 0;
  const format = numberFormat(endsOf(bins).map((end) => end + inset));
  // A quantile of whole numbers may be halfway between two.
  const between = numberFormat(endsOf(bins));
  return {
    ofValue: (value) => (Number.isInteger(value) ? format : between)(value),
    ofBin({lower, upper}) {
      const [from, to] = [format(lower + inset), format(upper - inset)];
      return isWhole && from === to ? from : `${from} to ${to}`;
    }
  };
}

/**
 * Bins of whole days or more from their first to their last day, month or year: "Jan 2006 to Mar 2006", or "2006". Shorter ones from end
 * to end: "Jan 5, 2006, 06:00 to 12:00". One without a width is its time, and so is what it is widened to.
 */
export function timeTexts(bins: Bin[], quantiles: number[]): BinTexts {
  const ends = endsOf(bins);
  const isAlike = ends[0] === ends.at(-1);
  const areDays = ends.every((end) => end % day === 0);
  const format = dateFormat(ends);
  const startOfDay = (time: number) => day * Math.floor(time / day);
  const ofDay = dateFormat([...ends, ...quantiles.map(startOfDay)]);
  return {
    ofValue: areDays && !isAlike ? (value) => ofDay(startOfDay(value)) : format,
    ofBin({lower, upper}) {
      if (isAlike) return format(ends[0]!);
      const [from, to] = [format(lower), format(areDays ? upper - 1 : upper)];
      const date = areDays ? "" : from.slice(0, from.lastIndexOf(" ") + 1);
      if (from === to) return from;
      return `${from} to ${date && to.startsWith(date) ? to.slice(date.length) : to}`;
    }
  };
}
