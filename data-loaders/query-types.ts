// The types of a query's result: known beforehand by DuckDB, lost on the way through the platform's CSV, and found again.
import {DuckDBTypeId, type DuckDBConnection, type DuckDBType} from "@duckdb/node-api";
import {columnNames} from "../lib/tabular/column-names.js";
import {columnsOf, measure, type Column} from "../lib/tabular/columns.js";
import {confine, withDuckDB} from "../lib/tabular/duckdb.js";
import {isText} from "../lib/tabular/plain-value.js";
import {identifier, literal} from "../lib/tabular/quote.js";
import {shapeOf} from "../lib/tabular/shape.js";
import type {ColumnType, Dataset} from "../lib/client/index.js";
import type {Staged} from "./dataset.js";
import {describeQuery} from "./query.js";

const sqlTypes: Record<string, string> = {TIME: "TIMESTAMP", NUMERIC: "DOUBLE"};

/** A column's type in SQL, as far as the platform's own says it. */
const sqlType = ({dataType, dataFormats}: ColumnType) =>
  dataFormats.numeric_format === "INTEGER" ? "BIGINT" : (sqlTypes[dataType] ?? "VARCHAR");

/**
 * The columns that a query over a dataset of these types has here. Nothing is run, and the dataset isn't needed. None are known
 * where the platform gives no types.
 * @param folder where DuckDB may spill
 * @throws LoadError with DuckDB's message for a query that can't be run here either
 */
export async function resultColumns(
  sql: string,
  dataTypes: Record<string, ColumnType>,
  folder: string
): Promise<Column[]> {
  if (Object.keys(dataTypes).length === 0) return [];
  return withDuckDB({folder, columns: Object.keys(dataTypes).length}, async (connection) => {
    await connection.run(emptyTable(dataTypes));
    await confine(connection, []);
    return describeQuery(connection, sql);
  });
}

const emptyTable = (dataTypes: Record<string, ColumnType>) =>
  `CREATE TABLE dataset (${columnNames(Object.keys(dataTypes))
    .map(({onPlatform, name}) => `${identifier(name)} ${sqlType(dataTypes[onPlatform]!)}`)
    .join(", ")})`;

/** A result whose known columns are read as the text that they are in its CSV, others as the platform says. */
export function readAsText(
  dataset: Dataset,
  columns: readonly Column[]
): Pick<Dataset, "arrival" | "dataTypes"> {
  const known = new Set(columns.map(({name}) => name));
  const text: ColumnType = {dataType: "TEXT", dataFormats: {}};
  const dataTypes = Object.entries(dataset.dataTypes).map(
    ([name, type]) => [name, known.has(name) ? text : type] as const
  );
  return {
    dataTypes: Object.fromEntries(dataTypes),
    arrival: (folder, options) => dataset.arrival(folder, options)
  };
}

/** What a text may be read as: each in turn, if all texts of the column are such. */
interface Reading {
  type: string;
  /** SQL that tells whether it reads a text and changes nothing. */
  fits: (text: string) => string;
  /** Whether it needs a value to speak for it. */
  isFound?: boolean;
}

const casts = (type: string) => (text: string) => `TRY_CAST(${text} AS ${type}) IS NOT NULL`;
/** DuckDB would round 1.5 to a whole number. */
const isWhole = (text: string) => `regexp_full_match(${text}, '[+-]?\\d+(\\.0*)?')`;
const whole: Reading[] = ["HUGEINT", "UHUGEINT"].map((type) => ({
  type,
  fits: (text) => `${isWhole(text)} AND ${casts(type)(text)}`
}));
/** One without a point was a whole number there: the platform may call a column of whole numbers NUMERIC and no more. */
const isDigits = (text: string) => `regexp_full_match(${text}, '-?\\d+')`;
const digits = whole.map(({type, fits}) => ({
  type,
  fits: (text: string) => `${isDigits(text)} AND ${fits(text)}`,
  isFound: true
}));
/** For numbers that were not foreseen to have fractions. */
const exactDouble: Reading = {
  type: "DOUBLE",
  fits: (text) => `TRY_CAST(${text} AS DOUBLE)::VARCHAR = ${text}`
};

