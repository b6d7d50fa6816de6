// Reads a dataset's CSV in DuckDB with the types that the platform gives its columns, never losing a row or a digit.
import type {DuckDBConnection} from "@duckdb/node-api";
import type {ColumnType, DataType} from "../wire/index.js";
import type {Arrival} from "./arrival.js";
import {fitSql, isMisfit, readingOf, type Fit, type SqlType} from "./csv-column.js";
import {readHeader, type Header, type HeaderColumn} from "./csv-header.js";
import {CsvError} from "./csv-error.js";
import {identifier, literal} from "./quote.js";

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

/** Bytes of the longest row that is read, four times what DuckDB takes by itself; its buffers stay as large as they are. */
const maxLine = 2 ** 23;

/** Enough rows to tell what a column holds, few enough to be read in a moment. */
const sampleRows = 2_000;

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
    const header = await typedHeader(path, dataTypes);
    const first = await lookAtStart(connection, path, header);
    try {
      return await use(typedAs(path, header, first, false, dataTypes));
    } catch (error) {
      if (!isMisfit(error)) throw error;
      return await readMisfit(connection, path, header, first, dataTypes, use);
    }
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
  let misfit: {header: TypedHeader; first: Fits} | undefined;
  try {
    const header = await typedHeader(early.start, dataTypes);
    const first = await lookAtStart(connection, early.start, header);
    try {
      const used = await use(typedAs(early.pipe, header, first, false, dataTypes));
      await whole;
      if (!early.isVoid()) return used;
    } catch (error) {
      if (isMisfit(error)) misfit = {header, first};
    }
  } catch {
    // The start may have been cut in the middle of a record. What else it was shows again when the file is whole.
  } finally {
    await early.close();
  }
  await whole;
  return misfit && !early.isVoid()
    ? readMisfit(connection, path, misfit.header, misfit.first, dataTypes, use)
    : readTypedCsv(connection, path, dataTypes, use);
}

/** Reads a file of which a value didn't fit what was chosen by the first rows. */
async function readMisfit<T>(
  connection: DuckDBConnection,
  path: string,
  header: TypedHeader,
  first: Fits,
  dataTypes: Record<string, ColumnType>,
  use: (csv: TypedCsv) => Promise<T>
): Promise<T> {
  try {
    const all = await look(connection, allTexts(path, header), header.columns, first);
    const fits = first.map((fit, i) => all[i] ?? fit);
    return await use(typedAs(path, header, fits, true, dataTypes));
  } catch (error) {
    throw asCsvError(error);
  }
}

interface Column extends HeaderColumn {
  /** What it is called in SQL before it gets its name. */
  x: string;
  type: ColumnType | undefined;
}

interface TypedHeader extends Header {
  columns: Column[];
}

