// Apps: made, found, edited, shared and removed.
import {describe, expect, it} from "vitest";
import {platform, type Json} from "./support.js";

const names = (list: Json[]) => list.map((one) => one.name as string);

describe("apps", () => {
  it("makes an app with every field in its place, blank where it has nothing", async () => {
    const {owner, platform: running} = await platform();
    const project = {name: "Demand planning", description: "Weekly", directory: {}};
    const project_id = await owner.create("create-project", {project});
    const seconds = expect.stringMatching(/^\d{10}$/) as string;
    const app = {
      project_id,
      name: "Demand planning",
      owner: running.userEmail,
      description: "Weekly",
      icon: "",
      images: [],
      directory: {directory_id: "", name: "", type: "PROJECT", project_id: "", parent_id: "", size: "0"},
      created_at: seconds,
      modified_at: seconds,
      last_used_at: seconds
    };
    expect(await owner.get("get-project", {project_id})).toEqual({project: app});
    expect(await owner.get("get-project", {name: "Demand planning"})).toEqual({project: app});
    expect(await owner.get("get-projects-for-user", {fetch_all: "True"})).toEqual({
      projects: [app],
      limit_warning: ""
    });
  });

  it("edits only what is given", async () => {
    const {owner} = await platform();
    const project_id = await owner.createApp("Before");
    const directory_id = await owner.create("create-project-directory", {
      directory: {name: "Team", parent_id: ""}
    });
    await owner.post("edit-project", {
      project: {project_id, directory: {directory_id, type: "PROJECT", name: "x"}}
    });
    await owner.post("edit-project", {project: {project_id, name: "After"}});
    await owner.post("edit-project", {project: {project_id, description: "New"}});
    expect((await owner.get("get-project", {project_id})).project).toMatchObject({
      name: "After",
      description: "New",
      directory: {directory_id}
    });
    await owner.post("edit-project", {project: {project_id, directory: {}}});
    expect((await owner.get("get-project", {project_id})).project).toMatchObject({
      directory: {directory_id: ""}
    });
  });

  it("lists what lies in a directory, as Python writes booleans", async () => {
    const {owner} = await platform();
    const directory_id = await owner.create("create-project-directory", {
      directory: {name: "Team", parent_id: ""}
    });
    const directory = {directory_id, type: "PROJECT", name: "Team"};
    await owner.post("create-project", {project: {name: "Inside", description: "", directory}});
    await owner.createApp("Outside");
    const list = async (query: Json) =>
      names((await owner.get("get-projects-for-user", query)).projects as Json[]);
    expect(await list({fetch_all: "True"})).toEqual(["Inside", "Outside"]);
    expect(await list({fetch_all: "False", directory_id})).toEqual(["Inside"]);
    expect(await list({fetch_all: "False", directory_id: ""})).toEqual(["Outside"]);
    expect(await owner.refusal("GET", "get-projects-for-user", {fetch_all: "Yes"})).toEqual([
      400,
      "fetch_all: must be true or false"
    ]);
  });

  it("finds apps by part of their name, whatever the case", async () => {
    const {owner} = await platform();
    await owner.createApp("US employment");
    await owner.createApp("Weather");
    const search = async (query: string) =>
      names((await owner.get("/search/search-projects-for-user", {query})).projects as Json[]);
    expect(await search("EMPLOY")).toEqual(["US employment"]);
    expect(await search("none such")).toEqual([]);
    expect(await search("")).toHaveLength(2);
  });

  it("says when there is none of a name, and when there is more than one", async () => {
    const {owner} = await platform();
    expect(await owner.refusal("GET", "get-project", {name: "Nope"})).toEqual([404, "Project was not found"]);
    await owner.createApp("Twin");
    await owner.createApp("Twin");
    expect(await owner.refusal("GET", "get-project", {name: "Twin"})).toEqual([
      400,
      "Project name is ambiguous: more than one has it. Get it by its id."
    ]);
    expect(await owner.refusal("GET", "get-project")).toEqual([400, "project_id or name is required"]);
  });

  it("tells of everything in an app", async () => {
    const {owner, platform: running} = await platform();
    const project_id = await owner.createApp();
    const dataset_id = await owner.createDataset(project_id, "Sales");
    await owner.post("create-model-directory", {directory: {name: "Old", project_id, parent_id: ""}});
    const {project_components} = await owner.get("get-components-for-project", {project_id});
    const components = (project_components as Json)[project_id] as Json;
    expect(components.datasets).toMatchObject([{dataset_id, name: "Sales"}]);
    expect(components.model_directories).toMatchObject([
      {name: "Old", type: "MODEL", parent_id: "", size: "0"}
    ]);
    expect(components.users).toEqual([{email: running.userEmail, project_access_level: "OWNER"}]);
    const empty = [
      "charts",
      "connectors",
      "dashboards",
      "databases",
      "external_resources",
      "pipelines",
      "models"
    ];
    const kinds = ["connector", "dashboard", "dataset", "database", "pipeline", "external_resource"];
    for (const key of [...empty, ...kinds.map((kind) => `${kind}_directories`)])
      expect(components[key]).toEqual([]);
  });

  it("removes an app with all that it holds", async () => {
    const {owner} = await platform();
    const project_id = await owner.createApp();
    const dataset_id = await owner.createDataset(project_id);
    await owner.upload(project_id, dataset_id, "a\n1\n");
    const url = await owner.downloadUrl(project_id, dataset_id);
    expect(await owner.post("delete-project", {project: {project_id}})).toEqual({project_id});
    expect(await owner.refusal("GET", "get-project", {project_id})).toEqual([404, "Project was not found"]);
    expect(await owner.refusal("GET", "get-dataset", {project_id, dataset_id})).toEqual([
      404,
      "Project was not found"
    ]);
    expect((await fetch(url)).status).toBe(404);
  });

  it("warns when it cuts a list short", async () => {
    const apps = Array.from({length: 1001}, (_, i) => ({
      name: `App ${i}`,
      description: "",
      datasets: [],
      models: []
    }));
    const {owner} = await platform({seed: apps});
    const {projects, limit_warning} = await owner.get("get-projects-for-user", {fetch_all: true});
    expect(projects).toHaveLength(1000);
    expect(limit_warning).toBe(
      "Only the first 1000 of 1001 projects are listed; search, or get one by its name."
    );
  });
});
