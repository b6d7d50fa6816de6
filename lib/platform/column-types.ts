// Column types of a CSV, as the platform names them: read off the data by DuckDB in passes that keep only counts, so that memory
// does not grow with the file.
import type {DuckDBConnection, DuckDBInstance} from "@duckdb/node-api";
import {type AskRows, type Fit, look} from "../tabular/column-fit.js";
import {columnNames} from "../tabular/column-names.js";
import {CsvError} from "../tabular/csv-error.js";
import {readHeader} from "../tabular/csv-header.js";
import {whyOtherSeparator} from "../tabular/csv-separator.js";
import {csvSource, sourceColumn} from "../tabular/csv-source.js";
import {byLineEnds} from "../tabular/line-ends.js";
import {typeLadder} from "../tabular/type-ladder.js";
import {asCsvError} from "../tabular/typed-csv.js";
import {distinctTexts, isCategory} from "./categories.js";
import type {DataTypes} from "./records.js";
import {sampleRows} from "./sample-rows.js";

const maxColumns = 10_000;

/**
 * The type of each column, under the names that pandas gives them, for data frames come back so. Numbers are NUMERIC (with the
 * format INTEGER where all are whole), dates and times TIME, text with few values CATEGORICAL, everything else TEXT. Throws
 * `CsvError` where the file is empty or isn't CSV.
 */
export async function columnTypes(duckdb: DuckDBInstance, path: string): Promise<DataTypes> {
  const {separator, ...header} = await readHeader(path);
  const {fields} = header;
  if (separator !== undefined) throw new CsvError(whyOtherSeparator(separator));
  if (fields.length > maxColumns) {
    throw new CsvError(`the data has ${fields.length} columns; a dataset can have at most ${maxColumns}`);
  }
  const connection = await duckdb.connect();
  try {
    const types = await byLineEnds(path, header, (lineEnd) =>
      typesOf(rowsOf(connection), csvSource(path, fields.length, lineEnd), fields.length)
    );
    return Object.fromEntries(columnNames(fields).map(({onPlatform}, i) => [onPlatform, types[i]!]));
  } catch (error) {
    throw asCsvError(error);
  } finally {
    connection.closeSync();
  }
}

/** The type of each of so many columns of `rows`. */
async function typesOf(ask: AskRows, rows: string, width: number): Promise<DataTypes[string][]> {
  const columns = Array.from({length: width}, (_, i) => ({x: sourceColumn(i), type: undefined}));
  const first = await look(ask, `(FROM ${rows} LIMIT ${sampleRows(columns.length)})`, columns);
  // All rows are only asked whether they fit what the first ones say.
  const fits = await look(ask, rows, columns, first.map(bestAlone));
  // After many whole numbers a fraction may come: only then are the other types tried on all rows.
  const others = columns.flatMap((column, i) => (fits[i] && !bestType(fits[i]) ? [{...column, i}] : []));
  const again = await look(
    ask,
    rows,
    others,
    others.map(({i}) => first[i])
  );
  for (const [j, {i}] of others.entries()) fits[i] = again[j];
  const types = fits.map((fit) => fit && bestType(fit));
  const texts = columns.flatMap(({x}, i) => (types[i] ? [] : [{x, i}]));
  const counts = await distinctTexts(
    ask,
    rows,
    texts.map(({x}) => x)
  );
  for (const [j, {i}] of texts.entries()) {
    types[i] = {data_type: isCategory(counts[j]!) ? "CATEGORICAL" : "TEXT", data_formats: {}};
  }
  return types.map((type) => type!);
}

/** Of a column of which nothing is said yet. */
const ladder = typeLadder("x", undefined);

const rowsOf = (connection: DuckDBConnection) => async (sql: string) =>
  (await connection.runAndReadAll(sql)).getRows();

/** The best type that fits, as if it were the only one; all of them where there is no value yet. */
function bestAlone(fit: Fit | undefined): Fit | undefined {
  if (!fit || fit.filled === 0) return fit;
  const best = fit.fits.indexOf(fit.filled);
  return {...fit, fits: fit.fits.map((count, i) => (i === best ? count : -1))};
}

/** The type of a column of numbers or times, as the ladder has it; undefined for one of texts, and for one without a value. */
function bestType({filled, fits}: Fit): DataTypes[string] | undefined {
  const type = filled > 0 ? ladder[fits.indexOf(filled)]?.type : undefined;
  switch (type) {
    case undefined:
      return undefined;
    case "TIMESTAMP":
      return {data_type: "TIME", data_formats: {}};
    case "DOUBLE":
      return {data_type: "NUMERIC", data_formats: {}};
    default:
      return {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}};
  }
}
