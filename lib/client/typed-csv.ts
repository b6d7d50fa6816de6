// Reads a dataset's CSV in DuckDB with the types that the platform gives its columns, never losing a row or a digit.
import type {DuckDBConnection} from "@duckdb/node-api";
import type {ColumnType, DataType} from "../wire/index.js";
import {fitSql, isMisfit, readingOf, sqlText, type Fit, type Reading, type SqlType} from "./csv-column.js";
import {readHeader, type HeaderColumn} from "./csv-header.js";
import {CsvError} from "./errors.js";

/** A column as it is read. */
export interface TypedColumn {
  name: string;
  /** What it is read as; VARCHAR too where its values don't fit what the platform says. */
  sqlType: SqlType;
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
  const header = await readHeader(path);
  const columns = header.map((column, i) => ({
    ...column,
    x: `c${i}`,
    type: Object.hasOwn(dataTypes, column.inFile) ? dataTypes[column.inFile] : undefined
  }));
  const texts = readCsv(
    path,
    columns.map(() => "VARCHAR")
  );
  const queries = (known: (Fit | undefined)[]) =>
    columns.map(({x, type}, i) => fitSql(x, type, "looked", known[i]));
  const typed = (fits: (Fit | undefined)[], isProven: boolean) =>
    typedAs(
      path,
      columns,
      columns.map(({x, name, type}, i) => readingOf(x, name, type, fits[i], isProven)),
      dataTypes
    );

  try {
    const first = await look(connection, queries([]), `(FROM ${texts} LIMIT ${sampleRows})`);
    try {
      return await use(typed(first, false));
    } catch (error) {
      if (!isMisfit(error)) throw error;
      const all = await look(connection, queries(first), texts);
      return await use(
        typed(
          first.map((fit, i) => all[i] ?? fit),
          true
        )
      );
    }
  } catch (error) {
    throw asCsvError(error);
  }
}

interface Column extends HeaderColumn {
  /** What it is called in SQL before it gets its name. */
  x: string;
  type: ColumnType | undefined;
}

function typedAs(
  path: string,
  columns: Column[],
  readings: Reading[],
  dataTypes: Record<string, ColumnType>
): TypedCsv {
  const selected = columns.map(({name}, i) => `${readings[i]!.sql} AS "${name.replaceAll('"', '""')}"`);
  const source = readCsv(
    path,
    readings.map((reading) => reading.source)
  );
  return {
    sql: `SELECT ${selected.join(", ")} FROM ${source}`,
    columns: columns.map(({name, type}, i) => ({
      name,
      sqlType: readings[i]!.type,
      ...(type && {dataType: type.dataType})
    })),
    warnings: [
      ...headerWarnings(columns, dataTypes),
      ...readings.flatMap(({warning}) => (warning === undefined ? [] : [warning]))
    ]
  };
}

/** The file's columns under `c0`, `c1`, …: names from the file could clash with each other or with SQL. */
function readCsv(path: string, types: string[]): string {
  const columns = types.map((type, i) => `c${i}: '${type}'`).join(", ");
  return (
    `read_csv(${sqlText(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ` +
    `allow_quoted_nulls = false, max_line_size = ${maxLine}, buffer_size = ${2 * maxLine}, columns = {${columns}})`
  );
}

/** What each query over `looked` finds, all in one pass. */
async function look(
  connection: DuckDBConnection,
  queries: (string | undefined)[],
  looked: string
): Promise<(Fit | undefined)[]> {
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
