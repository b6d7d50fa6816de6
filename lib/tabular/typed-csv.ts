// Reads a dataset's CSV in DuckDB with the types that the platform gives its columns, never losing a row or a digit.
import type {DuckDBConnection} from "@duckdb/node-api";
import type {ColumnType, DataType} from "../wire/index.js";
import type {Arrival} from "./arrival.js";
import {look, type AskRows, type Fits, type TextColumn} from "./column-fit.js";
import {columnNames, nameWarnings, type ColumnName} from "./column-names.js";
import {isMisfit, readingOf} from "./column-reading.js";
import {CsvError} from "./csv-error.js";
import {csvFault} from "./csv-fault.js";
import {readHeader} from "./csv-header.js";
import {whyOtherSeparator} from "./csv-separator.js";
import {csvSource, sourceColumn, type CsvRecord, type LineEnd} from "./csv-source.js";
import {byLineEnds, mayHideLineEnds} from "./line-ends.js";
import {identifier} from "./quote.js";
import type {SqlType} from "./type-ladder.js";

/** A column as it is read. */
export interface TypedColumn {
  name: string;
  /** What it is read as; VARCHAR too where its values don't fit what the platform says. */
  sqlType: SqlType;
  /**
   * Whether its values are whole numbers that fit an INTEGER, as far as was looked. It may be cast to one: should a later value
   * not fit after all, then that is a misfit too.
   */
  isSmall: boolean;
  /** The same of times that have no microseconds, and `wholeMilliseconds`. */
  hasMilliseconds: boolean;
  /** What the platform says it is; undefined when it says nothing of this column. */
  dataType?: DataType;
}

/** A CSV file as a table. */
export interface TypedCsv {
  /** A SELECT that gives the table; to be used as a view or a subquery. */
  sql: string;
  /** Its columns, in the file's order. */
  columns: TypedColumn[];
  /** What isn't as the platform says, each in a sentence: columns kept as text, renamed, missing or unknown. */
  warnings: string[];
}

/** Enough rows to tell what a column holds, few enough to be read in a moment. */
const sampleRows = (columns: number) => Math.max(100, Math.min(2_000, Math.floor(1_000_000 / columns)));

/**
 * Reads the CSV at `path` as a table typed by the dataset's `dataTypes`, and hands it to `use`.
 *
 * - NUMERIC becomes BIGINT when all values are whole, DECIMAL(38,0) when some are too large for that, else DOUBLE. Infinity
 *   stays, NaN and pandas's other words for a missing value become NULL.
 * - TIME becomes TIMESTAMP in UTC, from ISO 8601 or the usual other forms.
 * - CATEGORICAL and TEXT become VARCHAR, where an empty field is NULL and a quoted empty one is `''`.
 * - A column with a value that doesn't fit becomes VARCHAR with every value as written, and `warnings` says so.
 * - A column that the platform doesn't mention is read as its values suggest.
 *
 * The types are chosen from the first rows, so that the file is read once. When a later value doesn't fit them, the query
 * that `use` runs fails, the whole file is looked at, and `use` is called a second time: it must be able to start over.
 *
 * Throws `CsvError`, with the line where it is known, for a file that is empty or breaks CSV's rules.
 */
export async function readTypedCsv<T>(
  connection: DuckDBConnection,
  path: string,
  dataTypes: Record<string, ColumnType>,
  use: (csv: TypedCsv) => Promise<T>
): Promise<T> {
  try {
    return await readWhole(connection, path, dataTypes, use);
  } catch (error) {
    throw asCsvError(error);
  }
}

/**
 * The same for a CSV that is still on its way to the disk: `use` is called when its first records are there, with a table that
 * gives the others as they come, once. When that fails, or the download starts over, it is called again with the whole file.
 *
 * Throws what the download throws, too.
 */
export async function readArrivingCsv<T>(
  connection: DuckDBConnection,
  {path, early, whole}: Arrival,
  dataTypes: Record<string, ColumnType>,
  use: (csv: TypedCsv) => Promise<T>
): Promise<T> {
  if (!early) {
    await whole;
    return readTypedCsv(connection, path, dataTypes, use);
  }
  let misfit: Fits | undefined;
  try {
    const record = await commaHeader(early.start);
    const header = typedHeader(record, record.lineEnd, dataTypes);
    const first = await lookAtStart(connection, early.start, header);
    try {
      const used = await use(typedAs(early.pipe, header, first, false, dataTypes));
      await whole;
      if (!early.isVoid() && !(await mayHideLineEnds(path, record.lineEnd))) return used;
    } catch (error) {
      if (isMisfit(error)) misfit = first;
    }
  } catch {
    // The start may have been cut in the middle of a record. What else it was shows again when the file is whole.
  } finally {
    await early.close();
  }
  await whole;
  try {
    return await readWhole(connection, path, dataTypes, use, early.isVoid() ? undefined : misfit);
  } catch (error) {
    throw asCsvError(error);
  }
}

