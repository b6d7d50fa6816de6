// What the texts of imported columns fit. The first rows say which type a column is read as; a later value that doesn't fit ends
// the attempt, and the run starts again, with all rows looked at.
import {type AskRows, type Fit, type Fits, look, type TextColumn} from "../../tabular/column-fit.js";
import {typeLadder} from "../../tabular/type-ladder.js";
import {sampleRows} from "../sample-rows.js";

export interface ImportFits {
  fits: Fits;
  /** Whether all that a column holds are dates without a time of day. */
  areDates: boolean[];
  /** Whether that is so of all rows, not only of the first ones. */
  isProven: boolean;
}

/** The fits of one run's imports. */
export class ImportedFits {
  #isProven = false;
  readonly #first = new Map<string, Fits>();

  /** Takes nothing of the first rows' word any more; false where that was so already. */
  prove(): boolean {
    if (this.#isProven) return false;
    this.#isProven = true;
    return true;
  }

  /** What the columns of `source`, the rows that a facet imports, fit. */
  async of(ask: AskRows, facetId: string, source: string, columns: TextColumn[]): Promise<ImportFits> {
    const start = `(FROM ${source} LIMIT ${sampleRows(columns.length)})`;
    const first = this.#first.get(facetId) ?? (await look(ask, start, columns));
    this.#first.set(facetId, first);
    const all = this.#isProven ? await look(ask, source, columns, first) : [];
    const fits = first.map((fit, i) => all[i] ?? fit);
    const areDates = await datesAmong(ask, this.#isProven ? source : start, columns, fits);
    return {fits, areDates, isProven: this.#isProven};
  }
}

/** Which columns hold nothing but dates as ISO 8601 writes them. */
async function datesAmong(
  ask: AskRows,
  source: string,
  columns: TextColumn[],
  fits: Fits
): Promise<boolean[]> {
  const times = columns.flatMap(({x, type}, i) => (isIsoTime(fits[i], {x, type}) ? [{x, i}] : []));
  const areDates = columns.map(() => false);
  if (times.length === 0) return areDates;
  const rows = await ask(
    `SELECT i FROM (SELECT unnest([${times.map(({i}) => i).join(", ")}]) AS i, ` +
      `unnest([${times.map(({x}) => x).join(", ")}]) AS x FROM ${source}) ` +
      `GROUP BY i HAVING bool_and(x LIKE '____-__-__' OR x = '')`
  );
  for (const [i] of rows) areDates[Number(i)] = true;
  return areDates;
}

function isIsoTime(fit: Fit | undefined, {x, type}: TextColumn): boolean {
  const best = fit && fit.filled > 0 ? typeLadder(x, type)[fit.fits.indexOf(fit.filled)] : undefined;
  return best?.type === "TIMESTAMP" && best.format === undefined;
}
