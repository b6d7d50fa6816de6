// A database whose statements the gateway answers, with the same rows as one in the page.
import type {Table} from "apache-arrow";
import type {Refusal} from "../gateway-api/error.js";
// Not from the index, which would bring zod into the page.
import {gatewayPath, pageHeader} from "../gateway-api/page.js";
import type {Query} from "../gateway-api/query.js";
import {setFiles} from "../tabular/files-of.js";
import {asking, askingLatest, askingUntil, either} from "./asking.js";
import {queryError} from "./error.js";
import type {DatabaseFile} from "./file.js";
import {expectTable, filesOf, type GivenFiles} from "./given-files.js";
import {once} from "./once.js";
import {Tasks} from "./progress.js";
import {mentions, type Statement} from "./statement.js";
import type {Database, DatabaseOptions} from "./types.js";
import {readable} from "./values.js";

export interface RemoteOptions extends Required<Pick<DatabaseOptions, "setup" | "onWarning">> {
  /** The same database in the page, for where no gateway answers: in a preview, and on static hosting. */
  inPage: (files: Record<string, GivenFiles>) => Database;
}

/** A database over files of the site, which must be Parquet. Nothing is fetched but answers. */
export function remoteDatabase(
  given: ReadonlyMap<string, readonly DatabaseFile[]>,
  {setup, onWarning, inPage}: RemoteOptions
): Database {
  const files = new Map(given);
  const tables = [...files.keys()];
  const tasks = new Tasks();
  const closing = new AbortController();
  let local: Database | undefined;
  /** Whom progress is told, and what ends that. */
  const listeners = new Map<Parameters<Database["onProgress"]>[0], (() => void)[]>();
  const fallBack = (why: string) => {
    if (local) return local;
    onWarning(`database: ${why}, so DuckDB in the page answers, and fetches the files`);
    local = inPage(Object.fromEntries(files));
    for (const [listener, stops] of listeners) stops.push(local.onProgress(listener));
    return local;
  };
  const arrow = once(() => import("apache-arrow"));

  async function run(asked: Statement, signal?: AbortSignal): Promise<Table> {
    const options = {...(signal && {signal})};
    const here = gatewayPath();
    if (here === undefined)
      return fallBack("this page is served without a gateway").query(asked.text, asked.params, options);
    if (local) return local.query(asked.text, asked.params, options);
    const mentioned = tables.filter((table) => mentions(asked.text, table));
    const named = mentioned.length ? mentioned : tables;
    const answer = await tasks.run("asking the gateway", async () => {
      const paths = await Promise.all(
        named.map(async (table) => [table, await Promise.all(files.get(table)!.map(pathOf))] as const)
      );
      const query: Query = {files: Object.fromEntries(paths), ...asked, setup: [...setup]};
      return ask(`${here}/query`, query, either(closing.signal, signal)!);
    });
    if (answer instanceof ArrayBuffer) {
      const module = await arrow();
      const table = readable(module.tableFromIPC(new Uint8Array(answer)), module);
      setFiles(
        table,
        mentioned.flatMap((table) => files.get(table)!.map(({name}) => name))
      );
      return table;
    }
    if (answer.code === "preview")
      return fallBack("a preview has no gateway that queries its files").query(
        asked.text,
        asked.params,
        options
      );
    throw queryError(new Error(answer.message), {present: tables, dropped: []});
  }

  async function open(...names: string[]): Promise<void> {
    for (const name of names) expectTable(name, tables);
    await local?.open(...names);
  }

  async function replace(table: string, file: GivenFiles): Promise<void> {
    expectTable(table, tables);
    const others = filesOf(table, file);
    files.set(table, others);
    await local?.replace(table, others);
  }

  async function close(): Promise<void> {
    closing.abort(new Error("The database is closed"));
    await local?.close();
  }

  return {
    tables,
    ...asking(run),
    latest: () => askingLatest(run),
    until: (end) => askingUntil(run, end),
    open,
    async warm() {
      await local?.warm();
    },
    replace,
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
  signal.throwIfAborted();
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
    if (signal.aborted) throw signal.reason as Error;
    throw new Error(`The gateway can't answer the statement: ${(cause as Error).message}`, {cause});
  }
}
