// Rows that were made here rather than downloaded, as a table of the session.
import {DuckDBTypeId, type DuckDBConnection} from "@duckdb/node-api";
import {identifier} from "./quote.js";

export type Row = Readonly<Record<string, RowValue>>;
export type RowValue = string | number | bigint | null;

/**
 * Makes rows the relation `result`, with columns of these SQL types: VARCHAR, BIGINT, DOUBLE, or what DuckDB reads off a text. What a
 * row doesn't have is null. Throws for a value that its column can't hold.
 */
export async function createTable(
  connection: DuckDBConnection,
  types: Record<string, string>,
  rows: Row[]
): Promise<void> {
  const columns = Object.entries(types);
  const definitions = columns.map(([name, type]) => `${identifier(name)} ${type}`);
  await connection.run(`CREATE TABLE result (${definitions.join(", ")})`);
  const appender = await connection.createAppender("result");
  for (const row of rows) {
    for (const [i, [name]] of columns.entries()) {
      const value = Object.hasOwn(row, name) ? row[name]! : null;
      if (value === null) appender.appendNull();
      else if (typeof value === "string") appender.appendVarchar(value);
      else if (appender.columnType(i).typeId === DuckDBTypeId.BIGINT) appender.appendBigInt(BigInt(value));
      else appender.appendDouble(Number(value));
    }
    appender.endRow();
  }
  appender.closeSync();
}
