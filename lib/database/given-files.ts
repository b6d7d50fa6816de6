// The tables of a database and their files, as a page gives them: checked before anything is fetched.
import type {DatabaseFile} from "./file.js";
import {expectFormat, isLazy} from "./load.js";

/** A table's file, or files, as a page gives them. */
export type GivenFiles = DatabaseFile | readonly DatabaseFile[];

/** The files of each table. Throws an error that names the table. */
export function tableFiles(files: Record<string, GivenFiles>): Map<string, DatabaseFile[]> {
  const tables = new Map(Object.entries(files).map(([table, file]) => [table, filesOf(table, file)]));
  expectDistinct([...tables.keys()]);
  return tables;
}

/** A table's files. Throws an error that names the table. */
export function filesOf(table: string, given: GivenFiles | undefined): DatabaseFile[] {
  const files = Array.isArray(given) ? [...(given as readonly DatabaseFile[])] : [given as DatabaseFile];
  const areFiles = files.every((file) => typeof file?.url === "function" && typeof file.name === "string");
  if (!files.length || !areFiles)
    throw new TypeError(
      `database: table "${table}" needs a file, such as {${table}: FileAttachment("data/${table}.parquet")}`
    );
  for (const file of files) expectFormat(table, file);
  const other = files.length > 1 && files.find((file) => !isLazy(file));
  if (other)
    throw new Error(
      `database: table "${table}" can be of several files if all are .parquet, and not ${other.name}`
    );
  return files;
}

function expectDistinct(tables: string[]): void {
  const seen = new Map<string, string>();
  for (const table of tables) {
    const other = seen.get(table.toLowerCase());
    if (other)
      throw new Error(
        `database: "${other}" and "${table}" are one name to SQL, which ignores case: rename one`
      );
    seen.set(table.toLowerCase(), table);
  }
}

/** Throws an error that names the tables there are. */
export function expectTable(table: string, tables: readonly string[]): void {
  if (!tables.includes(table))
    throw new Error(`The database has no table "${table}", but ${tables.join(", ") || "none at all"}`);
}
