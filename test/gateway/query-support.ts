// Gateways in front of a site with Parquet files, and statements that are sent to them as a page does.
import {randomBytes} from "node:crypto";
import {mkdir, rm} from "node:fs/promises";
import {dirname, join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import * as arrow from "apache-arrow";
import type {Config, QueryEntry} from "../../lib/config/index.js";
import {readable} from "../../lib/database/values.js";
import type {GatewayOptions} from "../../lib/gateway/index.js";
import {fromPage, start, temporaryFolder, write, type Started} from "./support.js";

const page = "<!DOCTYPE html>\n<html>\n<head>\n<title>T</title></head></html>";

/** A name as Framework gives it to an attached file. */
export const attached = (name: string, hash: string) => `_file/data/${name}.${hash}.parquet`;

/** Writes a built site in which each of these queries is a Parquet file. */
export async function builtSite(folder: string, files: Record<string, string>): Promise<string> {
  await rm(folder, {recursive: true, force: true});
  await write(folder, {"index.html": page, "_file/data/notes.00000001.csv": "a\n1\n"});
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const [name, query] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), {recursive: true});
    await connection.run(`COPY (${query}) TO '${join(folder, name)}' (FORMAT parquet)`);
  }
  connection.closeSync();
  instance.closeSync();
  return folder;
}

export interface Queried extends Started {
  site: string;
  ask: (query: Partial<Asking>, options?: RequestInit) => Promise<Response>;
  /** The answer's rows as a page has them, or `code: message` of the refusal. */
  rows: (text: string, query?: Partial<Asking>) => Promise<unknown>;
}

export interface Asking {
  files: Record<string, string | string[]>;
  text: string;
  params: unknown[];
  setup: string[];
}

export const sales = attached("sales", "0a1b2c3d");
export const secret = attached("secret", "0a1b2c3d");

/** Starts a gateway that may query `sales`, but not `secret`. */
export async function startQueried(
  entry: Partial<QueryEntry> | null = {},
  {
    files,
    config,
    ...options
  }: Omit<Partial<GatewayOptions>, "config"> & {
    files?: Record<string, string>;
    config?: Partial<Config>;
  } = {}
): Promise<Queried> {
  const state = await temporaryFolder();
  const site = await builtSite(join(state, "dist"), {
    [sales]: "SELECT i AS id, ['a', 'b', 'c'][1 + i % 3] AS shop, i * 1.5 AS amount FROM range(1000) t(i)",
    [secret]: "SELECT 'hidden' AS word",
    ...files
  });
  const gateway = await start({
    state,
    site: {folder: site},
    ...options,
    config: {
      datasets: {sales: {dataset: "Sales"}, secret: {dataset: "Secret"}},
      ...config,
      ...(entry && {gateway: {query: {files: ["sales"], ...entry}}})
    }
  });
  const base = gateway.base;
  const ask: Queried["ask"] = ({files = {sales: base + sales}, text = "FROM sales", ...rest}, options = {}) =>
    fetch(`${gateway.url}${base}api/query`, {
      method: "POST",
      headers: fromPage(gateway.url),
      body: JSON.stringify({files, text, ...rest}),
      ...options
    });
  return {
    ...gateway,
    site,
    ask,
    async rows(text, query = {}) {
      const response = await ask({text, ...query});
      if (!response.ok) {
        const {error} = (await response.json()) as {error: {code: string; message: string}};
        return `${error.code}: ${error.message}`;
      }
      return plain(await response.arrayBuffer());
    }
  };
}

/** An Arrow IPC stream's rows as plain objects, as a page reads them. */
export function plain(bytes: ArrayBuffer): Record<string, unknown>[] {
  const table = readable(arrow.tableFromIPC(new Uint8Array(bytes)), arrow);
  const text = JSON.stringify(table.toArray(), (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value
  );
  return JSON.parse(text) as Record<string, unknown>[];
}

/** A statement that takes long and can't be answered from the cache. */
export const slow = () =>
  `SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = ${randomBytes(4).readUInt32LE()}`;
