// CSV and TSV into a table, read by the same ladder of types as the loaders read by, and so with the same values.
import {look, type Fits} from "../tabular/column-fit.js";
import {columnNames, nameWarnings} from "../tabular/column-names.js";
import {isMisfit, readingOf} from "../tabular/column-reading.js";
import {csvFault} from "../tabular/csv-fault.js";
import {otherSeparator, whyOtherSeparator} from "../tabular/csv-separator.js";
import {csvSource, firstRecord, sourceColumn, type CsvRecord, type Delimiter} from "../tabular/csv-source.js";
import {identifier} from "../tabular/quote.js";
import {askOf, type Engine} from "./engine.js";
import {decodeText} from "./text.js";

let files = 0;

/** A few rows rule most types out, and more of them the others, as far as they can: trying a type that doesn't fit takes long. */
const sampleRows = [20, 2_000];

/**
 * Creates the table from text with a header line, and returns the warnings about its columns. The types are chosen by the first
 * rows; when a later value doesn't fit them, by all. So a column with a stray text in it is text, and no row is lost.
 */
export async function insertCsv(
  engine: Engine,
  table: string,
  bytes: Blob,
  delimiter: Delimiter
): Promise<string[]> {
  const {duckdb, query} = engine;
  const content = new Uint8Array(await bytes.arrayBuffer());
  const {fields} = header(content, delimiter);
  const columns = columnNames(fields).map((names, i) => ({...names, x: sourceColumn(i), type: undefined}));
  const path = `${++files}.csv`; // not the table's name, in which * or [ would be a pattern
  // With LF as the line end this DuckDB takes lines that end in any way; with CRLF it loses what comes after a lone CR.
  const source = csvSource(path, columns.length, "\n", {delimiter});
  const ask = askOf(engine);
  const lookOn = async (rows: string, known: Fits): Promise<Fits> => {
    const found = await look(ask, rows, columns, known, true);
    return columns.map((_, i) => found[i] ?? known[i]);
  };
  const create = async (fits: Fits, areProven: boolean) => {
    const readings = columns.map((column, i) => readingOf(column, column.name, fits[i], areProven));
    const selected = columns.map(({name}, i) => `${readings[i]!.sql} AS ${identifier(name)}`);
    await query({
      text: `CREATE TABLE main.${identifier(table)} AS SELECT ${selected.join(", ")} FROM ${source}`,
      params: []
    });
    return [...nameWarnings(columns), ...readings.flatMap(({warnings}) => warnings)];
  };

  await duckdb.registerFileBuffer(path, content); // whose bytes go to the worker
  try {
    let first: Fits = [];
    for (const rows of sampleRows) first = await lookOn(`(FROM ${source} LIMIT ${rows})`, first);
    try {
      return await create(first, false);
    } catch (error) {
      if (!isMisfit(error)) throw error;
    }
    return await create(await lookOn(source, first), true);
  } catch (cause) {
    const fault = csvFault(cause instanceof Error ? cause.message : "");
    if (!fault) throw cause;
    throw new Error(fault.line === undefined ? fault.reason : `line ${fault.line}: ${fault.reason}`, {cause});
  } finally {
    await duckdb.dropFile(path);
  }
}

/** What reads a file that is separated so. */
const otherName: Record<string, string> = {",": ", or call the file .csv", "\t": ", or call the file .tsv"};

/** The file's first record. Throws for what isn't text of this kind. */
function header(content: Uint8Array, delimiter: Delimiter): CsvRecord {
  if (!content.length) throw new Error("it is empty, without even a header line");
  for (let size = 1 << 16; ; size *= 4) {
    const isWhole = size >= content.length;
    const start = decodeText(content.subarray(0, size), "CSV", isWhole);
    const separator = otherSeparator(start, delimiter);
    const record = firstRecord(start, isWhole, delimiter);
    // Quoted names with another separator between them are no record either.
    if (separator !== undefined && (record?.fields.length ?? 1) === 1)
      throw new Error(whyOtherSeparator(separator, delimiter) + (otherName[separator] ?? ""));
    if (record) return record;
    if (isWhole)
      throw new Error("line 1: a quote in its header is opened and not closed. Fix the header's quotes");
  }
}
