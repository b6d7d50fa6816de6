// The platform's CSVs in native DuckDB: what the pages' numbers are held against. They come over plain HTTP, past the kit's
// client, loaders and metrics, so that one mistake can't hide on both sides.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";

export type Row = Record<string, string | number | null>;

export interface Native {
  /** The rows of an answer; dates are texts in ISO 8601. */
  rows: (sql: string) => Promise<Row[]>;
  /** The only value of the only row. */
  value: (sql: string) => Promise<string | number | null>;
  close: () => Promise<void>;
}

interface Account {
  baseUrl: string;
  userEmail: string;
  apiKey: string;
}

/** Opens a database with a table for each dataset named. */
export async function nativeTables(
  platform: Account,
  tables: Record<string, {app: string; dataset: string}>
): Promise<Native> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-native-"));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const [table, {app, dataset}] of Object.entries(tables)) {
    const file = join(folder, `${table}.csv`);
    await writeFile(file, await csv(platform, app, dataset));
    await connection.run(`CREATE TABLE ${table} AS FROM read_csv('${file}', header = true)`);
  }
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as Row[];
  return {
    rows: async (sql) => (await rows(sql)).map(plain),
    value: async (sql) => Object.values(plain((await rows(sql))[0]!))[0]!,
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, {recursive: true, force: true});
    }
  };
}

/** JSON has 64-bit integers as texts, for those that JavaScript's numbers can't hold; here they can. */
const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value
    ])
  );

async function csv(platform: Account, app: string, dataset: string): Promise<string> {
  const get = async (call: string, query: Record<string, string>) => {
    const url = new URL(`/component/${call}?${String(new URLSearchParams(query))}`, platform.baseUrl);
    const headers = {user: platform.userEmail, "api-key": platform.apiKey};
    const response = await fetch(url, {headers});
    if (!response.ok) throw new Error(`${call}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, never>;
  };
  const {project_id} = (await get("get-project", {name: app})).project as unknown as Record<string, string>;
  const found = await get("get-dataset", {project_id: project_id!, name: dataset});
  const {dataset_id} = found.dataset as unknown as Record<string, string>;
  const download = await get("get-dataset-download-url", {
    project_id: project_id!,
    dataset_id: dataset_id!
  });
  return (await fetch(download.url as unknown as string)).text();
}
