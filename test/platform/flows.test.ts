// Flows: records, schedules, and runs by an engine that the tests write themselves.
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it, vi} from "vitest";
import type {RunFlow} from "../../lib/platform/index.js";
import {platform, type Caller, type Json} from "./support.js";

const definition = {
  facets: [
    {facet_id: "0", facet_uid: "I_005", name: "", arguments: {dataset_id: "x"}},
    {facet_id: "1", facet_uid: "O_005", name: "out", arguments: {dataset_name: "Output"}}
  ],
  arrows: [{source: "0", destination: "1", arguments: {}}],
  arguments: {},
  variables: {output: {facet_name: "out", name: "dataset_name"}},
  model_variables: {}
};

const createFlow = (owner: Caller, project_id: string, more: Json = {}) =>
  owner.create("create-pipeline", {
    pipeline: {
      project_id,
      name: "Re-forecast",
      directory: {},
      high_volume_preference: false,
      definition,
      schedule: null,
      ...more
    }
  });

async function withFlow(runFlow?: RunFlow, more: Json = {}) {
  const started = await platform(runFlow && {runFlow});
  const project_id = await started.owner.createApp();
  const pipeline_id = await createFlow(started.owner, project_id, more);
  const ids = {project_id, pipeline_id};
  const {owner} = started;
  return {
    ...started,
    project_id,
    ids,
    run: (variables: Json = {}) => owner.post("run-pipeline", {pipeline: ids, variables}),
    status: async () =>
      (await owner.get("is-pipeline-running", ids)) as {status: boolean; progress: Record<string, unknown>},
    logs: async (limit = 1) => (await owner.get("get-pipeline-log", {...ids, limit})).pipeline_log as Json[],
    flow: async () => (await owner.get("get-pipeline", {pipeline_id})).pipeline as Json
  };
}

const until = async (isDone: () => Promise<boolean>) => {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 25));
};

describe("flow records", () => {
  it("come back whole, with a blank schedule where there is none", async () => {
    const {flow, ids} = await withFlow();
    expect(await flow()).toEqual({
      ...ids,
      name: "Re-forecast",
      directory: {directory_id: "", name: "", type: "PIPELINE", project_id: "", parent_id: "", size: "0"},
      definition,
      trigger_downstream_pipelines: false,
      high_volume_preference: false,
      agent_access: false,
      schedule: {name: "", start_time: "", end_time: "", cron: ""},
      last_run: {},
      next_run: {},
      created_at: expect.stringMatching(/^\d{10}$/) as string,
      modified_at: expect.stringMatching(/^\d{10}$/) as string
    });
  });

  it("are listed, searched, edited, moved and deleted", async () => {
    const {owner, project_id, ids, flow} = await withFlow();
    const directory_id = await owner.create("create-pipeline-directory", {
      directory: {name: "Daily", project_id, parent_id: ""}
    });
    const edit = (changes: Json) => owner.post("edit-pipeline", {pipeline: {...ids, ...changes}});
    await edit({name: "Nightly"});
    await edit({directory: {directory_id, type: "PIPELINE", name: "Daily"}});
    await edit({high_volume_preference: true, agent_access: true});
    await edit({definition: {...definition, arrows: []}});
    expect(await flow()).toMatchObject({
      name: "Nightly",
      directory: {directory_id},
      high_volume_preference: true,
      agent_access: true,
      definition: {arrows: [], facets: definition.facets}
    });
    const count = async (call: string, query: Json) =>
      ((await owner.get(call, {project_id, ...query})).pipelines as Json[]).length;
    expect(await count("get-pipelines-for-project", {fetch_all: "True"})).toBe(1);
    expect(await count("get-pipelines-for-project", {fetch_all: "False", directory_id})).toBe(1);
    expect(await count("get-pipelines-for-project", {fetch_all: "False", directory_id: ""})).toBe(0);
    expect(await count("/search/search-pipelines-for-project", {query: "night"})).toBe(1);
    expect((await owner.get("get-pipeline", {project_id, name: "Nightly"})).pipeline).toMatchObject(ids);
    await owner.post("delete-pipeline", {pipeline: ids});
    expect(await owner.refusal("GET", "get-pipeline", {pipeline_id: ids.pipeline_id})).toEqual([
      404,
      "Pipeline was not found"
    ]);
  });
});

