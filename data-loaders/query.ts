// Runs an entry's `sql`: one SELECT over the table `dataset`, with nothing else in reach.
import {StatementType, type DuckDBConnection} from "@duckdb/node-api";
import type {Column} from "../lib/tabular/columns.js";
import {LoadError} from "./error.js";

/**
 * Makes a query's result the table `result`. The session must be confined already.
 * @throws LoadError with DuckDB's own message
 */
export async function runQuery(connection: DuckDBConnection, sql: string): Promise<void> {
  try {
    await requireSelect(connection, sql);
    await connection.run(`CREATE TABLE result AS\n${sql}`);
  } catch (error) {
    throw asLoadError(error);
  }
}

/**
 * The columns that a query's result would have; nothing is run.
 * @throws LoadError as `runQuery` does
 */
export async function describeQuery(connection: DuckDBConnection, sql: string): Promise<Column[]> {
  try {
    return await requireSelect(connection, sql);
  } catch (error) {
    throw asLoadError(error);
  }
}

const asLoadError = (error: unknown) =>
  error instanceof LoadError
    ? error
    : new LoadError(`DuckDB can't run this sql. ${(error as Error).message.trim()}`, {cause: error});

/**
 * Prepares the query as it stands, so that DuckDB's messages point into it rather than into what we make of it. Resolves to the
 * columns of its result.
 */
async function requireSelect(connection: DuckDBConnection, sql: string): Promise<Column[]> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new LoadError(
      `sql should be one SELECT, but is ${statements.count} statements. (A PIVOT counts as several: name its values with IN.)`
    );
  }
  const statement = await statements.prepare(0);
  try {
    if (statement.statementType !== StatementType.SELECT) {
      throw new LoadError("sql should be a SELECT, since it only says what to publish");
    }
    return Array.from({length: statement.columnCount}, (_, i) => ({
      name: statement.columnName(i),
      type: statement.columnType(i)
    }));
  } finally {
    statement.destroySync();
  }
}