function readingsOf(type: DuckDBType): Reading[] {
  const name = String(type);
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return type.alias === "JSON" ? [{type: "JSON", fits: casts("JSON")}] : [];
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return [...digits, {type: name, fits: casts(name)}];
    case DuckDBTypeId.DECIMAL:
      return type.scale === 0 ? [...whole, exactDouble] : [{type: name, fits: casts(name)}, exactDouble];
    case DuckDBTypeId.BOOLEAN:
    case DuckDBTypeId.DATE:
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return [{type: name, fits: casts(name)}];
    default:
      return [...whole, exactDouble];
  }
}

/** Whether a file has the column as text anyway, spelt as in CSV. A NULL without a type becomes a whole number here. */
const staysText = (type: DuckDBType) => isText(type) && type.typeId !== DuckDBTypeId.SQLNULL;

/** Types whose values CSV spells in ways that can't be read back for sure. */
const isLost = (type: DuckDBType) => type.typeId === DuckDBTypeId.BLOB || shapeOf(type).is !== "leaf";

/** How a result gets its types back. */
export interface Restored {
  /** A SELECT over the table `dataset`, the result as it was written. */
  sql: string;
  /** A sentence for each column that can't have its type. */
  warnings: string[];
}

/** How the Parquet file of a result that was read as text gets the types that the same query has here. */
export async function restoreTypes(
  {file, columns}: Pick<Staged, "file" | "columns">,
  wanted: readonly Column[],
  {folder, signal}: {folder: string; signal?: AbortSignal}
): Promise<Restored> {
  return withDuckDB({folder, columns: Object.keys(columns).length, signal}, async (connection) => {
    await confine(connection, [file]);
    await connection.run(`CREATE VIEW dataset AS FROM read_parquet(${literal(file)})`);
    return restoring(connection, await columnsOf(connection, "dataset"), wanted);
  });
}

async function restoring(
  connection: DuckDBConnection,
  present: readonly Column[],
  wanted: readonly Column[]
): Promise<Restored> {
  const types = new Map(wanted.map(({name, type}) => [name, type]));
  const warnings = wanted
    .filter(({name}) => !present.some((column) => column.name === name))
    .map(({name}) => `column "${name}" isn't in the platform's result; give it a name with AS in sql`);
  const columns = present.map(({name}) => {
    const [type, text] = [types.get(name), identifier(name)];
    if (!type && wanted.length > 0) {
      warnings.push(
        `column "${name}" of the platform's result has another name here; give it one with AS in sql`
      );
    }
    if (type && isLost(type)) {
      warnings.push(
        `column "${name}" is kept as text, since ${String(type)} can't be read back from the platform's CSV: ` +
          'in sql, make it text, numbers or rows (to_json, unnest, base64), or leave engine: "platform" out'
      );
    }
    return {name, text, type, readings: !type || isLost(type) || staysText(type) ? [] : readingsOf(type)};
  });
  const asked = columns.flatMap(({text, readings}) =>
    readings.map(
      ({fits, isFound = false}) =>
        `count(*) FILTER (${text} IS NOT NULL AND (${fits(text)}) IS NOT TRUE) = 0` +
        (isFound ? ` AND count(${text}) > 0` : "")
    )
  );
  const answers = (await measure(connection, "dataset", asked)).values();
  const selected = columns.map(({name, text, type, readings}) => {
    const fitting = readings.filter(() => answers.next().value === true);
    const [reading] = fitting;
    if (reading) return `${text}::${reading.type} AS ${text}`;
    if (readings.length > 0)
      warnings.push(`column "${name}" is kept as text: not all its values are ${String(type)}`);
    return text;
  });
  return {sql: `SELECT ${selected.join(", ")} FROM dataset`, warnings};
}
