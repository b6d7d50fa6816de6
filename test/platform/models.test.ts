// Models and their versions.
import {describe, expect, it} from "vitest";
import type {SeedApp} from "../../lib/platform/index.js";
import {platform, type Json} from "./support.js";

const version = (name: string, seconds: number, average_test: number) => ({
  version: name,
  hyperparameters: {C: 1, class_weight: null, penalty: "l2"},
  metrics: {feature_importance: {}, performance: {accuracy: {average_test, average_train: 0.97}}},
  createdAt: new Date(seconds * 1000)
});

const seed: SeedApp[] = [
  {
    name: "Iris",
    description: "",
    datasets: [],
    models: [
      {
        name: "iris_demo",
        modelType: "Linear",
        subModelType: "Base",
        description: "example",
        versions: [version("Demo", 1661814764, 0.96), version("Better", 1690303863, 0.98)]
      }
    ]
  }
];

async function withModel() {
  const started = await platform({seed});
  const project = (await started.owner.get("get-project", {name: "Iris"})).project as {project_id: string};
  const {model} = await started.owner.get("get-model", {project_id: project.project_id, name: "iris_demo"});
  return {
    ...started,
    project_id: project.project_id,
    model: model as Record<"model_id" | "latest_version_id", string>
  };
}

describe("models", () => {
  it("have versions, of which the newest is the latest", async () => {
    const {owner, project_id, model} = await withModel();
    const {versions} = await owner.get("get-model-versions", {project_id, model_id: model.model_id});
    expect(versions).toEqual([
      {
        version_id: expect.stringMatching(/^\w{27}$/) as string,
        model_id: model.model_id,
        version: "Demo",
        hyperparameters: {C: 1, class_weight: null, penalty: "l2"},
        metrics: {feature_importance: {}, performance: {accuracy: {average_test: 0.96, average_train: 0.97}}},
        created_at: "1661814764",
        modified_at: "1661814764"
      },
      expect.objectContaining({version: "Better", created_at: "1690303863"}) as unknown
    ]);
    const latest = (versions as Record<"version_id", string>[])[1]!;
    expect(model).toMatchObject({
      latest_version_id: latest.version_id,
      model_type: "Linear",
      sub_model_type: "Base",
      description: "example",
      directory: {directory_id: "", name: "", parent_id: "", project_id: "", size: "0", type: "MODEL"}
    });
    const one = await owner.get("get-model-version", {project_id, version_id: latest.version_id});
    expect(one).toEqual({model_version: latest});
  });

  it("are made, found, edited, moved and deleted", async () => {
    const {owner, project_id} = await withModel();
    const model = {
      project_id,
      name: "Temperature",
      directory: {},
      model_type: "Ai Cast",
      sub_model_type: "Base",
      description: "Daily"
    };
    const model_id = await owner.create("create-model", {model});
    expect(await owner.get("get-model-versions", {project_id, model_id})).toEqual({versions: []});
    const directory_id = await owner.create("create-model-directory", {
      directory: {name: "Old", project_id, parent_id: ""}
    });
    const directory = {directory_id, type: "MODEL", name: "Old"};
    await owner.post("edit-model", {model: {project_id, model_id, name: "Heat"}});
    await owner.post("edit-model", {model: {project_id, model_id, description: "Weekly"}});
    await owner.post("edit-model", {model: {project_id, model_id, directory}});
    expect((await owner.get("get-model", {project_id, name: "Heat"})).model).toMatchObject({
      model_id,
      description: "Weekly",
      latest_version_id: "",
      directory: {directory_id}
    });
    const list = async (call: string, query: Json) =>
      ((await owner.get(call, {project_id, ...query})).models as Json[]).map(({name}) => name as string);
    expect(await list("get-models-for-project", {fetch_all: "True"})).toEqual(["iris_demo", "Heat"]);
    expect(await list("get-models-for-project", {fetch_all: "False", directory_id})).toEqual(["Heat"]);
    expect(await list("/search/search-models-for-project", {query: "IRIS"})).toEqual(["iris_demo"]);
    expect(await owner.post("delete-model", {model: {project_id, model_id}})).toEqual({model_id});
    expect(await owner.refusal("GET", "get-model", {project_id, model_id})).toEqual([
      404,
      "Model was not found"
    ]);
  });

  it("take their versions with them", async () => {
    const {owner, project_id, model} = await withModel();
    const {model_id, latest_version_id} = model;
    await owner.post("delete-model", {model: {project_id, model_id}});
    expect(
      await owner.refusal("GET", "get-model-version", {project_id, version_id: latest_version_id})
    ).toEqual([404, "Model version was not found"]);
  });

  it("must be of a type that there is", async () => {
    const {owner, project_id} = await withModel();
    const create = (model_type: string, sub_model_type: string) =>
      owner.ask("POST", "/component/create-model", {
        model: {project_id, name: "M", directory: {}, model_type, sub_model_type, description: ""}
      });
    expect(await create("Crystal Ball", "Base")).toMatchObject({
      status: 400,
      body: {message: 'model.model_type: there is no model type "Crystal Ball"'}
    });
    expect(await create("Ai Cast", "Deep")).toMatchObject({
      status: 400,
      body: {message: 'model.sub_model_type: the model type "Ai Cast" has no "Deep"; it has Base'}
    });
    expect((await create("ai_cast", "BASE")).status).toBe(200);
  });
});

describe("specs", () => {
  it("tell which facets and models there are", async () => {
    const {owner} = await platform();
    const facets = await owner.get("get-facet-specs");
    expect(Object.keys(facets)).toEqual(["INPUT", "MID", "OUTPUT"]);
    const models = await owner.get("get-model-specs");
    expect(Object.values(models).map((spec) => (spec as Json).name as string)).toContain("Ai Cast");
  });
});
