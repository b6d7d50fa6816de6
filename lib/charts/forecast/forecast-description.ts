// A forecast chart in words.
import {dateFormat} from "../date-format.js";
import type {ForecastData} from "./forecast-data.js";
import {bySeries, type ForecastRow} from "./forecast-row.js";
import {intervalText} from "./forecast-tip.js";
import type {Format} from "../format.js";
import {intervalLabel} from "./intervals.js";

/** From when to when there are actual values and forecasts, and the last of each with its intervals; of several series, those in color. */
export function describeForecasts(
  {rows, levels, hasSeries, names, more}: ForecastData,
  main: readonly string[],
  format: Format<number>,
  timeZone: string | undefined
): string {
  const readTime = dateFormat(
    rows.map(({time}) => time),
    timeZone
  );
  const part = (rows: readonly ForecastRow[], name: string, column: "actual" | "forecast") => {
    const known = rows.filter((row) => !isNaN(row[column]));
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
  const parts = (rows: readonly ForecastRow[]) =>
    [...part(rows, "Actual values", "actual"), ...part(rows, "Forecasts", "forecast")].join("; ") + ".";
  if (!hasSeries) return parts(rows);
  const groups = bySeries(rows);
  const count = (number: number) => number.toLocaleString("en-US");
  const drawn = more ? `, of which ${count(names.length)} are drawn` : "";
  const said = main.map((name) => `${name}: ${parts(groups.get(name) ?? [])}`);
  return [`${count(names.length + more)} series${drawn}.`, ...said].join(" ");
}
