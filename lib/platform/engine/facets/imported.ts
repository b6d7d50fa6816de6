// IMPORTED: a dataset of the app, read from its file whenever somebody asks for its rows.
import {open} from "node:fs/promises";
import {columnNames} from "../../../tabular/column-names.js";
import {readingOf, stopAt} from "../../../tabular/column-reading.js";
import {CsvError} from "../../../tabular/csv-error.js";
import {readHeader} from "../../../tabular/csv-header.js";
import {csvSource, sourceColumn} from "../../../tabular/csv-source.js";
import {mixesLineEnds} from "../../../tabular/line-ends.js";
import {identifier, literal} from "../../../tabular/quote.js";
import type {ColumnType} from "../../../wire/index.js";
import type {Arguments} from "../arguments.js";
import {FacetError} from "../failure.js";
import type {DataTypes} from "../host.js";
import type {Step} from "../step.js";
import {writeCsvOfWorkbook} from "../workbook/index.js";

export async function imported(step: Step): Promise<string> {
  const {args} = step;
  const dataset = step.datasets.get(args.text("dataset_id"))!;
  if (args.optionalText("script")) {
    throw new FacetError(
      "an import script can't run here: leave 'script' out and put a PYTHON facet after this one"
    );
  }
  const type = args.optionalText("file_type") ?? ((await isZip(dataset.path)) ? "xlsx" : "csv");
  if (type === "xls") throw new FacetError("xls files can't be read here: save the workbook as xlsx or csv");
  const path =
    type === "xlsx"
      ? await writeCsvOfWorkbook(dataset.path, step.file("sheet.csv"), args.optionalText("sheet_name"))
      : dataset.path;
  return readCsv(step, path, {...dataset.dataTypes, ...declaredTypes(args)}, dataset.name);
}

const declaredTypes = (args: Arguments): DataTypes =>
  Object.fromEntries(
    args.maps("data_types").map((type) => [
      type.text("column_name"),
      {
        data_type: type.text("data_type"),
        data_formats: Object.fromEntries(
          type.maps("data_formats").map((f) => [f.text("key"), f.text("value")])
        )
      }
    ])
  );

async function readCsv(step: Step, path: string, declared: DataTypes, dataset: string): Promise<string> {
  const {args, database, facetId, importedFits} = step;
  // Left out, a header is there; only an explicit `false` says otherwise.
  const header = args.flag("header");
  const headerRow =
    args.optionalNumber("header_row_number") === undefined ? 1 : args.count("header_row_number");
  const skip = header ? headerRow - 1 : 0;
  const {fields, lineEnd} = await readHeader(path).catch(inFacet);
  const names = rename(await headerOf(step, path, skip, header, fields), args.texts("column_names"));
  const columns = names.map((name, i) => ({x: sourceColumn(i), name, type: columnType(declared[name])}));
  const isMixed = await mixesLineEnds(path, lineEnd, columns.length, header ? skip + 1 : 0).catch(inFacet);
  const source = csvSource(path, columns.length, isMixed ? "mixed" : lineEnd, {header, skip});
  const ask = (sql: string) => database.rows(sql);
  const {fits, areDates, isProven} = await importedFits.of(ask, facetId, source, columns);
  const typed = columns.map((column, i) => {
    const {sql, warnings} = readingOf(column, column.name, fits[i], isProven);
    for (const warning of warnings) step.note(`dataset '${dataset}': ${warning}`);
    return areDates[i] ? dateOf(column.x, sql, isProven) : sql;
  });
  const named = (values: string[]) => values.map((sql, i) => `${sql} AS ${identifier(names[i]!)}`).join(", ");
  // Reads the typed values too, so that one that doesn't fit its column is found.
  step.asWritten(
    `SELECT ${named(columns.map(({x}) => x))} FROM ${source} WHERE hash(${typed.join(", ")}) IS NOT NULL`
  );
  return `SELECT ${named(typed)} FROM ${source}`;
}

const inFacet = (error: unknown): never => {
  throw error instanceof CsvError ? new FacetError(error.message) : error;
};

const columnType = (type: DataTypes[string] | undefined) =>
  type && ({dataType: type.data_type, dataFormats: type.data_formats} as ColumnType);

/** A date without a time of day, of a text that is read as a time by `sql`. */
const dateOf = (x: string, sql: string, isProven: boolean) =>
  isProven
    ? `(${sql})::DATE`
    : `CASE WHEN ${x} LIKE '____-__-__' OR ${x} = '' OR ${x} IS NULL THEN (${sql})::DATE ELSE ${stopAt(x)} END`;

/** The names that the file gives its columns; numbers where it gives none. */
async function headerOf(
  {database}: Step,
  path: string,
  skip: number,
  header: boolean,
  fields: string[]
): Promise<string[]> {
  if (!header) return fields.map((_, i) => `column_${i + 1}`);
  if (skip === 0) return namesOf(fields);
  const [row] = await database.rows(
    `FROM read_csv(${literal(path)}, header = false, all_varchar = true, delim = ',', quote = '"', escape = '"', ` +
      `skip = ${skip}, null_padding = true) LIMIT 1`
  );
  if (row) return namesOf(row.map((cell) => cell ?? ""));
  throw new FacetError(`the file has no row ${skip + 1} to take the header from: lower 'header_row_number'`);
}

const namesOf = (fields: string[]) => columnNames(fields).map(({name}) => name);

function rename(found: string[], wanted: string[]): string[] {
  if (wanted.length === 0) return found;
  if (wanted.length === found.length) return namesOf(wanted);
  throw new FacetError(
    `'column_names' has ${wanted.length} names and the file ${found.length} columns: name each, or leave it out`
  );
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const {bytesRead, buffer} = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32LE() === 0x04034b50;
  } finally {
    await file.close();
  }
}
