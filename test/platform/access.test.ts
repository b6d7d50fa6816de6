// Access levels that really forbid.
import {describe, expect, it} from "vitest";
import {callerOf, platform, type Json} from "./support.js";

const definition = {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}};

async function shared() {
  const started = await platform({runFlow: async () => ({datasets: [], modelVersions: [], notes: []})});
  const {owner, platform: running} = started;
  const project_id = await owner.createApp();
  const dataset_id = await owner.createDataset(project_id);
  const pipeline_id = await owner.create("create-pipeline", {
    pipeline: {
      project_id,
      name: "F",
      directory: {},
      high_volume_preference: false,
      definition,
      schedule: null
    }
  });
  const model_id = await owner.create("create-model", {
    model: {
      project_id,
      name: "M",
      directory: {},
      model_type: "Linear",
      sub_model_type: "Lasso",
      description: ""
    }
  });
  const bob = callerOf(running, await running.addUser("bob@example.com"));
  const project = {project_id};
  const user = {email: "Bob@Example.com"};
  const grant = (project_access_level: string, call = "share-project") =>
    owner.post(call, {project, user: {...user, project_access_level}});
  return {...started, bob, project, user, grant, project_id, dataset_id, pipeline_id, model_id};
}

type Ids = Record<"project_id" | "dataset_id" | "pipeline_id" | "model_id", string>;

const reads = ({project_id, dataset_id, pipeline_id, model_id}: Ids): [string, Json][] => [
  ["get-project", {project_id}],
  ["get-components-for-project", {project_id}],
  ["get-dataset", {project_id, dataset_id}],
  ["get-datasets-for-project", {project_id, fetch_all: "True"}],
  ["get-dataset-download-url", {project_id, dataset_id}],
  ["get-dataset-log", {project_id, dataset_id}],
  ["get-pipeline", {pipeline_id}],
  ["is-pipeline-running", {project_id, pipeline_id}],
  ["get-pipeline-log", {project_id, pipeline_id}],
  ["get-model", {project_id, model_id}],
  ["get-model-versions", {project_id, model_id}],
  ["get-dataset-directories-for-project", {project_id}],
  ["/search/search-models-for-project", {project_id, query: ""}]
];

/** What changes something, each harmless to ask for twice. */
const edits = ({project_id, dataset_id, pipeline_id, model_id}: Ids): [string, Json][] => [
  ["edit-project", {project: {project_id, description: "x"}}],
  ["create-dataset", {dataset: {project_id, name: "New", directory: {}}}],
  ["create-dataset-directory", {directory: {project_id, name: "New", parent_id: ""}}],
  ["edit-dataset", {dataset: {project_id, dataset_id, name: "Renamed"}}],
  ["edit-pipeline", {pipeline: {project_id, pipeline_id, name: "Renamed"}}],
  ["edit-model", {model: {project_id, model_id, name: "Renamed"}}],
  ["run-pipeline", {pipeline: {project_id, pipeline_id}}]
];

describe("a stranger", () => {
  it("is told that nothing exists", async () => {
    const {bob, ...ids} = await shared();
    for (const [call, query] of reads(ids))
      expect([call, (await bob.refusal("GET", call, query))[0]]).toEqual([call, 404]);
    for (const [call, body] of edits(ids))
      expect([call, (await bob.refusal("POST", call, body))[0]]).toEqual([call, 404]);
    expect((await bob.get("get-projects-for-user", {fetch_all: "True"})).projects).toEqual([]);
    expect((await bob.get("/search/search-projects-for-user", {query: ""})).projects).toEqual([]);
  });
});

describe("a VIEWER", () => {
  it("sees everything and changes nothing", async () => {
    const {bob, grant, project, ...ids} = await shared();
    await grant("VIEWER");
    for (const [call, query] of reads(ids)) expect(await bob.get(call, query)).toBeDefined();
    for (const [call, body] of [
      ...edits(ids),
      ["delete-dataset", {dataset: ids}],
      ["delete-project", {project}],
      ["share-project", {project, user: {email: "eve@example.com", project_access_level: "OWNER"}}]
    ] as [string, Json][]) {
      expect([call, (await bob.refusal("POST", call, body))[0]]).toEqual([call, 403]);
    }
    expect(await bob.refusal("POST", "run-pipeline", {pipeline: ids})).toEqual([
      403,
      "bob@example.com is a VIEWER of this project, and this needs a BUILDER"
    ]);
    const upload = {...ids, filename: "a.csv", file_size: 1};
    expect((await bob.refusal("GET", "get-dataset-multipart-upload-urls", upload))[0]).toBe(403);
  });
});

describe("a BUILDER", () => {
  it("edits and runs, but neither shares nor removes the app", async () => {
    const {bob, grant, project, owner, ...ids} = await shared();
    await grant("VIEWER");
    await grant("BUILDER", "edit-project-access-level-for-user");
    for (const [call, body] of edits(ids)) expect(await bob.post(call, body)).toBeDefined();
    const share = {project, user: {email: "eve@example.com", project_access_level: "VIEWER"}};
    expect((await bob.refusal("POST", "share-project", share))[0]).toBe(403);
    expect((await bob.refusal("POST", "delete-project", {project}))[0]).toBe(403);
    expect((await owner.get("get-components-for-project", project)).project_components).toMatchObject({
      [ids.project_id]: {users: [{}, {email: "bob@example.com", project_access_level: "BUILDER"}]}
    });
  });
});

describe("access", () => {
  it("can be given in full and taken away, but not from the owner", async () => {
    const {bob, owner, grant, project, user, platform: running} = await shared();
    await grant("OWNER");
    expect(
      await bob.post("share-project", {
        project,
        user: {email: "eve@example.com", project_access_level: "VIEWER"}
      })
    ).toEqual(project);
    const owners = {email: running.userEmail};
    expect((await bob.refusal("POST", "unshare-project", {project, user: owners}))[0]).toBe(400);
    await owner.post("unshare-project", {project, user});
    expect((await bob.refusal("GET", "get-project", project))[0]).toBe(404);
    expect(await owner.refusal("POST", "unshare-project", {project, user})).toEqual([
      400,
      "bob@example.com has no access to this project"
    ]);
    expect(
      await owner.refusal("POST", "share-project", {project, user: {...user, project_access_level: "KING"}})
    ).toEqual([400, "user.project_access_level: must be OWNER, BUILDER or VIEWER"]);
  });
});
