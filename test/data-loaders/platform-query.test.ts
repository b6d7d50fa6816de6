// An entry's sql that runs on the platform: the same rows as here, one run for each change, and nobody else's flows touched.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {pull, type PullOptions} from "../../data-loaders/index.js";
import {fileRequest, type FileRequestOf} from "../../data-loaders/file-request.js";
import {lookup} from "../../data-loaders/lookup.js";
import {platformQueryInput, runOnPlatform, runsOnPlatform} from "../../data-loaders/platform-query.js";
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
    const types: Record<string, unknown> = Object.fromEntries(
      described[0]!.map((name, i) => [String(name), described[1]![i]])
    );
    return {
      types,
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
      `SELECT *, sold * 2 AS twice, price / 3 AS third, least(price, 1e6)::DECIMAL(9, 2) AS rounded, sold > 4 AS many, day::DATE AS date,
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
      columns
        .map(({sql}) => sql)
        .filter((sql) => /^\[|^\{[^}]*\}$|^MAP|^array_value|^union_value|BLOB/.test(sql))
    );
    const [local, there] = await Promise.all(
      (["local", "platform"] as const).map((engine) => parquet(join(folders[engine], "types.parquet")))
    );
    const kept = columns.filter((column) => !lost.includes(column));
    expect(kept.length).toBeGreaterThan(30);
    for (const {name, sql} of kept) {
      expect(there!.types[name], sql).toBe(local!.types[name]);
      expect(
        there!.rows.map((row) => row[name]),
        sql
      ).toEqual(local!.rows.map((row) => row[name]));
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

describe("a flow", () => {
  const byStore = "SELECT store, sum(sold) AS sold FROM dataset GROUP BY ALL ORDER BY ALL";

  it("is made once, and run when the sql or the dataset changed", async () => {
    const odd = "SELECT b, a FROM dataset ORDER BY a";
    await pulling("changes", odd, {dataset: "Odd"});
    expect(await json("changes.json")).toEqual([
      {b: "x", a: 1},
      {b: "y", a: 2}
    ]);
    expect(runs()).toBe(1);
    const {flowId, highVolumePreference} = await flowOf("changes");
    expect(highVolumePreference).toBe(true);

    await pulling("changes", odd, {dataset: "Odd"});
    expect(runs()).toBe(1);

    await pulling("changes", `${odd} DESC`, {dataset: "Odd"});
    expect(runs()).toBe(2);
    expect((await json("changes.json"))[0]).toEqual({b: "y", a: 2});

    await (await app.datasets.get("Odd")).editData({rows: [{a: 7, b: "new"}]});
    await pulling("changes", `${odd} DESC`, {dataset: "Odd"});
    expect(runs()).toBe(3);
    expect(await json("changes.json")).toEqual([{b: "new", a: 7}]);
    expect((await flowOf("changes")).flowId).toBe(flowId);
  });

  it("that somebody changed by hand is set right", async () => {
    await pulling("by-hand", byStore);
    const flow = await flowOf("by-hand");
    const {facets, ...rest} = flow.definition!;
    const changed = facets.map((facet) =>
      facet.name === "sql" ? {...facet, arguments: {query: "SELECT 1 AS one FROM dataset"}} : facet
    );
    await flow.updateDefinition({...rest, facets: changed});
    await flow.run();
    await pulling("by-hand", byStore);
    expect(await json("by-hand.json")).toEqual([
      {store: "North", sold: 8},
      {store: "South", sold: 12345678901}
    ]);
  });

  it("whose result somebody deleted is run again", async () => {
    await pulling("deleted", byStore);
    await (await app.datasets.get((await flowOf("deleted")).name)).delete();
    await pulling("deleted", byStore);
    expect(runs()).toBe(2);
    expect(await json("deleted.json")).toHaveLength(2);
  });

  it("is run once by two who need it at once", async () => {
    const others = [new Ikigai(platform), new Ikigai(platform), new Ikigai(platform)];
    const folders = others.map((_, i) => join(into, String(i)));
    await Promise.all(others.map((client, i) => pulling("at-once", byStore, {client, into: folders[i]})));
    for (const from of folders) expect(await json("at-once.json", from)).toHaveLength(2);
    const logs = await (await flowOf("at-once")).runLogs({maxCount: 10});
    expect(logs.map(({status}) => status)).toEqual(["SUCCESS"]);
    await Promise.all(others.map((other) => other.close()));
  });

  it("that a pull stopped waiting for is waited for by the next one", async () => {
    const stopping = new AbortController();
    const first = pulling("stopped", byStore, {
      signal: stopping.signal,
      onProgress: ({step}) => step === "run" && stopping.abort(new Error("enough"))
    });
    await expect(first).rejects.toThrow("enough");
    await pulling("stopped", byStore);
    expect(runs()).toBe(1);
    expect(await json("stopped.json")).toHaveLength(2);
  });

  it("is a project's own, and an account's", async () => {
    await pulling("mine", byStore);
    const before = new Set([...(await app.flows.list()).ids()]);
    await pulling("mine", "SELECT 1 AS one FROM dataset LIMIT 1", {project: "another"});
    await pulling("mine", byStore);
    expect(runs()).toBe(2);
    expect([...(await app.flows.list()).ids()].filter((id) => !before.has(id))).toHaveLength(1);
  });
});

describe("what fails", () => {
  it("in the flow is told with the entry, the flow and the platform's message; the next pull tries again", async () => {
    const sql = "SELECT error('no ' || store) AS store FROM dataset";
    await expect(pulling("fails", sql)).rejects.toThrow(
      /^datasets\.fails: its flow on the platform, "ikigai-kit: fails \(\w+\)", failed in its facet "sql": .*no North/s
    );
    await expect(pulling("fails", sql)).rejects.toThrow(/failed in its facet "sql"/);
    expect(runs()).toBe(2);
  });

  it("because somebody stopped the run is told as that", async () => {
    let stopping: Promise<number> | undefined;
    const stop = async () => {
      const {appId: project_id, flowId: pipeline_id} = await flowOf("cancelled");
      const response = await fetch(`${platform.baseUrl}/component/stop-pipeline`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          user: platform.userEmail,
          "api-key": platform.apiKey
        },
        body: JSON.stringify({pipeline: {project_id, pipeline_id}})
      });
      return response.status;
    };
    const pulled = pulling("cancelled", "SELECT 1 AS one FROM dataset", {
      onProgress: ({step}) => {
        if (step === "run") stopping ??= stop();
      }
    });
    await expect(pulled).rejects.toThrow(
      /^datasets\.cancelled: its flow .* was stopped before its end: pull again/
    );
    expect(await stopping).toBe(200);
    await pulling("cancelled", "SELECT 1 AS one FROM dataset");
    expect(await json("cancelled.json")).toHaveLength(4);
  });

  it("before anything is made, when it isn't SQL", async () => {
    await expect(pulling("wrong", "SELECT sectr FROM dataset")).rejects.toThrow(
      /^datasets\.wrong: DuckDB can't run this sql\. .*"sectr" not found/s
    );
    await expect(pulling("wrong", "DROP TABLE dataset")).rejects.toThrow(/should be a SELECT/);
    expect(runs()).toBe(0);
    expect(await flowOf("wrong")).toBeUndefined();
  });

  it.each(["flow", "dataset"] as const)(
    "a %s of its name that isn't the kit's is left as it is",
    async (kind) => {
      const key = `foreign-${kind}`;
      await pulling(key, "SELECT 1 AS one FROM dataset");
      const flow = await flowOf(key);
      const {name} = flow;
      await flow.delete();
      if (kind === "flow") {
        await (await app.datasets.get(name)).delete();
        await app.flow.new(name).build();
      }
      calls.length = 0;
      await expect(pulling(key, "SELECT 2 AS two FROM dataset")).rejects.toThrow(
        `has a ${kind} called "${name}" that isn't this kit's, so it is left as it is. Rename or delete`
      );
      expect(calls.filter((line) => /run-|edit-|create-|delete-/.test(line))).toEqual([]);
    },
    60_000
  );
});

/** The request of an entry's file. */
function requestOf(key: string, sql: string, dataset = "Sales") {
  const config = configOf(key, sql, "platform", dataset);
  const request = fileRequest(`${key}.json`, config) as FileRequestOf<"dataset">;
  if (!runsOnPlatform(request)) throw new Error("it doesn't run there");
  return request;
}

it("a result that was replaced while it was downloaded isn't taken for the wanted one", async () => {
  const request = requestOf("replaced", "SELECT 1 AS one FROM dataset LIMIT 1");
  const {dataset, confirm} = await runOnPlatform(request, {client, find: lookup(client), folder});
  await confirm();
  await (await app.datasets.byId(dataset.datasetId)).editData({rows: [{one: 1000}]});
  await expect(confirm()).rejects.toThrow(/was replaced while it was downloaded\. Pull again/);
});

it("says what the result depends on without running anything", async () => {
  const input = (sql: string) => platformQueryInput(requestOf("x", sql, "Odd"), {find: lookup(client)});
  const before = await input("FROM dataset");
  expect(await input("FROM dataset")).toBe(before);
  expect(await input("SELECT a FROM dataset")).not.toBe(before);
  await (await app.datasets.get("Odd")).editData({rows: [{a: 100, b: "longer"}]});
  expect(await input("FROM dataset")).not.toBe(before);
  expect(runs()).toBe(0);
});
