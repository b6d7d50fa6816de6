// A database's own part of the tab's engine: a catalog for its tables, one for what is read of files, and its connections.
import type {AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import type {Table} from "apache-arrow";
import {runOn, unusedOptimizers, type Engine} from "./engine.js";
import {varyingBytes} from "./fixed-bytes.js";
import {runPending} from "./pending.js";
import {boundLiteral} from "./literal.js";
import type {Statement} from "./statement.js";
import type {TabEngine} from "./tab-engine.js";
import {readable} from "./values.js";

export interface Session extends Engine {
  /** The catalog of the page's tables, as SQL. */
  catalog: string;
  /** The catalog of what has been read of files, as SQL. */
  parts: string;
  /** Runs a page's statement, one at a time. One that only reads is ended if the signal comes. */
  run: (statement: Statement, isReading: boolean, signal: AbortSignal) => Promise<Table>;
  /** The statement's plan, made without these optimizers. */
  explain: (statement: Statement, disabled: string) => Promise<string>;
  /**
   * Adds the rows of an Arrow IPC stream to one of the parts.
   * @param select makes them of a relation with the stream's columns, where they aren't taken as they are
   */
  append: (part: string, stream: Uint8Array, select?: (from: string) => string) => Promise<void>;
  /** Drops all that is the database's. */
  close: () => Promise<void>;
}

export async function openSession({duckdb, arrow, planning}: TabEngine, number: number): Promise<Session> {
  const catalog = `page_${number}`;
  const parts = `page_${number}_parts`;
  const connect = async (to: string) => {
    const connection = await duckdb.connectInternal();
    await duckdb.runQuery(connection, `USE ${to}`);
    return connection;
  };
  const first = await duckdb.connectInternal();
  await duckdb.runQuery(first, `ATTACH ':memory:' AS ${catalog}`);
  await duckdb.runQuery(first, `ATTACH ':memory:' AS ${parts}`);
  await duckdb.disconnect(first);
  const [pages, own, loading] = [await connect(catalog), await connect(catalog), await connect(parts)];
  // Arrow's own decoder rather than DuckDB-WASM's, which belongs to another version of Arrow than the page's.
  const tableOf = (bytes: Uint8Array | Uint8Array[]) => readable(arrow.tableFromIPC(bytes), arrow);

  async function runInTurns(
    {text, params}: Statement,
    signal: AbortSignal
  ): Promise<Uint8Array | Uint8Array[]> {
    const start = (text: string) => runPending({duckdb, connection: pages, planning}, text, signal, arrow);
    if (!params.length) return start(text);
    // Only a text can be interrupted: DuckDB's own PREPARE takes the values apart from it.
    const values = params.map(boundLiteral);
    const prepare = () => duckdb.runQuery(pages, `PREPARE page_statement AS ${text}`);
    const isPrepared = !values.includes(undefined) && (await planning(prepare).then(Boolean, () => false));
    if (!isPrepared) return planning(() => runOn(duckdb, pages, {text, params})); // which says what is wrong with it
    try {
      return await start(`EXECUTE page_statement(${values.join(", ")})`);
    } finally {
      await duckdb.runQuery(pages, "DEALLOCATE page_statement").catch(() => undefined);
    }
  }

  return {
    arrow,
    duckdb,
    catalog,
    parts,
    query: async (statement) => tableOf(await runOn(duckdb, own, statement)),
    async connected(work) {
      const connection: AsyncDuckDBConnection = await duckdb.connect();
      try {
        await connection.query(`USE ${catalog}`);
        return await work(connection);
      } finally {
        await connection.close();
      }
    },
    run: async (statement, isReading, signal) =>
      tableOf(
        await (isReading ? runInTurns(statement, signal) : planning(() => runOn(duckdb, pages, statement)))
      ),
    explain: ({text, params}, disabled) =>
      planning(async () => {
        await duckdb.runQuery(pages, `SET disabled_optimizers = '${unusedOptimizers},${disabled}'`);
        try {
          const plan = arrow.tableFromIPC(
            await runOn(duckdb, pages, {text: `EXPLAIN (FORMAT json) ${text}`, params})
          );
          return String(plan.getChild("explain_value")!.get(0));
        } finally {
          await duckdb.runQuery(pages, `SET disabled_optimizers = '${unusedOptimizers}'`);
        }
      }),
    async append(part, stream, select) {
      const insert = (name: string, create: boolean) =>
        duckdb.insertArrowFromIPCStream(loading, varyingBytes(stream, arrow), {name, schema: "main", create});
      if (!select) return insert(part, false);
      const given = `${part}_given`;
      await insert(given, true);
      try {
        await duckdb.runQuery(loading, `INSERT INTO ${part} ${select(given)}`);
      } finally {
        await duckdb.runQuery(loading, `DROP TABLE ${given}`);
      }
    },
    async close() {
      for (const connection of [pages, own, loading]) await duckdb.disconnect(connection);
      const last = await duckdb.connectInternal();
      for (const name of [catalog, parts]) await duckdb.runQuery(last, `DETACH ${name}`);
      await duckdb.disconnect(last);
    }
  };
}
