// What a new folder begins with.
import {readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {resetPlatform, startPlatform, type SeedApp} from "../../lib/platform/index.js";
import {callerOf, platform, temporaryFolder, type Json} from "./support.js";

const empty = {description: "", datasets: [], models: []};

describe("seeding", () => {
  it("installs apps with directories, datasets, models and flows", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "weather.csv"), "date,temperature\n2012-01-01,12.8\n2012-01-02,10\n");
    const facet = {
      facet_id: "0",
      facet_uid: "I_005",
      name: "",
      arguments: {dataset_id: {dataset: "History"}}
    };
    const {owner} = await platform({
      seed: [
        {
          name: "Seattle",
          description: "Daily weather",
          directories: [
            {type: "DATASET", name: "2012", parent: "[INPUT]"},
            {type: "MODEL", name: "Old"}
          ],
          datasets: [
            {name: "History", directory: "[INPUT]", csv: {path: join(folder, "weather.csv")}},
            {
              name: "Broken on purpose",
              csv: 'a,b\n1,"2\n',
              dataTypes: {
                a: {data_type: "NUMERIC", data_formats: {}},
                b: {data_type: "TEXT", data_formats: {}}
              }
            },
            {name: "Half typed", csv: "a,b\n1,2\n", dataTypes: {b: {data_type: "TEXT", data_formats: {}}}},
            {name: "Empty", csv: "", dataTypes: {}}
          ],
          models: [],
          flows: [
            {
              name: "Forecast",
              definition: {facets: [facet], arrows: [], arguments: {}, variables: {}, model_variables: {}},
              highVolume: true
            }
          ]
        }
      ]
    });
    const {project_id} = (await owner.get("get-project", {name: "Seattle"})).project as {project_id: string};
    const {datasets} = await owner.get("get-datasets-for-project", {project_id, fetch_all: "True"});
    const [history, broken, half, none] = datasets as Json[];
    expect(history).toMatchObject({
      filename: "History.csv",
      size: 47,
      data_types: {date: {data_type: "TIME"}, temperature: {data_type: "NUMERIC", data_formats: {}}}
    });
    expect(half!.data_types).toMatchObject({a: {data_type: "NUMERIC"}, b: {data_type: "TEXT"}});
    expect(await owner.download(project_id, broken!.dataset_id as string)).toBe('a,b\n1,"2\n');
    expect(await owner.download(project_id, none!.dataset_id as string)).toBe("");
    const {directories} = await owner.get("get-dataset-directories-for-project", {project_id});
    const [outer, inner] = ["[INPUT]", "2012"].map((name) =>
      (directories as Json[]).find((one) => one.name === name)!
    );
    expect(inner!.parent_id).toBe(outer!.directory_id);
    expect((history!.directory as Json).directory_id).toBe(outer!.directory_id);
    const {pipeline} = await owner.get("get-pipeline", {project_id, name: "Forecast"});
    expect(pipeline).toMatchObject({
      high_volume_preference: true,
      definition: {facets: [{arguments: {dataset_id: history!.dataset_id as string}}]}
    });
  });

  it("happens once: later starts keep what there is", async () => {
    const data = await temporaryFolder();
    const first = await startPlatform({data, seed: async () => [{name: "First", ...empty}]});
    await first.close();
    const {owner} = await platform({data, seed: async () => Promise.reject(new Error("not again"))});
    const {projects} = await owner.get("get-projects-for-user", {fetch_all: "True"});
    expect(projects).toMatchObject([{name: "First"}]);
  });

  it("starts again when it failed half-way, leaving no bytes behind", async () => {
    const data = await temporaryFolder();
    const good: SeedApp = {name: "Good", ...empty, datasets: [{name: "D", csv: "a\n1\n"}]};
    const bad: SeedApp = {name: "Bad", ...empty, datasets: [{name: "D", csv: 'a\n"1\n'}]};
    await expect(startPlatform({data, seed: [good, bad]})).rejects.toThrow(
      /The seed's dataset "D" of the app "Bad": line 2 of the dataset.s CSV can.t be read: a quote is opened/
    );
    const {owner} = await platform({data, seed: [good]});
    const {projects} = await owner.get("get-projects-for-user", {fetch_all: "True"});
    expect(projects).toMatchObject([{name: "Good"}]);
    expect(await readdir(join(data, "objects"))).toHaveLength(1);
  });

  it("refuses a flow that names a dataset which isn't there", async () => {
    const data = await temporaryFolder();
    const facet = {facet_id: "0", facet_uid: "I_005", name: "", arguments: {dataset_id: {dataset: "Gone"}}};
    const definition = {facets: [facet], arrows: [], arguments: {}, variables: {}, model_variables: {}};
    await expect(
      startPlatform({data, seed: [{name: "A", ...empty, flows: [{name: "F", definition}]}]})
    ).rejects.toThrow('The seed\'s flow "F" names the dataset "Gone", which doesn\'t exist');
  });
});

describe("a reset", () => {
  it("forgets everything of the platform's, and nothing else", async () => {
    const data = await temporaryFolder();
    const first = await startPlatform({data, seed: [{name: "First", ...empty}]});
    await first.close();
    await writeFile(join(data, "notes.txt"), "mine");
    await resetPlatform(data);
    expect((await readdir(data)).sort()).toEqual(["lock", "notes.txt"]);
    const {owner, platform: second} = await platform({data});
    expect((await owner.get("get-projects-for-user", {fetch_all: "True"})).projects).toEqual([]);
    expect(second.apiKey).not.toBe(first.apiKey);
    expect((await callerOf(second, first).refusal("GET", "get-projects-for-user"))[0]).toBe(401);
  });

  it("does not touch a folder in use", async () => {
    const {data, owner} = await platform();
    await owner.createApp();
    await expect(resetPlatform(data)).rejects.toThrow(/is in use by another platform/);
    expect((await owner.get("get-projects-for-user", {fetch_all: "True"})).projects).toHaveLength(1);
  });
});
