// Column types of a CSV, as the platform names them: read off the data by DuckDB in one pass that keeps only counts, so
// that memory does not grow with the file.
import type {DuckDBInstance} from "@duckdb/node-api";
import {open} from "node:fs/promises";
import {literal} from "../tabular/quote.js";
import {reason} from "./error.js";
import type {DataTypes} from "./records.js";

/** Text with at most so many different values, each found twice or more on average, is a category. */
const maxCategories = 1000;
const maxColumns = 10_000;
/** Bytes of the longest first line. */
const maxHeader = 2 ** 20;
/** Bytes of the longest line, and of the two buffers that DuckDB then needs. */
const maxLine = 2 ** 23;

// A leading zero makes a number a code ("01234"), which would lose it.
const number = String.raw`[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|NaN|NAN|inf|Inf|INF)`;
const integer = String.raw`[-+]?(?:0|[1-9]\d*)`;
const date = String.raw`^\d{4}[-/]\d`;

const matching = (pattern: string) => (column: string) =>
  `count(*) FILTER (regexp_full_match(${column}, '${pattern}'))`;

/** What can be counted of a column, as SQL. */
const measures = {
  values: (column: string) => `count(${column})`,
  numbers: matching(number),
  integers: matching(integer),
  times: (column: string) =>
    `count(*) FILTER (regexp_matches(${column}, '${date}') AND TRY_CAST(${column} AS TIMESTAMP) IS NOT NULL)`,
  distinct: (column: string) => `approx_count_distinct(${column})`
};
type Measure = keyof typeof measures;
type Count = Partial<Record<Measure, number>>;

/** Rows that are looked at for everything; the rest is only asked whether it fits what they say. */
const sampleRows = 20_000;

/**
 * The type of each column. Numbers are NUMERIC (with the format INTEGER where all are whole), ISO dates and times TIME,
 * text with few values CATEGORICAL, everything else TEXT. Throws a sentence where the file is empty or isn't CSV.
 */
export async function columnTypes(duckdb: DuckDBInstance, path: string): Promise<DataTypes> {
  const names = await columnNames(path);
  const everything = names.map(() => Object.keys(measures) as Measure[]);
  const newLine = await newLineOption(path);
  const sample = await count(duckdb, path, newLine, everything, sampleRows);
  const counts = await count(duckdb, path, newLine, sample.map(remaining));
  return Object.fromEntries(names.map((name, i) => [name, typeOf(counts[i]!)]));
}

/** What a sample leaves to be asked of the whole column: which of the types that it fits still fits. */
function remaining({values, numbers, integers, times}: Count): Measure[] {
  // Nothing but gaps in the sample says nothing of the rest.
  if (values === 0) return Object.keys(measures) as Measure[];
  if (integers === values) return ["values", "numbers", "integers"];
  if (numbers === values) return ["values", "numbers"];
  if (times === values) return ["values", "times"];
  return ["values", "distinct"];
}

function typeOf({values, numbers, integers, times, distinct}: Count): DataTypes[string] {
  const type = (data_type: string, data_formats = {}) => ({data_type, data_formats});
  if (!values) return type("TEXT");
  if (integers === values) return type("NUMERIC", {numeric_format: "INTEGER"});
  if (numbers === values) return type("NUMERIC");
  if (times === values) return type("TIME");
  return type(distinct && distinct <= Math.min(maxCategories, values / 2) ? "CATEGORICAL" : "TEXT");
}

/** Counts of each column what is asked of it, over the first so many rows or all. */
async function count(
  duckdb: DuckDBInstance,
  path: string,
  newLine: string,
  asked: Measure[][],
  rows?: number
): Promise<Count[]> {
  const schema = asked.map((_, i) => `c${i}: 'VARCHAR'`).join(", ");
  const selected = asked.flatMap((names, i) => names.map((name) => measures[name](`c${i}`)));
  const connection = await duckdb.connect();
  try {
    const result = await connection.runAndReadAll(
      `SELECT ${selected.join(", ")} FROM (FROM read_csv(${literal(path)}, columns = {${schema}}, ` +
        `header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', ${newLine}` +
        `max_line_size = ${maxLine}, buffer_size = ${2 * maxLine})${rows === undefined ? "" : ` LIMIT ${rows}`})`
    );
    const values = (result.getRows()[0] ?? []).map(Number).values();
    return asked.map((names) => Object.fromEntries(names.map((name) => [name, values.next().value])));
  } catch (error) {
    throw new Error(`The data is not valid CSV: ${firstLines(reason(error))}`, {cause: error});
  } finally {
    connection.closeSync();
  }
}

/** DuckDB's report up to its advice, which is for those who write SQL, without the path of our file. */
const firstLines = (message: string) =>
  message
    .split(/\n\s*\n?(?:Possible|file =|LINE)/i)[0]!
    .replace(/^Invalid Input Error: /, "")
    .replaceAll(/\s+/g, " ")
    .slice(0, 300);

/** The names of the first line; empty and repeated ones are told apart as pandas does, for data frames come back so. */
export async function columnNames(path: string): Promise<string[]> {
  const {fields: names} = await readFirstRecord(path);
  if (names.length === 1 && names[0]!.trim() === "") throw new Error("The data is empty: it has no columns");
  if (names.length > maxColumns) {
    throw new Error(`The data has ${names.length} columns; a dataset can have at most ${maxColumns}`);
  }
  const seen = new Set<string>();
  return names.map((name, i) => {
    const base = name === "" ? `Unnamed: ${i}` : name;
    let unique = base;
    for (let n = 1; seen.has(unique); n++) unique = `${base}.${n}`;
    seen.add(unique);
    return unique;
  });
}

/**
 * What tells DuckDB's `read_csv` how the file's lines end, to be followed by other options; nothing where only a header is there.
 * It takes the first line end for that, though it be in a quoted name, and then finds no rows.
 */
export async function newLineOption(path: string): Promise<string> {
  const {lineEnd} = await readFirstRecord(path);
  return lineEnd && `new_line = '${lineEnd.replace("\r", "\\r").replace("\n", "\\n")}', `;
}

interface FirstRecord {
  fields: string[];
  /** "" at the end of the file. */
  lineEnd: string;
}

async function readFirstRecord(path: string): Promise<FirstRecord> {
  const handle = await open(path, "r");
  let head: Buffer;
  try {
    const buffer = Buffer.alloc(maxHeader);
    const {bytesRead} = await handle.read(buffer, 0, maxHeader, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
  return firstRecord(head.toString("utf8").replace(/^\ufeff/, ""), head.length === maxHeader);
}

/** The fields of a CSV's first line (RFC 4180), a quoted one possibly with commas and line breaks in it. */
function firstRecord(text: string, cut: boolean): FirstRecord {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  for (let match; (match = field.exec(text));) {
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === ",") continue;
    if (match[3] === "" && cut) throw new Error(`The data's first line is longer than ${maxHeader} bytes`);
    return {fields, lineEnd: match[3]!};
  }
  throw new Error(
    cut
      ? `The data's first line is longer than ${maxHeader} bytes`
      : "The data is not valid CSV: a quote in its first line does not end"
  );
}
