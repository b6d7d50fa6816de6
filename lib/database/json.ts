// JSON into a table: DuckDB's JSON reader is an extension, so rows become Arrow columns here.
import type {DataType, Vector} from "apache-arrow";
import {look, type Fit, type TextColumn} from "../tabular/column-fit.js";
import {columnNames, nameWarnings} from "../tabular/column-names.js";
import {readingOf} from "../tabular/column-reading.js";
import {sourceColumn} from "../tabular/csv-source.js";
import {identifier} from "../tabular/quote.js";
import {insertStream} from "./arrow.js";
import type {Arrow} from "./column.js";
import {askOf, type Engine} from "./engine.js";
import {jsonText, LongNumber, parseJson} from "./json-text.js";
import {decodeText} from "./text.js";

type Row = Record<string, unknown>;

/** A column on its way into its table. */
interface Staged {
  vector: Vector;
  /** What its texts are to be read as, if they can. */
  reads?: "numbers" | "times";
  /** The SQL of its values, of the vector's column; those by default. */
  sql?: (x: string) => string;
  /** What else than one type it holds, and so is kept as text for. */
  mixed?: string;
}

/**
 * Creates the table from an array of objects, in the order in which their keys first appear, and returns the warnings about its
 * columns. Numbers become BIGINT where all are whole, and keep their digits as in a CSV; texts become TIMESTAMP, in UTC, where
 * all are ISO 8601; nested values become JSON text.
 */
export async function insertJson(engine: Engine, table: string, bytes: Blob): Promise<string[]> {
  const rows = rowsOf(decodeText(new Uint8Array(await bytes.arrayBuffer()), "JSON"));
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // As with DuckDB, rows without a key are themselves the values of a column.
  const values = keys.length
    ? keys.map((key) => rows.map((row) => (Object.hasOwn(row, key) ? row[key] : null)))
    : [rows];
  const names = columnNames(keys.length ? keys : ["json"]);

  const {arrow, query} = engine;
  const columns = values.map((values) => staged(values, arrow));
  const vectors = columns.map(({vector}, i) => [sourceColumn(i), vector] as const);
  await insertStream(engine, table, arrow.tableToIPC(new arrow.Table(Object.fromEntries(vectors)), "stream"));

  const source = `main.${identifier(table)}`;
  const readings = [];
  for (const [i, column] of columns.entries())
    readings.push(await reading(engine, source, column, sourceColumn(i), names[i]!.name));
  const selected = readings.map(({sql}, i) => `${sql} AS ${identifier(names[i]!.name)}`).join(", ");
  await query({text: `CREATE OR REPLACE TABLE ${source} AS SELECT ${selected} FROM ${source}`, params: []});
  return [
    ...(rows.length ? [] : ["it holds no rows, and so names no columns: a statement that names one fails"]),
    ...nameWarnings(names),
    ...readings.flatMap(({warnings}) => warnings)
  ];
}

function rowsOf(text: string): Row[] {
  const value = parse(text);
  if (!Array.isArray(value))
    throw new Error(`it must hold an array of objects, one for each row, not ${kindOf(value)}`);
  const other = value.findIndex((row) => !isRow(row));
  if (other >= 0)
    throw new Error(
      `it must hold an array of objects, but row ${other + 1} is ${kindOf(value[other])}: write each row as {"column": value}`
    );
  return value as Row[];
}

const isRow = (row: unknown) =>
  typeof row === "object" && row !== null && !Array.isArray(row) && !(row instanceof LongNumber);

function parse(text: string): unknown {
  if (!text.trim()) throw new Error("it is empty: without rows it must be []");
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Error(`it isn't JSON: ${fault(text, (cause as Error).message)}`, {cause});
  }
}

function fault(text: string, message: string): string {
  const lines = text.trim().split(/\s*\n/, 2);
  if (lines.length > 1 && lines.every((line) => /^\{.*\}$/.test(line)))
    return "it has an object on each line. Make them one array, with [ before, ] after, and commas between them";
  const [word] = /(?:NaN|-?Infinity)(?=\s*[,}\]])/.exec(text) ?? [];
  return word && /N|I/.test(message) ? `${word} is not a JSON value. Write null` : message;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value instanceof LongNumber) return "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The column's values in the narrowest type that all of them fit, and as text where none does. */
function staged(values: unknown[], arrow: Arrow): Staged {
  const kinds = new Set(values.map(kind));
  kinds.delete("");
  const make = (type: DataType, read: (value: unknown) => unknown): Vector =>
    arrow.vectorFromArray(
      values.map((value) => (value == null ? null : read(value))),
      type
    );
  const text = make.bind(undefined, new arrow.Utf8(), (value) =>
    typeof value === "string" ? value : jsonText(value)
  );
  if (kinds.size > 1) return {vector: text(), mixed: [...kinds].join(" and ")};
  const [only] = kinds;
  if (only === "booleans") return {vector: make(new arrow.Bool(), (value) => value)};
  if (only === "numbers") {
    if (values.some((value) => value instanceof LongNumber)) return {vector: text(), reads: "numbers"};
    const areWhole = values.every((value) => value == null || Number.isSafeInteger(value));
    const vector = make(new arrow.Float64(), (value) => value);
    return areWhole ? {vector, sql: (x) => `${x}::BIGINT`} : {vector};
  }
  const first = values.find((value) => value != null);
  const mayBeTimes = typeof first === "string" && /^\s*\d{4}[-/]/.test(first);
  return mayBeTimes ? {vector: text(), reads: "times"} : {vector: text()};
}

function kind(value: unknown): string {
  if (value == null) return "";
  if (typeof value === "number" || value instanceof LongNumber) return "numbers";
  if (typeof value === "object") return "nested values";
  return typeof value === "boolean" ? "booleans" : "texts";
}

/** The SQL of the column's values, and the warnings about them. */
async function reading(
  engine: Engine,
  source: string,
  {reads, sql, mixed}: Staged,
  x: string,
  name: string
): Promise<{sql: string; warnings: string[]}> {
  const plain = {
    sql: sql?.(x) ?? x,
    warnings: mixed === undefined ? [] : [`column "${name}" is kept as text: it holds ${mixed}`]
  };
  if (!reads) return plain;
  const column = {x, type: typeOf[reads]};
  const [fit] = await look(askOf(engine), source, [column], reads === "times" ? [isoOnly] : [], true);
  // In JSON what is missing is null, and a word for it is a text.
  if (reads === "numbers" || fit!.fits[0] === fit!.present) return readingOf(column, name, fit, true);
  const areMost = fit!.fits[0]! * 2 > fit!.present;
  return areMost
    ? {...plain, warnings: [`column "${name}" is kept as text: not all of it is a time in ISO 8601`]}
    : plain;
}

const typeOf: Record<string, TextColumn["type"]> = {
  numbers: {dataType: "NUMERIC", dataFormats: {}},
  times: {dataType: "TIME", dataFormats: {}}
};

/** As if ISO 8601, the first of the ways to write a time, were all that fits some of the rows: then no other is tried. */
const isoOnly: Fit = {
  present: 1,
  filled: 1,
  fits: [1],
  cut: [],
  arePlain: [],
  areMilliseconds: [],
  misfit: null,
  codes: 0,
  areSmall: true
};
