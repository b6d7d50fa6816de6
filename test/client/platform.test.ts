// The client against the local platform, over real HTTP.
import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import {
  AmbiguousNameError,
  AuthenticationError,
  DownloadError,
  Ikigai,
  NotFoundError,
  type App,
  type ColumnType
} from "../../lib/client/index.js";
import {startPlatform, type RunningPlatform, type SeedApp} from "../../lib/platform/index.js";

const sales =
  "id,day,store,note,price\n" +
  '9007199254740993,2024-01-02,North,"a ""b"", c\nd",1.25\n' +
  "2,2024-02-29,South,,\n" +
  "3,2024-03-01,North,é,2\n";

const type = (data_type: "NUMERIC" | "TIME" | "CATEGORICAL" | "TEXT") => ({data_type, data_formats: {}});
const demand: SeedApp = {
  name: "Demand",
  description: "What sells",
  directories: [
    {type: "DATASET", name: "In"},
    {type: "DATASET", name: "Old", parent: "In"}
  ],
  datasets: [
    {
      name: "Sales",
      csv: sales,
      dataTypes: {
        id: type("NUMERIC"),
        day: type("TIME"),
        store: type("CATEGORICAL"),
        note: type("TEXT"),
        price: type("NUMERIC")
      }
    },
    {name: "Mixed", directory: "In", csv: "n\n1\nmany\n", dataTypes: {n: type("NUMERIC")}},
    {name: "Twin", directory: "In", csv: "a\n1\n"},
    {name: "Twin", directory: "Old", csv: "a\n2\n"}
  ],
  models: [
    {
      name: "aiCast",
      modelType: "Ai Cast",
      subModelType: "Base",
      description: "A forecast",
      versions: [
        {
          version: "first",
          hyperparameters: {time_budget: 100},
          metrics: {performance: {mape: 0.2}},
          createdAt: new Date(1e12)
        },
        {version: "second", hyperparameters: {}, metrics: {}, createdAt: new Date(2e12)}
      ]
    }
  ],
  flows: [
    {
      name: "Nightly",
      definition: {
        facets: [
          {facet_id: "0", facet_uid: "I_005", name: "load", arguments: {dataset_id: {dataset: "Sales"}}},
          {facet_id: "1", facet_uid: "O_005", name: "", arguments: {dataset_name: "Out"}}
        ],
        arrows: [{source: "0", destination: "1", arguments: {}}],
        arguments: {},
        variables: {out: {facet_name: "", name: "dataset_name"}},
        model_variables: {}
      }
    }
  ]
};

let folder: string;
let platform: RunningPlatform;
let ikigai: Ikigai;
let app: App;
const onWarning = vi.fn<(warning: string) => void>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  const empty = {description: "", datasets: [], models: []};
  const seed = [demand, {...empty, name: "Empty"}];
  platform = await startPlatform({data: join(folder, "state"), seed});
  ikigai = new Ikigai({...platform, onWarning});
  app = await ikigai.apps.get("Demand");
});
afterAll(async () => {
  await ikigai.close();
  await platform.close();
  await rm(folder, {recursive: true});
});

const dataset = async (name: string) => app.datasets.get(name);

describe("the platform", () => {
  it("is found at its base URL", async () => expect(await ikigai.check()).toBeUndefined());

  it("refuses a wrong key", async () => {
    const {userEmail, baseUrl} = platform;
    const stranger = new Ikigai({userEmail, baseUrl, apiKey: "wrong"});
    await expect(stranger.apps.list()).rejects.toBeInstanceOf(AuthenticationError);
  });

  it("has facets and models to choose from", async () => {
    expect(Object.keys(await ikigai.facetSpecs()).sort()).toEqual(["INPUT", "MID", "OUTPUT"]);
    expect((await ikigai.modelSpecs()).map(({name}) => name)).toContain("Ai Cast");
    expect((await ikigai.customFacets.list()).size).toBe(0);
  });
});

describe("apps", () => {
  it("are listed, found by name, by id and by a part of the name", async () => {
    expect((await ikigai.apps.list()).names().sort()).toEqual(["Demand", "Empty"]);
    expect(app).toMatchObject({name: "Demand", description: "What sells", owner: platform.userEmail});
    expect((await ikigai.apps.byId(app.appId)).name).toBe("Demand");
    expect((await ikigai.apps.search("eman")).names()).toEqual(["Demand"]);
    const seen: string[] = [];
    for await (const {name} of ikigai.apps) seen.push(name);
    expect(seen).toHaveLength(2);
  });

  it("that aren't there are named with those that are", async () => {
    const missing = ikigai.apps.get("Demnd");
    await expect(missing).rejects.toThrow('there is no app called "Demnd": there are "Demand", "Empty"');
    await expect(ikigai.apps.byId("nothing")).rejects.toBeInstanceOf(NotFoundError);
  });

  it("are described with what is in them", async () => {
    const {app: described, components} = await app.describe();
    expect(described.appId).toBe(app.appId);
    expect(components.datasets.map(({name}) => name).sort()).toEqual(["Mixed", "Sales", "Twin", "Twin"]);
    expect(components.datasetDirectories.map(({name}) => name).sort()).toEqual(["In", "Old"]);
  });
});

