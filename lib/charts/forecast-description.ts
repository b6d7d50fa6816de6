// A forecast chart in words.
import {dateFormat} from "./date-format.js";
import type {ForecastData} from "./forecast-data.js";
import {intervalText} from "./forecast-tip.js";
import type {Format} from "./format.js";
import {intervalLabel} from "./intervals.js";

/** From when to when there are actual values and forecasts, and the last of each, with its intervals. */
export function describeForecasts(
  {rows, levels}: ForecastData,
  format: Format<number>,
  timeZone: string | undefined
): string {
  const readTime = dateFormat(
    rows.map(({time}) => time),
    timeZone
  );
  const part = (name: string, column: "actual" | "forecast") => {
    const known = rows.filter((row) => !isNaN(row[column])).sort((a, b) => +a.time - +b.time);
    const [first, last] = [known[0], known.at(-1)];
    if (!first || !last) return [];
    const intervals = levels.flatMap((level, i) => {
      const text = column === "forecast" ? intervalText(last, i, format) : undefined;
      return text === undefined ? [] : [`${intervalLabel(level)} ${text}`];
    });
    const around = intervals.length ? ` (${intervals.join(", ")})` : "";
    return [
      `${name} from ${readTime(first.time)} to ${readTime(last.time)}, the last ${format(last[column])}${around}`
    ];
  };
  return [...part("Actual values", "actual"), ...part("Forecasts", "forecast")].join("; ") + ".";
}
