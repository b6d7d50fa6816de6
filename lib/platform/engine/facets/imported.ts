// IMPORTED: a dataset of the app, read from its file whenever somebody asks for its rows.
import {open} from "node:fs/promises";
import type {Arguments} from "../arguments.js";
import {columnNames as namesOf, newLineOption} from "../../column-types.js";
import {FacetError} from "../failure.js";
import type {DataTypes} from "../host.js";
import {type ImportType, look} from "../import-types.js";
import {identifier, literal} from "../../../tabular/quote.js";
import type {Step} from "../step.js";
import {writeCsvOfWorkbook} from "../workbook/index.js";

/** Bytes of the longest line, and of the two buffers that DuckDB then needs. */
const maxLine = 2 ** 23;
const dialect =
  // With the format given, a time of day in a date doesn't fit; left alone, DuckDB would drop it without a word.
  `dateformat = '%Y-%m-%d', auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', ` +
  `max_line_size = ${maxLine}, buffer_size = ${2 * maxLine}`;

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
  const {args, database} = step;
  // Left out, a header is there; only an explicit `false` says otherwise.
  const header = args.flag("header");
  const headerRow =
    args.optionalNumber("header_row_number") === undefined ? 1 : args.count("header_row_number");
  const skip = header ? headerRow - 1 : 0;
  const found = await headerOf(step, path, skip, header);
  const names = rename(found, args.texts("column_names"));
  const read = `header = ${header}, skip = ${skip}, ${await newLineOption(path)}${dialect}`;
  const said = names.map((name) => declared[name]);
  const seen = await look(database, path, said, read);
  const types = await settle(step, path, seen, said, read);
  for (const [i, name] of names.entries()) {
    const kind = declared[name]?.data_type;
    if (types[i]!.type === "VARCHAR" && (kind === "NUMERIC" || kind === "TIME")) {
      step.note(
        `column '${name}' of '${dataset}' is ${kind}, but holds values that aren't: it is read as text`
      );
    }
  }
  const columns = names.map((name, i) => `${valueOf(i, types[i]!)} AS ${identifier(name)}`);
  return `SELECT ${columns.join(", ")} FROM ${readCall(path, types, read)}`;
}

const readCall = (path: string, types: ImportType[], read: string) =>
  `read_csv(${literal(path)}, ${read}, columns = {${types
    .map(({type, format}, i) => `c${i}: '${format ? "VARCHAR" : type}'`)
    .join(", ")}})`;

const valueOf = (i: number, {format}: ImportType) =>
  format ? `try_strptime(c${i}, ${literal(format)})` : `c${i}`;

/** The columns' types; those that reading itself doesn't check are tried on the whole column. */
async function settle(
  {database, importTypes}: Step,
  path: string,
  seen: Awaited<ReturnType<typeof look>>,
  declared: (DataTypes[string] | undefined)[],
  read: string
): Promise<ImportType[]> {
  for (;;) {
    const types = importTypes.of(path, seen, declared);
    const unproven = types.flatMap((type, i) => (type.format || type.pattern ? [i] : []));
    if (unproven.length === 0) return types;
    const texts = types.map((): ImportType => ({type: "VARCHAR"}));
    const counts = unproven.map((i) => `count(c${i}) - ${fitting(i, types[i]!)}`);
    const [misfits] = await database.rows(`SELECT ${counts.join(", ")} FROM ${readCall(path, texts, read)}`);
    const wrong = unproven.filter((_, j) => Number(misfits![j]) > 0);
    if (wrong.length === 0) return types;
    for (const i of wrong) importTypes.widen(path, i);
  }
}

const fitting = (i: number, type: ImportType) =>
  type.pattern
    ? `count(*) FILTER (regexp_full_match(c${i}, ${literal(type.pattern)}))`
    : `count(${valueOf(i, type)})`;

/** The names that the file gives its columns; numbers where it gives none. */
async function headerOf({database}: Step, path: string, skip: number, header: boolean): Promise<string[]> {
  let names: string[];
  try {
    names = await namesOf(path);
  } catch (error) {
    throw new FacetError(error instanceof Error ? error.message : String(error));
  }
  if (!header) return names.map((_, i) => `column_${i + 1}`);
  if (skip > 0) {
    const [row] = await database.rows(
      `FROM read_csv(${literal(path)}, header = false, all_varchar = true, delim = ',', quote = '"', escape = '"', ` +
        `skip = ${skip}, null_padding = true) LIMIT 1`
    );
    if (!row)
      throw new FacetError(
        `the file has no row ${skip + 1} to take the header from: lower 'header_row_number'`
      );
    names = row.map((cell, i) => cell ?? `Unnamed: ${i}`);
  }
  return unlike(names);
}

/** DuckDB takes names that differ in case alone for one; they are told apart by a number, as pandas does it. */
function unlike(names: string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 1; seen.has(unique.toLowerCase()); n++) unique = `${name}.${n}`;
    seen.add(unique.toLowerCase());
    return unique;
  });
}

function rename(found: string[], wanted: string[]): string[] {
  if (wanted.length === 0) return found;
  if (wanted.length === found.length) return unlike(wanted);
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
