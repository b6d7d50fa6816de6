// Sorting a dataset that one sort has no memory for: cut by values into ranges of rows, which are sorted one after the other. DuckDB's own
// sort spills to the disk too, but what it holds in memory meanwhile grows with the rows: 100 million need more than 256 MB.
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {copyTo, parquetOptions} from "../lib/tabular/parquet.js";
import {identifier, literal} from "../lib/tabular/quote.js";
import {ascending} from "./row-order.js";

/**
 * Values, rows times columns, that one sort takes. Each sort leaves some memory that the next can't use. Loaders of 7 columns took at most
 * 457 MB in all for 10 million rows, 441 for 30 million, and 467 for 100 million.
 */
const mostValues = 70_000_000;

/** Rows that tell where to cut. */
const sampled = 50_000;

/** A dataset as a Parquet file. */
interface Sorted {
  file: string;
  rows: number;
  columns: object;
}

/** The rows that one sort takes of so many columns. */
const mostRows = ({columns}: Sorted, most: number) =>
  Math.max(1, Math.floor(most / Object.keys(columns).length));

/** Whether a dataset is sorted in ranges. */
export const isLargeSort = (dataset: Sorted, most = mostValues): boolean =>
  dataset.rows > mostRows(dataset, most);

/**
 * Sorts a dataset into Parquet files in a folder, which one after the other have its rows in ascending order, with NULL last; rows that are alike
 * keep their order.
 * @param options `most`: values that one sort takes; `onProgress`: gets the percents of the files that are made
 * @returns the files in their order
 */
export async function sortInRanges(
  connection: DuckDBConnection,
  dataset: Sorted,
  sort: readonly string[],
  folder: string,
  {most = mostValues, onProgress}: {most?: number; onProgress?: (percent: number) => void} = {}
): Promise<string[]> {
  const source = `read_parquet(${literal(dataset.file)})`;
  const ranges = new Ranges(connection, source, sort, mostRows(dataset, most));
  const options = parquetOptions(Object.keys(dataset.columns).length);
  const all = await ranges.cut("true", dataset.rows);
  const files: string[] = [];
  for (const {where, isInOrder} of all) {
    onProgress?.((100 * files.length) / all.length);
    const file = join(folder, `${files.length}.parquet`);
    const order = isInOrder ? "" : ` ORDER BY ${ascending(sort)}, file_row_number`;
    await copyTo(connection, `SELECT * FROM ${source} WHERE ${where}${order}`, file, options);
    files.push(file);
  }
  return files;
}

/** Some of the rows, by a condition. */
interface Range {
  where: string;
  /** Whether its rows are alike in all that is sorted by, and so stand in order already. */
  isInOrder: boolean;
}

/** Finds conditions whose rows, one condition after the other, are those of the source in order. */
class Ranges {
  #variables = 0;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly source: string,
    private readonly sort: readonly string[],
    private readonly most: number
  ) {}

  /**
   * Cuts the rows of a condition by the column at this place of the sort, and those of one value of it by the next.
   * @param rows how many there are
   */
  async cut(where: string, rows: number, place = 0): Promise<Range[]> {
    const name = this.sort[place];
    if (rows <= this.most || name === undefined) return [{where, isInOrder: name === undefined}];
    const column = identifier(name);
    const all: Range[] = [];
    for (const {condition, isOneValue} of await this.#conditions(where, column, rows)) {
      const whole = `${where} AND ${condition}`;
      const found = await this.#value<bigint>(`SELECT count(*) FROM ${this.source} WHERE ${whole}`);
      if (found === 0n) continue;
      all.push(
        ...(isOneValue ? await this.cut(whole, Number(found), place + 1) : [{where: whole, isInOrder: false}])
      );
    }
    return all;
  }

  /** Ranges of half of the most rows, as a sample of them tells, for a sample errs; and by itself each value that fills a range. */
  async #conditions(
    where: string,
    column: string,
    rows: number
  ): Promise<{condition: string; isOneValue?: boolean}[]> {
    const pieces = Math.ceil((2 * rows) / this.most);
    const shares = Array.from({length: pieces - 1}, (_, i) => (i + 1) / pieces);
    const variable = `cuts${++this.#variables}`;
    const sample = `SELECT ${column} AS value FROM ${this.source} WHERE ${where} AND ${column} IS NOT NULL`;
    await this.connection.run(
      `SET VARIABLE ${variable} = (SELECT quantile_disc(value, [${shares.join(", ")}])
        FROM (SELECT * FROM (${sample}) USING SAMPLE reservoir(${sampled} ROWS) REPEATABLE (1)))`
    );
    const cuts = `getvariable('${variable}')`;
    const isRepeated = await this.#value<{items: readonly boolean[]} | null>(
      `SELECT [${cuts}[i] IS NOT DISTINCT FROM ${cuts}[i + 1] FOR i IN range(1, len(${cuts}))] WHERE ${cuts} IS NOT NULL`
    );
    const conditions: {condition: string; isOneValue?: boolean}[] = [];
    let from: string | undefined;
    const between = (to?: string) =>
      conditions.push({
        condition: [from, to].filter((part) => part !== undefined).join(" AND ") || `${column} IS NOT NULL`
      });
    for (let i = 1; isRepeated && i <= shares.length; ++i) {
      const cut = `${cuts}[${i}]`;
      if (isRepeated.items[i - 2]) continue; // the same value once more
      between(`${column} < ${cut}`);
      if (isRepeated.items[i - 1]) conditions.push({condition: `${column} = ${cut}`, isOneValue: true});
      from = `${column} ${isRepeated.items[i - 1] ? ">" : ">="} ${cut}`;
    }
    between();
    return [...conditions, {condition: `${column} IS NULL`, isOneValue: true}];
  }

  async #value<T>(sql: string): Promise<T> {
    const rows = (await this.connection.runAndReadAll(sql)).getRows();
    return (rows[0]?.[0] ?? null) as T;
  }
}
