// Text that repeats: DuckDB turns each value into its place in the list of them, which travels once.
import {DuckDBTypeId, type DuckDBConnection, type DuckDBListValue, type DuckDBType} from "@duckdb/node-api";
import {Dictionary, Uint16, Uint8, Utf8, vectorFromArray} from "apache-arrow";
import {fixed, type Gatherer} from "./arrow-buffers.js";
import {partsOf} from "./columns.js";
import type {PlannedColumn} from "./plan.js";
import {isText} from "./plain-value.js";
import {identifier} from "./quote.js";
import type {Shape} from "./shape.js";

/** A column of words: the SQL that gives each as a number, and what takes the numbers. */
export interface ArrowDictionary {
  type: Dictionary;
  sql: string;
  gather: () => Gatherer;
}

/** What is asked of a column besides: how long it is at most, and of text how many there are and how many different ones. */
export function textQuestions(shape: Shape<DuckDBType>, sql: string): string[] {
  const longest = `max(strlen(${sql}::VARCHAR))`;
  if (shape.is !== "leaf") return [longest];
  if (shape.leaf.typeId === DuckDBTypeId.BLOB) return [`max(octet_length(${sql}))`];
  return isText(shape.leaf) ? [longest, `count(${sql})`, `approx_count_distinct(${sql}::VARCHAR)`] : [];
}

/** Text of more different values than this is written out; the estimate of their number can be off by some percents. */
const maxWords = 1 << 15;

/** Columns whose words are found together, in memory: each takes 400 kB, however few it has. */
const atOnce = 200;

function repeats({shape, answers}: PlannedColumn): boolean {
  const [, count = 0, distinct = 0] = answers.map(Number);
  return shape.is === "leaf" && distinct > 0 && distinct <= maxWords && distinct * 2 <= count;
}

/** The dictionaries of the columns that have text that repeats. */
export async function dictionariesOf(
  connection: DuckDBConnection,
  relation: string,
  columns: PlannedColumn[]
): Promise<Map<PlannedColumn, ArrowDictionary>> {
  const found = new Map<PlannedColumn, ArrowDictionary>();
  // Many columns in one pass: a query of a file takes the longer, the more columns the file has, however few are asked for.
  for (const some of partsOf(columns.filter(repeats), atOnce)) {
    // list(DISTINCT …) would do, but takes 3 MB for each column, however short.
    const lists = some.map(({name}, i) => `map_keys(histogram(${identifier(name)}::VARCHAR)) AS w${i}`);
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE words AS SELECT ${lists.join(", ")} FROM ${identifier(relation)}`
    );
    const words = (await connection.runAndReadAll("FROM words")).getRows()[0] as DuckDBListValue[];
    for (const [i, column] of some.entries()) {
      const type = identifier(`dictionary ${found.size}`);
      await connection.run(`CREATE OR REPLACE TEMP TYPE ${type} AS ENUM (SELECT unnest(w${i}) FROM words)`);
      const sql = `enum_code(${identifier(column.name)}::VARCHAR::${type})`;
      found.set(column, {sql, ...dictionary(words[i]!.items as string[], found.size)});
    }
  }
  return found;
}

function dictionary(words: string[], id: number): Omit<ArrowDictionary, "sql"> {
  const isSmall = words.length <= 256;
  const type = new Dictionary(new Utf8(), isSmall ? new Uint8() : new Uint16(), id);
  const vector = vectorFromArray(words, new Utf8());
  return {type, gather: () => fixed(type, isSmall ? Uint8Array : Uint16Array, () => vector)};
}
