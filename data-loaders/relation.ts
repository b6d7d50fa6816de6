// What the file of a dataset's entry is written from: the dataset, or what its `sql` or `summary` makes of it, in the entry's order.
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal} from "../lib/tabular/quote.js";
import type {ColumnNames} from "../lib/tabular/formats.js";
import type {DatasetRequest} from "./file-request.js";
import {runQuery} from "./query.js";
import {inOrder} from "./row-order.js";
import {summaryQuery} from "./summary.js";

/** A table or view. */
export interface Relation {
  name: string;
  /** Its rows in the order wanted, as SQL that may follow FROM; undefined where they come as they are. */
  rows?: string | undefined;
}

/** A dataset as a Parquet file. */
export interface RelationSource {
  file: string;
  columns: ColumnNames;
  /** Where the rows stand in the order wanted, in files one after the other; in `file` as they came. */
  inOrder?: readonly string[];
  /** Where the file is the result of the entry's `sql`: a SELECT over it that gives the types which it has here. */
  restored?: string;
}

/** The query that makes the file's rows of the table `dataset`; undefined where they are the dataset's own. */
export const queryOf = ({sql, summary}: DatasetRequest, {columns}: RelationSource): string | undefined =>
  summary ? summaryQuery(summary, columns) : sql;

/** @throws LoadError for a query that can't be run, and for a column of `sort` that there isn't */
export async function contentRelation(
  connection: DuckDBConnection,
  query: string | undefined,
  sort: readonly string[] | undefined,
  {file, inOrder: files, restored}: RelationSource
): Promise<Relation> {
  if (files) {
    await connection.run(`CREATE VIEW dataset AS FROM read_parquet([${files.map(literal).join(", ")}])`);
    return {name: "dataset"};
  }
  const dataset = `read_parquet(${literal(file)})`;
  await connection.run(`CREATE VIEW dataset AS FROM ${dataset}`);
  // Rows that are alike in what they are sorted by keep their order, where they have one.
  const ordered = async (source: string, tie?: string) => sort && inOrder(connection, source, sort, tie);
  if (query === undefined) return {name: "dataset", rows: await ordered(dataset, "file_row_number")};
  if (restored !== undefined) {
    await connection.run(`CREATE VIEW result AS ${restored}`);
    return {name: "result", rows: await ordered("result")};
  }
  await runQuery(connection, query);
  return {name: "result", rows: await ordered("result", "rowid")};
}