describe("schedules", () => {
  const schedule = {name: "Nightly", start_time: "1700000000", end_time: "", cron: "30 6 * * 1-5"};

  it("are set with the flow, kept by other edits, and replaced", async () => {
    const {owner, ids, flow} = await withFlow(undefined, {schedule});
    await owner.post("edit-pipeline", {pipeline: {...ids, name: "Other"}});
    expect((await flow()).schedule).toEqual(schedule);
    const later = {...schedule, end_time: "9999999999", cron: "0 7 * * *"};
    await owner.post("edit-pipeline", {pipeline: {...ids, schedule: later}});
    expect((await flow()).schedule).toEqual(later);
  });

  it("are removed by one that has ended, which is dropped within 90 s", async () => {
    const {owner, ids, flow} = await withFlow(undefined, {schedule});
    const removal = {name: "-", cron: "0 0 0 0 0", start_time: "1", end_time: "1"};
    vi.useFakeTimers({toFake: ["Date"], now: Math.ceil(Date.now() / 60_000) * 60_000});
    try {
      await owner.post("edit-pipeline", {pipeline: {...ids, schedule: removal}});
      expect((await flow()).schedule).toEqual(removal);
      vi.setSystemTime(Date.now() + 60_000);
      expect((await flow()).schedule).toEqual({name: "", start_time: "", end_time: "", cron: ""});
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ["* * * * *", "must begin with a minute, an integer between 0 and 59"],
    ["60 * * * *", "must begin with a minute, an integer between 0 and 59"],
    ["*/5 * * * *", "must begin with a minute, an integer between 0 and 59"],
    ["0 6 * *", "must have five fields: minute hour day month day_of_week"]
  ])("refuse the cron %s", async (cron, message) => {
    const {owner, ids} = await withFlow();
    expect(
      await owner.refusal("POST", "edit-pipeline", {pipeline: {...ids, schedule: {...schedule, cron}}})
    ).toEqual([400, `pipeline.schedule.cron: ${message}`]);
  });
});

describe("runs", () => {
  it("go from SCHEDULED through RUNNING to a log younger than the start", async () => {
    let finish = () => undefined as void;
    const seen: unknown[] = [];
    const {
      run,
      status,
      logs,
      platform: running
    } = await withFlow(async ({definition, variables, onProgress}) => {
      seen.push(definition, variables);
      onProgress({facetId: "1", step: 2, steps: 2, fraction: 0.429, title: "EXPORTED 'out'"});
      await new Promise<void>((resolve) => (finish = resolve));
      return {datasets: [], modelVersions: [], notes: ["One row was left out"]};
    });
    await run({output: {value: "Elsewhere"}});
    const started = Date.now() / 1000;
    expect(await status()).toEqual({status: true, progress: {status: "SCHEDULED", progress: 0, message: ""}});
    await until(async () => (await status()).progress.status === "RUNNING");
    expect(await status()).toEqual({
      status: true,
      progress: {status: "RUNNING", progress: 42, message: "EXPORTED 'out'"}
    });
    expect(seen).toEqual([definition, {output: "Elsewhere"}]);
    expect(await logs()).toEqual([]);
    finish();
    await until(async () => !(await status()).status);
    const [log] = await logs();
    expect(log).toEqual({
      log_id: expect.stringMatching(/^\w{27}$/) as string,
      status: "SUCCESS",
      user: running.userEmail,
      erroneous_facet_id: "",
      message: "One row was left out",
      timestamp: expect.stringMatching(/^\d{10}$/) as string
    });
    expect(Number(log!.timestamp)).toBeGreaterThan(started);
  });

  it("make datasets and model versions, and replace those of the same name", async () => {
    let rows = "a,b\n1,x\n";
    const runFlow: RunFlow = async ({folder, model}) => {
      const path = join(folder, "out.csv");
      await writeFile(path, rows);
      const known = await model("Lasso");
      const state = {runs: ((known!.versions[0]?.state?.runs as number | undefined) ?? 0) + 1};
      return {
        datasets: [
          {
            facetId: "1",
            rows: 1,
            name: "Output",
            path,
            dataTypes: {a: {data_type: "NUMERIC", data_formats: {}}}
          }
        ],
        modelVersions: [
          {
            facetId: "1",
            modelName: "Lasso",
            version: "v1",
            hyperparameters: {alpha: 0.1},
            metrics: {runs: state.runs},
            state
          }
        ],
        notes: []
      };
    };
    const {owner, project_id, run, status} = await withFlow(runFlow, {high_volume_preference: true});
    const model = {project_id, name: "Lasso", directory: {}, model_type: "Linear", sub_model_type: "Lasso"};
    const model_id = await owner.create("create-model", {model});
    const dataset = async () =>
      (await owner.get("get-dataset", {project_id, name: "Output"})).dataset as Json;

    await run();
    await until(async () => !(await status()).status);
    const first = await dataset();
    expect(first).toMatchObject({
      filename: "Output.csv",
      size: 8,
      is_optimized: true,
      data_types: {a: {data_type: "NUMERIC"}}
    });
    rows += "2,y\n";
    await run();
    await until(async () => !(await status()).status);
    const second = await dataset();
    expect(second).toMatchObject({dataset_id: first.dataset_id as string, size: 12});
    const {versions} = await owner.get("get-model-versions", {project_id, model_id});
    expect(versions).toMatchObject([{version: "v1", metrics: {runs: 2}}]);
    expect(JSON.stringify(versions)).not.toContain("learned");

    // What a high-volume flow wrote is prepared first.
    const ask = () =>
      owner.get("get-dataset-download-url", {project_id, dataset_id: second.dataset_id as string});
    expect(await ask()).toEqual({status: "IN_PROGRESS"});
    await until(async () => (await ask()).status === "SUCCESS");
    expect(await (await fetch((await ask()).url as string)).text()).toBe(rows);
  });

  it("lend the engine datasets of the flow's own app, whatever happens to them meanwhile", async () => {
    const read: unknown[] = [];
    const {owner, project_id, run, status} = await withFlow(async ({dataset, variables}) => {
      read.push(await dataset(variables.output as string), await dataset("none"));
      return {datasets: [], modelVersions: [], notes: []};
    });
    const other = await owner.createApp("Other");
    const [own, foreign] = [await owner.createDataset(project_id), await owner.createDataset(other)];
    await owner.upload(project_id, own, "a\n1\n");
    await owner.upload(other, foreign, "a\n1\n");
    for (const value of [own, foreign]) {
      await run({output: {value}});
      await until(async () => !(await status()).status);
    }
    expect(read).toMatchObject([
      {name: "Sales", dataTypes: {a: {data_type: "NUMERIC"}}},
      undefined,
      undefined,
      undefined
    ]);
  });

  it("fail with the facet to blame, and leave nothing behind", async () => {
    const {owner, project_id, run, status, logs} = await withFlow(async ({folder}) => {
      await writeFile(join(folder, "half.csv"), "a\n1\n");
      throw Object.assign(new Error("COUNT: there is no column 'c'"), {facetId: "1"});
    });
    await run();
    await until(async () => !(await status()).status);
    expect(await logs()).toMatchObject([
      {status: "FAILED", erroneous_facet_id: "1", message: "COUNT: there is no column 'c'"}
    ]);
    expect((await owner.get("get-datasets-for-project", {project_id, fetch_all: "True"})).datasets).toEqual(
      []
    );
  });

  it("are one at a time a flow, and can be stopped", async () => {
    let breakOff = () => {};
    const {owner, ids, run, status, logs} = await withFlow(
      ({signal}) =>
        new Promise((_, reject) => {
          breakOff = () => reject(signal.reason as Error);
        })
    );
    await run();
    expect(await owner.refusal("POST", "run-pipeline", {pipeline: ids})).toEqual([
      409,
      "The pipeline is already running"
    ]);
    await until(async () => (await status()).progress.status === "RUNNING");
    await owner.post("stop-pipeline", {pipeline: ids});
    expect((await status()).progress.status).toBe("STOPPING");
    breakOff();
    await until(async () => !(await status()).status);
    expect(await logs()).toMatchObject([{status: "STOPPED"}]);
    expect(await owner.refusal("POST", "stop-pipeline", {pipeline: ids})).toEqual([
      409,
      "The pipeline is not running"
    ]);
  });

  it("take only the variables that the flow has", async () => {
    const {owner, ids} = await withFlow();
    expect(
      await owner.refusal("POST", "run-pipeline", {pipeline: ids, variables: {outptu: {value: 1}}})
    ).toEqual([400, 'variables: the pipeline has no variable "outptu"; it has output']);
  });

  it("end with the flow that is deleted", async () => {
    let ended: unknown;
    const {owner, ids, run, status} = await withFlow(
      ({signal}) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject((ended = signal.reason) as Error));
        })
    );
    await run();
    await until(async () => (await status()).progress.status === "RUNNING");
    await owner.post("delete-pipeline", {pipeline: ids});
    expect(String(ended)).toContain("deleted");
  });

  it("really run: from a dataset through facets to a new dataset", async () => {
    const {owner} = await platform();
    const project_id = await owner.createApp();
    const dataset_id = await owner.createDataset(project_id);
    await owner.upload(project_id, dataset_id, "sector,employees\nMining,1\nRetail,2\nMining,3\n");
    const facets = [
      {facet_id: "0", facet_uid: "I_005", name: "", arguments: {dataset_id, file_type: "csv", header: true}},
      {
        facet_id: "1",
        facet_uid: "M_003",
        name: "",
        arguments: {target_columns: ["sector"], output_column_name: "n"}
      },
      {facet_id: "2", facet_uid: "O_005", name: "", arguments: {dataset_name: "Counted", file_type: "csv"}}
    ];
    const arrows = [
      {source: "0", destination: "1", arguments: {}},
      {source: "1", destination: "2", arguments: {}}
    ];
    const pipeline_id = await createFlow(owner, project_id, {definition: {facets, arrows}});
    const ids = {project_id, pipeline_id};
    await owner.post("run-pipeline", {pipeline: ids});
    await until(async () => !((await owner.get("is-pipeline-running", ids)).status as boolean));
    const {pipeline_log} = await owner.get("get-pipeline-log", {...ids, limit: 1});
    expect(pipeline_log).toMatchObject([{status: "SUCCESS", message: ""}]);
    const {dataset} = await owner.get("get-dataset", {project_id, name: "Counted"});
    const text = await owner.download(project_id, (dataset as {dataset_id: string}).dataset_id);
    expect(text.trim().split("\n").sort()).toEqual(["Mining,2", "Retail,1", "sector,n"]);
  });
});
