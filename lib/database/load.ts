// A data file into a table of its name, whatever its format, except Parquet, which is read as it is needed.
import {insertArrow} from "./arrow.js";
import {insertCsv} from "./csv.js";
import type {Engine} from "./engine.js";
import {messageOf} from "./error.js";
import type {DatabaseFile} from "./file.js";
import {insertJson} from "./json.js";
import type {Report} from "./progress.js";
import {identifier} from "../tabular/quote.js";

/** Creates the table, and returns the warnings about its columns, each in a sentence. */
type Insert = (engine: Engine, table: string, bytes: Blob, report: Report) => Promise<string[] | void>;

const formats: Record<string, Insert> = {
  arrow: insertArrow,
  csv: (engine, table, bytes) => insertCsv(engine, table, bytes, ","),
  tsv: (engine, table, bytes) => insertCsv(engine, table, bytes, "\t"),
  json: insertJson
};

const extension = ({name}: DatabaseFile) => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** Whether it is a file of which parts can be read. */
export const isLazy = (file: DatabaseFile): boolean => extension(file) === "parquet";

/** Throws if the file is of no known kind, by its extension. */
export function expectFormat(table: string, file: DatabaseFile): void {
  if (isLazy(file) || formats[extension(file)]) return;
  const known = ["parquet", ...Object.keys(formats)].map((name) => `.${name}`);
  throw new Error(
    `database: table "${table}" can't be read from ${file.name}: give it a file that ends in ${known.join(", ")}`
  );
}

/**
 * Creates the whole table of a file that is read whole, or none of it and an error that names the file.
 * @returns the warnings about its columns, each in a sentence that names the file
 */
export async function createTable(
  engine: Engine,
  table: string,
  file: DatabaseFile,
  bytes: Blob,
  report: Report
): Promise<string[]> {
  try {
    const warnings = await formats[extension(file)]!(engine, table, bytes, report);
    return (warnings ?? []).map((warning) => `${file.name}: ${warning}`);
  } catch (cause) {
    await engine.query({text: `DROP TABLE IF EXISTS main.${identifier(table)}`, params: []});
    throw new Error(`${file.name} can't be read as table "${table}": ${messageOf(cause)}`, {cause});
  }
}
