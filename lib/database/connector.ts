// A page's database as Mosaic asks one: for linked filters over millions of rows.
import type {Database} from "./types.js";

/** What Mosaic's coordinator asks: a statement whose rows it wants as Arrow, or one that only does something. */
export interface MosaicRequest {
  type: string;
  sql: string;
  /** Ends the statement, as that of `db.query` does. */
  signal?: AbortSignal;
}

/** A connector for the coordinator of `@uwdata/mosaic-core` 0.32 and `@uwdata/vgplot` 0.32. */
export interface MosaicConnector {
  /** The rows of a statement, as an Arrow IPC stream. */
  query(request: MosaicRequest & {type: "arrow"}): Promise<Uint8Array>;
  /** Runs a statement whose rows nobody wants. */
  query(request: MosaicRequest & {type: "exec"}): Promise<void>;
}

/**
 * Lets Mosaic use this database: `new vg.Coordinator(connector(db))`. Its marks then draw what the database's tables answer, and
 * its selections filter them. Answers come as Arrow IPC streams.
 * Mosaic 0.32 tells no connector which of its questions are outdated; it passes on the `signal` of `coordinator.query(sql, {signal})`. Rejects as `db.query` does, and for a request of another type.
 */
export function connector(database: Pick<Database, "query">): MosaicConnector {
  async function query({type, sql, signal}: MosaicRequest): Promise<Uint8Array | void> {
    if (type !== "arrow" && type !== "exec")
      throw new Error(
        `The connector of ikigai-kit answers "arrow" and "exec" of Mosaic 0.32, not "${type}": install @uwdata/mosaic-core 0.32`
      );
    const table = await database.query(sql, [], {...(signal && {signal})});
    if (type === "exec") return;
    const {tableToIPC} = await import("apache-arrow");
    return tableToIPC(table, "stream");
  }
  return {query} as MosaicConnector;
}
