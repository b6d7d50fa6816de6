// Directories of every kind, nested.
import {describe, expect, it} from "vitest";
import {callerOf, platform, type Json} from "./support.js";

const names = (list: unknown) => (list as Json[]).map((one) => one.name as string);

describe("directories of apps", () => {
  it("nest, belong to their user, and go only when empty", async () => {
    const {owner, platform: running} = await platform();
    const create = async (name: string, parent_id: string) =>
      await owner.create("create-project-directory", {directory: {name, parent_id}});
    const outer = await create("Outer", "");
    const inner = await create("Inner", outer);
    expect((await owner.get("get-project-directory", {directory_id: inner})).directory).toEqual({
      directory_id: inner,
      name: "Inner",
      type: "PROJECT",
      project_id: "",
      parent_id: outer,
      size: "0"
    });
    const list = async (query: Json) =>
      names((await owner.get("get-project-directories-for-user", query)).directories);
    expect(await list({fetch_all: "True"})).toEqual(["Outer", "Inner"]);
    expect(await list({fetch_all: "False", directory_id: outer})).toEqual(["Inner"]);
    expect(await list({fetch_all: "False", directory_id: ""})).toEqual(["Outer"]);

    const bob = callerOf(running, await running.addUser("bob@example.com"));
    expect(await bob.refusal("GET", "get-project-directory", {directory_id: outer})).toEqual([
      404,
      "Directory was not found"
    ]);

    const remove = (directory_id: string) =>
      ["POST", "delete-project-directory", {directory: {directory_id}}] as const;
    expect(await owner.refusal(...remove(outer))).toEqual([
      400,
      "The directory is not empty: move or delete what is in it first"
    ]);
    await owner.post(remove(inner)[1], remove(inner)[2]);
    await owner.post(remove(outer)[1], remove(outer)[2]);
    expect(await list({fetch_all: "True"})).toEqual([]);
  });
});

describe.each(["dataset", "pipeline", "model"])("directories of a %s", (kind) => {
  it("nest within an app", async () => {
    const {owner} = await platform();
    const project_id = await owner.createApp();
    const create = async (name: string, parent_id: string) =>
      await owner.create(`create-${kind}-directory`, {directory: {name, project_id, parent_id}});
    const outer = await create("[INPUT]", "");
    const inner = await create("2025", outer);
    const directory = {
      directory_id: inner,
      name: "2025",
      type: kind.toUpperCase(),
      project_id,
      parent_id: outer,
      size: "0"
    };
    expect(await owner.get(`get-${kind}-directory`, {project_id, directory_id: inner})).toEqual({directory});
    const list = async (query: Json) =>
      names((await owner.get(`get-${kind}-directories-for-project`, {project_id, ...query})).directories);
    expect(await list({})).toEqual(["[INPUT]", "2025"]);
    expect(await list({directory_id: outer})).toEqual(["2025"]);
    expect(await list({directory_id: inner})).toEqual([]);
  });

  it("take nothing from elsewhere", async () => {
    const {owner} = await platform();
    const project_id = await owner.createApp("One");
    const other = await owner.createApp("Other");
    const foreign = await owner.create(`create-${kind}-directory`, {
      directory: {name: "Foreign", project_id: other, parent_id: ""}
    });
    expect(
      await owner.refusal("POST", `create-${kind}-directory`, {
        directory: {name: "Sub", project_id, parent_id: foreign}
      })
    ).toEqual([404, "Directory was not found"]);
    expect(
      await owner.refusal("GET", `get-${kind}-directory`, {
        project_id,
        directory_id: foreign
      })
    ).toEqual([404, "Directory was not found"]);
  });
});