/** @param misfit what the first rows fit, where it is known that later ones don't */
async function readWhole<T>(
  connection: DuckDBConnection,
  path: string,
  dataTypes: Record<string, ColumnType>,
  use: (csv: TypedCsv) => Promise<T>,
  misfit?: Fits
): Promise<T> {
  const record = await commaHeader(path);
  return byLineEnds(path, record, async (lineEnd) => {
    const header = typedHeader(record, lineEnd, dataTypes);
    const first = misfit ?? (await lookAtStart(connection, path, header));
    if (!misfit) {
      try {
        return await use(typedAs(path, header, first, false, dataTypes));
      } catch (error) {
        if (!isMisfit(error)) throw error;
      }
    }
    const all = await lookAtAll(connection, path, header, first);
    const fits = first.map((fit, i) => all[i] ?? fit);
    return use(typedAs(path, header, fits, true, dataTypes));
  });
}

interface Column extends ColumnName, TextColumn {}

interface TypedHeader {
  columns: Column[];
  lineEnd: LineEnd;
}

async function commaHeader(path: string): Promise<CsvRecord> {
  const {separator, ...record} = await readHeader(path);
  if (separator !== undefined) throw new CsvError(whyOtherSeparator(separator));
  return record;
}

function typedHeader(
  {fields}: CsvRecord,
  lineEnd: LineEnd,
  dataTypes: Record<string, ColumnType>
): TypedHeader {
  return {
    lineEnd,
    columns: columnNames(fields).map((column, i) => ({
      ...column,
      x: sourceColumn(i),
      type: Object.hasOwn(dataTypes, column.onPlatform) ? dataTypes[column.onPlatform] : undefined
    }))
  };
}

/** @param fits of all rows when they are proven, else of the first ones */
function typedAs(
  path: string,
  header: TypedHeader,
  fits: Fits,
  areProven: boolean,
  dataTypes: Record<string, ColumnType>
): TypedCsv {
  const {columns} = header;
  const readings = columns.map((column, i) => readingOf(column, column.name, fits[i], areProven));
  const selected = columns.map(({name}, i) => `${readings[i]!.sql} AS ${identifier(name)}`);
  return {
    sql: `SELECT ${selected.join(", ")} FROM ${rowsOf(path, header)}`,
    columns: columns.map(({name, type}, i) => ({
      name,
      sqlType: readings[i]!.type,
      isSmall: readings[i]!.isSmall,
      hasMilliseconds: readings[i]!.hasMilliseconds,
      ...(type && {dataType: type.dataType})
    })),
    warnings: [
      ...nameWarnings(columns),
      ...typeWarnings(columns, dataTypes),
      ...readings.flatMap(({warnings}) => warnings)
    ]
  };
}

const rowsOf = (path: string, {columns, lineEnd}: TypedHeader) => csvSource(path, columns.length, lineEnd);

const askOf =
  (connection: DuckDBConnection): AskRows =>
  async (sql) =>
    (await connection.runAndReadAll(sql)).getRows();

/** Looks at the first rows, which are taken off the file once. */
async function lookAtStart(connection: DuckDBConnection, path: string, header: TypedHeader): Promise<Fits> {
  const {columns} = header;
  const rows = `FROM ${rowsOf(path, header)} LIMIT ${sampleRows(columns.length)}`;
  return withTexts(connection, rows, (texts) => look(askOf(connection), texts, columns));
}

/** Looks at all rows for what the first ones left open. So many columns that it takes several statements are taken off the file once. */
async function lookAtAll(
  connection: DuckDBConnection,
  path: string,
  header: TypedHeader,
  first: Fits
): Promise<Fits> {
  const {columns} = header;
  const lookAt = (texts: string) => look(askOf(connection), texts, columns, first);
  if (columns.length <= narrow) return lookAt(rowsOf(path, header));
  const open = columns.filter((_, i) => first[i]).map(({x}) => x);
  return withTexts(connection, `SELECT ${open.join(", ")} FROM ${rowsOf(path, header)}`, lookAt);
}

/** Columns that `look` takes in one statement. */
const narrow = 250;

/** Keeps a query's result in a temporary table, which spills to the disk, while it is used. */
async function withTexts<T>(
  connection: DuckDBConnection,
  query: string,
  use: (texts: string) => Promise<T>
): Promise<T> {
  const table = '"texts to look at"';
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${query}`);
  try {
    return await use(table);
  } finally {
    await connection.run(`DROP TABLE ${table}`);
  }
}

function typeWarnings(columns: readonly Column[], dataTypes: Record<string, ColumnType>): string[] {
  const present = new Set(columns.map(({onPlatform}) => onPlatform));
  const isTyped = Object.keys(dataTypes).length > 0;
  return [
    ...columns
      .filter(({type}) => isTyped && !type)
      .map(({name}) => `column "${name}" has no type on the platform: it is read as its values suggest`),
    ...Object.keys(dataTypes)
      .filter((name) => !present.has(name))
      .map((name) => `column "${name}" is known to the platform but not in the data`)
  ];
}

/** DuckDB's error for a file that isn't CSV, as one of ours. */
export function asCsvError(error: unknown): unknown {
  const fault = error instanceof Error ? csvFault(error.message) : undefined;
  if (!fault) return error;
  const {reason, line} = fault;
  const place = line === undefined ? "" : `line ${line} of `;
  return new CsvError(`${place}the dataset's CSV can't be read: ${reason}`, {
    ...(line !== undefined && {line}),
    cause: error
  });
}
