// An entry's sql that runs on the platform: the same rows as here, one run for each change, and nobody else's flows touched.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {pull, type PullOptions} from "../../data-loaders/index.js";
import {fileRequest, type FileRequestOf} from "../../data-loaders/file-request.js";
import {lookup} from "../../data-loaders/lookup.js";
import {platformQueryInput, runsOnPlatform} from "../../data-loaders/platform-query.js";
import {Ikigai, type App, type Flow} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";
import {typeTable} from "../tabular/type-table.js";

const sales = `day,at,store,sold,price,zip,note
2024-01-01,2024-01-01 10:30:00,North,3,1.5,01220,"said ""hi"", left"
2024-01-02,2024-01-02 11:00:00.25,South,,2.25,02134,
2024-02-01,2024-02-01 00:00:00,North,5,0.1,01220,""
2024-02-02,2024-02-02 09:15:00,South,12345678901,1e300,02134,"two
lines"
`;

let folder: string;
let platform: RunningPlatform;
let client: Ikigai;
const calls: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-platform-query-"));
  platform = await startPlatform({
    data: join(folder, "platform"),
    seed: [
      {
        name: "Shop",
        description: "",
        models: [],
        datasets: [
          {name: "Sales", csv: sales},
          {name: "Odd", csv: "a,b\n1,x\n2,y\n"}
        ]
      }
    ],
    log: (line) => calls.push(line)
  });
  client = new Ikigai(platform);
});
afterAll(async () => {
  await platform.close();
  await rm(folder, {recursive: true});
});

let into: string;
let app: App;
beforeEach(async () => {
  into = await mkdtemp(join(folder, "into-"));
  app = await client.apps.get("Shop");
  calls.length = 0;
});

type Engine = "local" | "platform";
const entry = (sql: string, engine: Engine = "platform", dataset = "Sales") => ({dataset, sql, engine});
const configOf = (key: string, sql: string, engine?: Engine, dataset?: string) =>
  checkConfig({app: "Shop", datasets: {[key]: entry(sql, engine, dataset)}});

/** Pulls files of an entry and resolves to the warnings. */
async function pulling(
  key: string,
  sql: string,
  options: Partial<PullOptions> & {engine?: Engine; dataset?: string} = {}
) {
  const {engine, dataset, ...more} = options;
  const warnings: string[] = [];
  await pull({
    config: configOf(key, sql, engine, dataset),
    client,
    files: [`${key}.json`],
    into,
    project: "shop-dashboard",
    onWarning: (warning) => warnings.push(warning),
    ...more
  });
  return warnings;
}

const json = async (file: string, from = into) =>
  JSON.parse(await readFile(join(from, file), "utf8")) as Record<string, unknown>[];

const runs = () => calls.filter((line) => line.includes("run-pipeline")).length;

const flowOf = async (key: string): Promise<Flow> => {
  const [flow, ...more] = [...(await app.flows.list())].filter(({name}) =>
    name.startsWith(`ikigai-kit: ${key} (`)
  );
  expect(more).toEqual([]);
  return flow!;
};

async function parquet(path: string) {
  const from = `FROM read_parquet(${literal(path)})`;
  return withDuckDB({folder}, async (connection) => {
    const described = (await connection.runAndReadAll(`DESCRIBE ${from}`)).getColumns();
    return {
      types: Object.fromEntries(described[0]!.map((name, i) => [name, described[1]![i]])),
      rows: (await connection.runAndReadAll(from)).getRowObjectsJson()
    };
  });
}

/** The same entry pulled both ways, in every format. */
async function both(key: string, sql: string) {
  const folders: Record<Engine, string> = {local: join(into, "local"), platform: join(into, "platform")};
  const files = ["parquet", "json", "csv", "arrow"].map((format) => `${key}.${format}`);
  const warnings: Partial<Record<Engine, string[]>> = {};
  for (const engine of ["local", "platform"] as const)
    warnings[engine] = await pulling(key, sql, {engine, files, into: folders[engine]});
  return {folders, warnings: warnings as Record<Engine, string[]>};
}

describe("the same rows as here", () => {
  it("of every column of a dataset, and what is computed of it, in every format", async () => {
    const {folders, warnings} = await both(
      "rows",
      `SELECT *, sold * 2 AS twice, price / 3 AS third, price::DECIMAL(9, 2) AS rounded, sold > 4 AS many, day::DATE AS date,
         date_trunc('month', day) AS month, day::VARCHAR AS text, max(day) OVER () - day AS ago, strftime("at", '%H:%M') AS clock,
         sum(sold) OVER (PARTITION BY store) AS of_store, CASE WHEN store = 'North' THEN '' END AS empty,
         'NaN'::DOUBLE AS nan, NULL AS nothing
       FROM dataset ORDER BY "at" DESC`
    );
    expect(warnings.platform).toEqual(warnings.local);
    for (const format of ["json", "csv", "arrow"]) {
      const [here, there] = await Promise.all(
        (["local", "platform"] as const).map((engine) => readFile(join(folders[engine], `rows.${format}`)))
      );
      expect(there!.equals(here!), format).toBe(true);
    }
    const local = await parquet(join(folders.local, "rows.parquet"));
    expect(local.rows).toHaveLength(4);
    expect(await parquet(join(folders.platform, "rows.parquet"))).toEqual(local);
  });

  it("of all types, but for those that CSV loses, which are told by name", async () => {
    const columns = typeTable.map(({sql}, i) => ({name: `c${i}`, sql}));
    const select = columns.map(({name, sql}) => `${sql} AS ${name}`).join(", ");
    const {folders, warnings} = await both("types", `SELECT ${select} FROM dataset LIMIT 2`);
    const lost = columns.filter(({name}) =>
      warnings.platform.some((text) => text.includes(`column "${name}" is kept as text, since`))
    );
    // What is made of several values, and bytes.
    expect(lost.map(({sql}) => sql)).toEqual(
      columns.map(({sql}) => sql).filter((sql) => /^\[|^\{[^}]*\}$|^MAP|^array_value|^union_value|BLOB/.test(sql))
    );
    const [local, there] = await Promise.all(
      (["local", "platform"] as const).map((engine) => parquet(join(folders[engine], "types.parquet")))
    );
    const kept = columns.filter((column) => !lost.includes(column));
    expect(kept.length).toBeGreaterThan(30);
    for (const {name, sql} of kept) {
      expect(there!.types[name], sql).toBe(local!.types[name]);
      expect(there!.rows.map((row) => row[name]), sql).toEqual(local!.rows.map((row) => row[name]));
    }
    for (const {name} of lost) expect(there!.types[name]).toBe("VARCHAR");
  });

  it("of none", async () => {
    const {folders} = await both("none", "SELECT store, sold, day FROM dataset WHERE false");
    expect(await parquet(join(folders.platform, "none.parquet"))).toEqual(
      await parquet(join(folders.local, "none.parquet"))
    );
  });
});
