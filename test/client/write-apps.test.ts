// Apps, their directories and who may see them, and models, are made, changed and deleted on the local platform.
import {describe, expect, it} from "vitest";
import {AuthenticationError, Ikigai, IkigaiError, RequestError} from "../../lib/client/index.js";
import {world} from "./write-support.js";

const at = world();
const asked = (path: string) => at.calls.filter((line) => line.includes(path)).length;

describe("an app", () => {
  it("is made, renamed, described again, moved and deleted", async () => {
    const {ikigai} = at;
    const outer = await ikigai.appDirectory.new("Outer").build();
    const inner = await ikigai.appDirectory.new("Inner").parent(outer).build();
    expect(inner).toMatchObject({name: "Inner", type: "APP", parentId: outer.directoryId});
    const app = await ikigai.app.new("Made").description("first").directory(outer).build();
    expect(app).toMatchObject({name: "Made", description: "first", owner: at.platform.userEmail});
    await app.rename("Renamed");
    await app.updateDescription("second");
    await app.move(inner);
    expect(app.directory?.directoryId).toBe(inner.directoryId);
    expect((await app.describe()).app).toMatchObject({
      name: "Renamed",
      description: "second",
      directory: {directoryId: inner.directoryId}
    });
    expect((await inner.contents()).names()).toEqual(["Renamed"]);
    await expect(inner.delete()).rejects.toBeInstanceOf(RequestError);
    await app.move(null);
    expect(app.directory).toBeUndefined();
    await inner.delete();
    await app.delete();
    expect((await ikigai.apps.list()).names()).not.toContain("Renamed");
    expect((await ikigai.appDirectories()).names()).toEqual(["Outer"]);
  });

  it("is made once though the platform fails", async () => {
    await at.faults({kind: "error", path: "/component/create-project"});
    await expect(at.ikigai.app.new("Once").build()).rejects.toThrow("[500]");
    expect(asked("create-project")).toBe(1);
  });

  it("lets others in, and shuts them out", async () => {
    const other = await at.platform.addUser("carol@example.com");
    const carol = new Ikigai({...at.platform, ...other});
    const rename = async () => (await carol.apps.byId(at.app.appId)).rename("Demand");
    await expect(rename()).rejects.toBeInstanceOf(IkigaiError);
    await at.app.access.grant(other.userEmail, "VIEWER");
    await expect(rename()).rejects.toBeInstanceOf(AuthenticationError);
    await at.app.access.update(other.userEmail, "BUILDER");
    expect((await rename()).name).toBe("Demand");
    await at.app.access.revoke(other.userEmail);
    await expect(rename()).rejects.toBeInstanceOf(IkigaiError);
    await carol.close();
  });
});

describe("the directories of an app", () => {
  it("hold its datasets, flows and models", async () => {
    const {app} = at;
    const datasets = await app.datasetDirectory.new("Data").build();
    const nested = await app.datasetDirectory.new("Old").parent(datasets).build();
    expect(nested).toMatchObject({type: "DATASET", parentId: datasets.directoryId, appId: app.appId});
    const dataset = await app.dataset.new("Sales").csv("a\n1\n").directory(datasets).build();
    expect(dataset.directory?.directoryId).toBe(datasets.directoryId);
    await dataset.move(nested);
    expect((await nested.contents()).names()).toEqual(["Sales"]);

    const flows = await app.flowDirectory.new("Flows").build();
    const flow = await app.flow.new("Nightly").directory(flows).build();
    expect((await flows.contents()).names()).toEqual(["Nightly"]);
    await flow.move(null);
    expect((await flows.contents()).size).toBe(0);

    const models = await app.modelDirectory.new("Models").build();
    expect((await app.modelDirectories()).names()).toEqual(["Models"]);
    await expect(models.delete()).rejects.toThrow("the platform deletes only directories of apps");
  });
});

describe("a model", () => {
  it("is made of a kind, renamed, described again, moved and deleted", async () => {
    const {app} = at;
    const modelTypes = await at.ikigai.modelTypes();
    const directory = await app.modelDirectory.new("Mine").build();
    const model = await app.model
      .new("Made")
      .modelType(modelTypes.AI_CAST.Base)
      .description("first")
      .directory(directory)
      .build();
    expect(model).toMatchObject({modelType: "Ai Cast", subModelType: "Base", description: "first"});
    expect((await directory.contents()).names()).toEqual(["Made"]);
    await model.rename("Renamed");
    await model.updateDescription("second");
    await model.move(null);
    expect(await model.describe()).toMatchObject({name: "Renamed", description: "second"});
    expect((await model.describe()).directory).toBeUndefined();
    await model.delete();
    expect((await app.models.list()).names()).not.toContain("Renamed");
  });

  it("without a kind is refused before anything is sent", async () => {
    await expect(at.app.model.new("Vague").build()).rejects.toThrow('model "Vague" needs a modelType');
    expect(asked("create-model")).toBe(0);
  });
});

it("asks for the kinds of facets and models once", async () => {
  const ikigai = new Ikigai({...at.platform, retry: 0});
  await at.faults({kind: "error", path: "/component/get-facet-specs", times: 1});
  await expect(ikigai.facetTypes()).rejects.toThrow("[500]");
  await Promise.all([ikigai.facetTypes(), ikigai.facetTypes(), ikigai.modelTypes()]);
  expect((await ikigai.facetTypes()).MID.COUNT.name).toBe("COUNT");
  await ikigai.modelTypes();
  expect([asked("get-facet-specs"), asked("get-model-specs")]).toEqual([2, 1]);
  await ikigai.close();
});