async function typedHeader(path: string, dataTypes: Record<string, ColumnType>): Promise<TypedHeader> {
  const {columns, lineEnd} = await readHeader(path);
  return {
    lineEnd,
    columns: columns.map((column, i) => ({
      ...column,
      x: `c${i}`,
      type: Object.hasOwn(dataTypes, column.inFile) ? dataTypes[column.inFile] : undefined
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
  const readings = columns.map(({x, name, type}, i) => readingOf(x, name, type, fits[i], areProven));
  const selected = columns.map(({name}, i) => `${readings[i]!.sql} AS ${identifier(name)}`);
  const source = readCsv(
    path,
    header,
    readings.map((reading) => reading.source)
  );
  return {
    sql: `SELECT ${selected.join(", ")} FROM ${source}`,
    columns: columns.map(({name, type}, i) => ({
      name,
      sqlType: readings[i]!.type,
      isSmall: readings[i]!.isSmall,
      ...(type && {dataType: type.dataType})
    })),
    warnings: [
      ...headerWarnings(columns, dataTypes),
      ...readings.flatMap(({warning}) => (warning === undefined ? [] : [warning]))
    ]
  };
}

/**
 * The file's columns under `c0`, `c1`, …: names from the file could clash with each other or with SQL. DuckDB takes the first line
 * end for what ends lines, though it be in a quoted name, and then finds no rows: so it is told.
 */
function readCsv(path: string, {lineEnd}: TypedHeader, types: string[]): string {
  const columns = types.map((type, i) => `c${i}: '${type}'`).join(", ");
  const newLine = lineEnd && `new_line = '${lineEnd.replace("\r", "\\r").replace("\n", "\\n")}', `;
  return (
    `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ${newLine}` +
    `allow_quoted_nulls = false, max_line_size = ${maxLine}, buffer_size = ${2 * maxLine}, columns = {${columns}})`
  );
}

const allTexts = (path: string, header: TypedHeader) =>
  readCsv(
    path,
    header,
    header.columns.map(() => "VARCHAR")
  );

/** What was found of each column; undefined where there is nothing to find out. */
type Fits = (Fit | undefined)[];

const lookAtStart = (connection: DuckDBConnection, path: string, header: TypedHeader) =>
  look(connection, `(FROM ${allTexts(path, header)} LIMIT ${sampleRows})`, header.columns, []);

/** Finds out about each column what isn't `known` already, all in one pass. */
async function look(
  connection: DuckDBConnection,
  looked: string,
  columns: Column[],
  known: Fits
): Promise<Fits> {
  const queries = columns.map(({x, type}, i) => fitSql(x, type, "looked", known[i]));
  const asked = queries.filter((sql) => sql !== undefined);
  if (asked.length === 0) return [];
  const found = asked.map((sql) => `to_json((${sql}))`).join(", ");
  const result = await connection.runAndReadAll(`WITH looked AS (FROM ${looked}) SELECT [${found}]::JSON`);
  const answers = (JSON.parse(String(result.value(0, 0))) as Fit[]).values();
  return queries.map((sql) => (sql === undefined ? undefined : answers.next().value));
}

function headerWarnings(header: HeaderColumn[], dataTypes: Record<string, ColumnType>): string[] {
  const inFile = new Set(header.map((column) => column.inFile));
  const isTyped = Object.keys(dataTypes).length > 0;
  return [
    ...header
      .filter(({inFile, name}) => inFile !== name)
      .map(({inFile, name}) =>
        inFile === ""
          ? `a column without a name is called "${name}"`
          : inFile.includes("\0")
            ? `a column whose name has a NUL character in it is called "${name}"`
            : `the column name "${inFile}" stands more than once (SQL doesn't tell casings apart): one is called "${name}"`
      ),
    ...header
      .filter(({inFile}) => isTyped && inFile !== "" && !Object.hasOwn(dataTypes, inFile))
      .map(({inFile}) => `column "${inFile}" has no type on the platform: it is read as its values suggest`),
    ...Object.keys(dataTypes)
      .filter((name) => !inFile.has(name))
      .map((name) => `column "${name}" is known to the platform but not in the data`)
  ];
}

/** DuckDB's error for a file that isn't CSV, in one sentence and without its advice on its own options. */
function asCsvError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const {message} = error;
  if (message.includes("CSV Parser state machine")) {
    return new CsvError(
      "the dataset's CSV can't be read: it mixes line endings, or a quote in it is not closed. Write it again with one kind of line ending",
      {cause: error}
    );
  }
  const [, number] = /CSV Error on Line: (\d+)/.exec(message) ?? [];
  if (number === undefined) return error;
  const [, original = "", reason = ""] =
    /Original Line: ?([\s\S]*?)\n((?:Value with|Expected Number|Maximum line|Invalid unicode)[^\n]*)/.exec(
      message
    ) ?? [];
  const start = original.length > 80 ? `${original.slice(0, 77)}...` : original;
  return new CsvError(
    `line ${number} of the dataset's CSV can't be read: ${mend(reason)} The line begins ${JSON.stringify(start)}`,
    {line: Number(number), cause: error}
  );
}

function mend(reason: string): string {
  if (reason.startsWith("Value with unterminated quote")) {
    return "a quote is opened and not closed. Double the quotes inside a quoted value.";
  }
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(reason) ?? [];
  if (expected !== undefined) {
    return `it has ${found} values where the header has ${expected} names. Quote values that have a comma in them.`;
  }
  if (reason.startsWith("Maximum line")) return `it is longer than ${maxLine} bytes. Shorten its values.`;
  if (reason.startsWith("Invalid unicode")) return "it isn't UTF-8. Upload the data as UTF-8.";
  return `${reason}.`;
}