describe("datasets", () => {
  it("have types and sizes", async () => {
    const found = await dataset("Sales");
    expect(found.dataTypes.day).toEqual({dataType: "TIME", dataFormats: {}} satisfies ColumnType);
    expect(found.size).toBe(Buffer.byteLength(sales));
    expect(found.createdAt).toBeInstanceOf(Date);
    expect(await found.describe()).toMatchObject({datasetId: found.datasetId, name: "Sales"});
    expect((await found.log())[0]).toMatchObject({status: "SUCCESS", jobType: "UPLOAD_DATASET"});
  });

  it("of one name are told apart by directory and id", async () => {
    await expect(dataset("Twin")).rejects.toBeInstanceOf(AmbiguousNameError);
    await expect(dataset("Twin")).rejects.toThrow(/in directory "In".*in directory "Old"/);
    const twins = [...(await app.datasets.search("Twin"))];
    const downloaded = await Promise.all(
      twins.map(async ({datasetId}) => {
        const path = join(folder, `${datasetId}.csv`);
        await (await app.datasets.byId(datasetId)).download(path);
        return readFile(path, "utf8");
      })
    );
    expect(downloaded.sort()).toEqual(["a\n1\n", "a\n2\n"]);
  });

  it("lie in directories", async () => {
    const directories = await app.datasetDirectories();
    const inside = directories.get("In");
    expect((await inside.contents()).names().sort()).toEqual(["Mixed", "Twin"]);
    const [old] = [...(await inside.directories())];
    expect(old).toMatchObject({name: "Old", type: "DATASET", parentId: inside.directoryId});
  });

  it("are downloaded byte for byte, many at a time", async () => {
    const found = await dataset("Sales");
    const paths = Array.from({length: 20}, (_, i) => join(folder, `copy-${i}.csv`));
    await Promise.all(paths.map((path) => found.download(path)));
    for (const path of paths) expect(await readFile(path, "utf8")).toBe(sales);
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("without data say so", async () => {
    const {datasetId} = await createEmpty();
    const found = await app.datasets.byId(datasetId);
    const path = join(folder, "empty.csv");
    await expect(found.download(path)).rejects.toBeInstanceOf(DownloadError);
    await expect(found.download(path)).rejects.toThrow(/"Nothing".*It has none: upload some/);
  });
});

/** A dataset that nothing was uploaded to. */
async function createEmpty(): Promise<{datasetId: string}> {
  const response = await fetch(`${platform.baseUrl}/component/create-dataset`, {
    method: "POST",
    headers: {user: platform.userEmail, "api-key": platform.apiKey, "content-type": "application/json"},
    body: JSON.stringify({dataset: {project_id: app.appId, name: "Nothing", directory: {}}})
  });
  const {dataset_id: datasetId} = (await response.json()) as {dataset_id: string};
  return {datasetId};
}

describe("a table", () => {
  it("has the platform's types, and every value", async () => {
    const table = await (await dataset("Sales")).table();
    expect(Object.fromEntries(table.schema.fields.map(({name, type}) => [name, String(type)]))).toEqual({
      id: "Int64",
      day: "Timestamp<MILLISECOND>",
      store: "Utf8",
      note: "Utf8",
      price: "Float64"
    });
    const values = (name: string): unknown[] => [...(table.getChild(name) ?? [])];
    expect(values("id")).toEqual([9007199254740993n, 2n, 3n]);
    expect(values("day")).toEqual(["2024-01-02", "2024-02-29", "2024-03-01"].map((day) => Date.parse(day)));
    expect(values("store")).toEqual(["North", "South", "North"]);
    expect(values("note")).toEqual(['a "b", c\nd', null, "é"]);
    expect(values("price")).toEqual([1.25, null, 2]);
  });

  it("keeps a column as text that isn't what the platform says, and warns", async () => {
    onWarning.mockClear();
    const table = await (await dataset("Mixed")).table();
    expect([...table.getChild("n")!]).toEqual(["1", "many"]);
    expect(onWarning.mock.calls).toEqual([
      [`dataset "Mixed": column "n" is kept as text, not NUMERIC: "many" can't be read as a number`]
    ]);
  });
});

describe("models", () => {
  it("have versions with what they were trained with and how well they did", async () => {
    const model = await app.models.get("aiCast");
    expect(model).toMatchObject({modelType: "Ai Cast", subModelType: "Base", description: "A forecast"});
    const versions = await model.versions();
    expect(versions.names().sort()).toEqual(["first", "second"]);
    const first = versions.get("first");
    expect(first).toMatchObject({
      version: "first",
      hyperparameters: {time_budget: 100},
      metrics: {performance: {mape: 0.2}},
      createdAt: new Date(1e12)
    });
    expect(await first.describe()).toMatchObject({versionId: first.versionId});
    expect((await model.describe()).latestVersionId).toBe(versions.get("second").versionId);
  });
});

describe("flows", () => {
  it("have a definition, a status and a log", async () => {
    const flow = await app.flows.get("Nightly");
    expect(flow.schedule).toBeUndefined();
    expect(flow.definition?.facets.map(({facetUid}) => facetUid)).toEqual(["I_005", "O_005"]);
    expect(flow.definition?.facets[0]?.arguments.dataset_id).toBe((await dataset("Sales")).datasetId);
    expect(await flow.status()).toMatchObject({status: "IDLE"});
    expect(await flow.runLogs({maxCount: 3, since: new Date(0)})).toEqual([]);
    expect((await flow.describe()).flowId).toBe(flow.flowId);
  });
});
