// What the re-forecasting flows have written before anybody runs them: the past, and the future as the best version sees it.
import type {Contest} from "./contest.js";
import type {Cell} from "./csv.js";
import type {SeedModelVersion} from "./types.js";

/** Rows of series, date, value, forecast, lower, upper, model: the columns that an AI_CAST facet gives. */
export function outlookRows(
  {series, dates, metric}: Contest,
  {versions, rows}: {versions: SeedModelVersion[]; rows: Cell[][]}
): Cell[][] {
  const error = ({metrics}: SeedModelVersion) =>
    (metrics.performance as Record<string, {average_test: number}>)[metric]!.average_test;
  const best = versions.reduce((a, b) => (error(b) < error(a) ? b : a)).version;
  return Array.from(series, ([name, values]) => {
    const past = Array.from(values, (value, t): Cell[] => [name, dates[t], value]);
    const last = dates[values.length - 1];
    const future = rows
      .filter(([of, , , , , , version, , origin]) => of === name && version === best && origin === last)
      .map(([, date, , forecast, lower, upper]): Cell[] => [
        name,
        date,
        undefined,
        forecast,
        lower,
        upper,
        best
      ]);
    return [...past.map((row) => [...row, undefined, undefined, undefined, undefined]), ...future];
  }).flat();
}
