// A database whose statements the gateway answers, with the same rows as one in the page.
import type {Table} from "apache-arrow";
import type {Refusal} from "../gateway-api/error.js";
// Not from the index, which would bring zod into the page.
import {gatewayPath, pageHeader} from "../gateway-api/page.js";
import type {Query} from "../gateway-api/query.js";
import {setFiles} from "../tabular/files-of.js";
import {queryError} from "./error.js";
import type {DatabaseFile} from "./file.js";
import {once} from "./once.js";
import {Tasks} from "./progress.js";
import {mentions, positional, statement, type Statement} from "./statement.js";
import type {Database, DatabaseOptions} from "./types.js";
import {readable} from "./values.js";

export interface RemoteOptions extends Required<Omit<DatabaseOptions, "engine">> {
  /** The same database in the page, for where no gateway answers: in a preview, and on static hosting. */
  inPage: () => Database;
}

/** A database over files of the site, which must be Parquet. Nothing is fetched but answers. */
export function remoteDatabase(
  files: Record<string, DatabaseFile>,
  {setup, onWarning, inPage}: RemoteOptions
): Database {
  const tables = Object.keys(files);
  const tasks = new Tasks();
  const closing = new AbortController();
  let local: Database | undefined;
  /** Whom progress is told, and what ends that. */
  const listeners = new Map<Parameters<Database["onProgress"]>[0], (() => void)[]>();
  const fallBack = (why: string) => {
    if (local) return local;
    onWarning(`database: ${why}, so DuckDB in the page answers, and fetches the files`);
    local = inPage();
    for (const [listener, stops] of listeners) stops.push(local.onProgress(listener));
    return local;
  };
  const arrow = once(() => import("apache-arrow"));

  async function run(asked: Statement): Promise<Table> {
    const here = gatewayPath();
    if (here === undefined)
      return fallBack("this page is served without a gateway").query(asked.text, asked.params);
    if (local) return local.query(asked.text, asked.params);
    const mentioned = tables.filter((table) => mentions(asked.text, table));
    const named = mentioned.length ? mentioned : tables;
    const answer = await tasks.run("asking the gateway", async () => {
      const paths = await Promise.all(
        named.map(async (table) => [table, await pathOf(files[table]!)] as const)
      );
      const query: Query = {files: Object.fromEntries(paths), ...asked, setup: [...setup]};
      return ask(`${here}/query`, query, closing.signal);
    });
    if (answer instanceof ArrayBuffer) {
      const module = await arrow();
      const table = readable(module.tableFromIPC(new Uint8Array(answer)), module);
      setFiles(
        table,
        mentioned.map((name) => files[name]!.name)
      );
      return table;
    }
    if (answer.code === "preview")
      return fallBack("a preview has no gateway that queries its files").query(asked.text, asked.params);
    throw queryError(new Error(answer.message), {present: tables, dropped: []});
  }

  async function open(...names: string[]): Promise<void> {
    const unknown = names.find((name) => !tables.includes(name));
    if (unknown !== undefined)
      throw new Error(`The database has no table "${unknown}", but ${tables.join(", ") || "none at all"}`);
    await local?.open(...names);
  }

  async function close(): Promise<void> {
    closing.abort();
    await local?.close();
  }

  return {
    tables,
    sql: async (strings, ...values) => run(statement(strings, values)),
    query: async (text, values = []) => run(positional(text, values)),
    open,
    onProgress(listener) {
      const stops = [tasks.subscribe(listener), ...(local ? [local.onProgress(listener)] : [])];
      listeners.set(listener, stops);
      return () => {
        listeners.delete(listener);
        for (const stop of stops) stop();
      };
    },
    close,
    [Symbol.asyncDispose]: close
  };
}

const pathOf = async (file: DatabaseFile) => new URL(await file.url(), location.href).pathname;

/** The answer's Arrow IPC stream, or why the gateway gives none. */
async function ask(url: string, query: Query, signal: AbortSignal): Promise<ArrayBuffer | Refusal["error"]> {
  const closed = () => new Error("The database is closed");
  if (signal.aborted) throw closed();
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {"content-type": "application/json", [pageHeader]: "1"},
      body: JSON.stringify(query),
      signal
    });
    if (response.ok) return await response.arrayBuffer();
    const {error} = (await response.json().catch(() => ({}))) as Partial<Refusal>;
    if (error) return error;
    throw new Error(`something other than the gateway answered (status ${response.status})`);
  } catch (cause) {
    if (signal.aborted) throw closed();
    throw new Error(`The gateway can't answer the statement: ${(cause as Error).message}`, {cause});
  }
}
