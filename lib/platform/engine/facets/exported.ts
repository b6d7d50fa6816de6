// EXPORTED: writes the table as a CSV that becomes a dataset of the app.
import {csvSource, sourceColumn} from "../../../tabular/csv-source.js";
import {distinctTexts, isCategory} from "../../categories.js";
import {FacetError} from "../failure.js";
import type {DataTypes} from "../host.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {type Column, isWhole, kindOf, type Table} from "../table.js";

/** Rows by which text is told from categories. */
const sampleRows = 20_000;

export async function exported(step: Step): Promise<undefined> {
  const {args, database, result} = step;
  const table = only(step);
  const name = args.text("dataset_name");
  if (result.datasets.some((dataset) => dataset.name === name)) {
    throw new FacetError(
      `another EXPORTED facet writes the dataset '${name}' too: give each its own 'dataset_name'`
    );
  }
  const path = step.file("export.csv");
  const header = args.flag("header");
  // Values that nothing changed leave as they came: `42.510` as a number would lose its last digit.
  const written =
    table.written ?? `SELECT ${table.columns.map(asText).join(", ")} FROM ${identifier(table.name)}`;
  const [copied] = await database.rows(
    `COPY (${written}) TO ${literal(path)} (FORMAT csv, HEADER ${header})`
  );
  const rows = Number(copied![0]);
  const categories = await categoriesOf(step, table, path, header);
  const dataTypes: DataTypes = Object.fromEntries(
    table.columns.map((column) => [column.name, dataTypeOf(column, categories)])
  );
  result.datasets.push({facetId: step.facetId, name, path, dataTypes, rows});
  return undefined;
}

/** A column as the CSV has it; times are in UTC, without saying so. */
function asText({name, type}: Column): string {
  const column = identifier(name);
  return type === "TIMESTAMP WITH TIME ZONE" ? `${column}::TIMESTAMP AS ${column}` : column;
}

function dataTypeOf({name, type}: Column, categories: Set<string>): DataTypes[string] {
  if (isWhole(type)) return {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}};
  const kind = kindOf(type);
  if (kind === "number") return {data_type: "NUMERIC", data_formats: {}};
  if (kind === "time") return {data_type: "TIME", data_formats: {}};
  return {data_type: type === "BOOLEAN" || categories.has(name) ? "CATEGORICAL" : "TEXT", data_formats: {}};
}

/** The text columns that hold few values, each many times. Counted in the file: the table may be costly to read. */
async function categoriesOf(
  {database}: Step,
  table: Table,
  path: string,
  header: boolean
): Promise<Set<string>> {
  const texts = table.columns.flatMap(({name, type}, i) => (kindOf(type) === "text" ? [{name, i}] : []));
  const source = csvSource(path, table.columns.length, "\n", {header});
  const counts = await distinctTexts(
    (sql) => database.rows(sql),
    `(FROM ${source} LIMIT ${sampleRows})`,
    texts.map(({i}) => sourceColumn(i))
  );
  return new Set(texts.filter((_, j) => isCategory(counts[j]!)).map(({name}) => name));
}
