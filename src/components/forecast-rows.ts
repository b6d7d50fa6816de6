// The rows that the page on forecasts draws, of those that it has.
import type {Granularity, PeriodRow} from "./periods.js";
import {wholePeriods} from "./periods.js";
import type {Zoom} from "./time-brush.js";

interface HistoryRow {
  sector: string;
  month: Date;
  employees: number;
}

interface ForecastRow extends PeriodRow {
  sector: string;
  horizon: number;
}

interface Chosen {
  sector: string;
  origin: Date;
  horizon: number;
}

/** What `periodSql` answers for months, from the small files. */
export function monthRows(
  history: HistoryRow[],
  forecasts: ForecastRow[],
  {sector, origin, horizon}: Chosen
): PeriodRow[] {
  const known = history.filter((row) => row.sector === sector && row.month <= origin);
  const made = forecasts.filter((row) => row.sector === sector && row.horizon <= horizon);
  const none = {forecast: null, lower: null, upper: null, version: null, months: 1};
  return [
    ...known.map(({month, employees}) => ({month, actual: employees, ...none})),
    ...made.map(({month, actual, forecast, lower, upper, version}) => ({
      ...{month, actual, forecast, lower, upper, version},
      months: 1
    }))
  ];
}

/** Every month from the first known one to the last that is forecast. */
export function monthsOf(history: HistoryRow[], origins: Date[], horizon: number): Date[] {
  const at = (start: number, months: number) => {
    const time = new Date(start);
    return Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + months);
  };
  const first = Math.min(...history.map(({month}) => +month));
  const last = at(Math.max(...origins.map(Number)), horizon);
  const months: Date[] = [];
  for (let time = first; time <= last; time = at(time, 1)) months.push(new Date(time));
  return months;
}

const inZoom = (zoom: Zoom | null) => (row: {month: Date}) =>
  !zoom || (row.month >= zoom.from && row.month <= zoom.to);

/** The whole periods within the zoom, those left out, and when the last known one began, if that is within it. */
export function shownRows(rows: PeriodRow[], granularity: Granularity, zoom: Zoom | null) {
  const {whole, partial} = wholePeriods(rows, granularity);
  const shown = whole.filter(inZoom(zoom));
  const cutoff = shown.findLast(({version}) => version === null)?.month ?? null;
  return {rows: shown, partial, cutoff};
}

/** Of one version, and the values before. */
export const ofVersion = (rows: PeriodRow[], version: string) =>
  rows.filter((row) => row.version === null || row.version === version);

/** With no more than the last three years before the forecasts, unless a part is chosen. */
export function recentRows(rows: PeriodRow[], zoom: Zoom | null): PeriodRow[] {
  const first = rows.find(({version}) => version !== null)?.month;
  if (zoom || !first) return rows;
  const from = new Date(first);
  from.setUTCFullYear(from.getUTCFullYear() - 3);
  return rows.filter(({month}) => month >= from);
}
