// The series with the largest errors, beside a baseline's.
import {html} from "npm:htl";
import {measures, type MeasureName} from "npm:ikigai-kit/metrics";
import {dataTable} from "./data-table.js";
import {formatShareChange} from "./format.js";
import {badness, measureFormat} from "./measure-format.js";

/** A measure of one series and version. */
export type SeriesError = {sector: string; version: string} & Partial<Record<MeasureName, number | null>>;

interface OffendersOptions {
  measure: MeasureName;
  version: string;
  baseline: string;
  limit?: number;
}

/** A table of the series, the worst first; each links to its forecast. */
export function offenders(errors: SeriesError[], options: OffendersOptions): HTMLElement {
  const {measure, version, baseline, limit = 100} = options;
  const format = measureFormat(measure);
  const {label} = measures[measure];
  const rows = offenderRows(errors, options);
  return dataTable(rows, {
    label: `${label} by sector, worst first`,
    limit,
    columns: [
      {name: "sector", label: "Sector", format: (name) => linkTo(String(name), version)},
      {name: "error", label: version, title: label, format},
      {name: "naive", label: baseline, title: label, format},
      {
        name: "gain",
        label: "Better by",
        title: "How much smaller the error is than the baseline's, as a share of the baseline's",
        format: (value) => formatShareChange(value as number)
      }
    ]
  });
}

/** The rows of the table: of each series the version's `error`, the baseline's as `naive`, and what the version gains over it. */
export function offenderRows(errors: SeriesError[], {measure, version, baseline}: OffendersOptions) {
  const bad = badness(measure);
  const naives = new Map(
    errors.filter((row) => row.version === baseline).map((row) => [row.sector, row[measure]])
  );
  return errors
    .filter((row) => row.version === version && row[measure] != null)
    .map((row) => ({sector: row.sector, error: row[measure]!, naive: naives.get(row.sector) ?? null}))
    .map((row) => ({...row, gain: row.naive === null ? null : gain(bad(row.error), bad(row.naive))}))
    .sort((a, b) => bad(b.error) - bad(a.error));
}

const gain = (error: number, naive: number) => (naive === 0 ? null : 1 - error / naive);

const linkTo = (sector: string, version: string) =>
  html`<a href=${`./forecast?${new URLSearchParams({sector, version}).toString()}`}>${sector}</a>`;
