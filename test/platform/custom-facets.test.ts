// Custom facets: drafts, versions, and who may do what with them.
import {describe, expect, it} from "vitest";
import {callerOf, platform, type Caller, type Json} from "./support.js";

const facet = {
  name: "Round",
  chain_group: "MID",
  description: "Rounds numbers",
  tags: ["numbers"],
  python_script: "result = data.round(digits)",
  libraries: ["pandas"],
  arguments: [{name: "digits", type: "int", value: "2"}]
};

const create = (owner: Caller, more: Json = {}) =>
  owner.create("create-custom-facet", {custom_facet: {...facet, ...more}});

describe("custom facets", () => {
  it("come back whole, with the uid of their chain", async () => {
    const {owner} = await platform();
    const custom_facet_id = await create(owner);
    const custom_facet = (await owner.get("get-custom-facet", {custom_facet_id})).custom_facet as Json;
    expect(custom_facet).toEqual({
      custom_facet_id,
      ...facet,
      facet_uid: expect.stringMatching(/^M_\d{3}$/) as string,
      rootkit_token: "",
      created_at: expect.stringMatching(/^\d{10}$/) as string,
      modified_at: expect.stringMatching(/^\d{10}$/) as string
    });
    expect(await owner.get("get-custom-facet", {name: "Round"})).toEqual({custom_facet});
    expect(await owner.get("get-custom-facets-for-user")).toEqual({custom_facets: [custom_facet]});
    expect(await owner.get("/search/search-custom-facets-for-user", {query: "ROU"})).toEqual({
      custom_facets: [custom_facet]
    });
    const {INPUT} = await owner.get("get-facet-specs");
    expect(JSON.stringify(INPUT)).not.toContain(`"${custom_facet.facet_uid as string}"`);
  });

  it("are not found by a wrong name or id", async () => {
    const {owner} = await platform();
    for (const query of [{name: "Nope"}, {custom_facet_id: "Nope"}]) {
      expect(await owner.refusal("GET", "get-custom-facet", query)).toEqual([
        404,
        "Custom facet was not found"
      ]);
    }
  });

  it("change by what is given, and keep versions as they were saved", async () => {
    const {owner} = await platform();
    const custom_facet_id = await create(owner);
    const saved = await owner.post("edit-custom-facet", {
      save_as_version: true,
      custom_facet_version: {...facet, custom_facet_id, version: "v1", rootkit_token: ""}
    });
    expect(saved).toEqual({version_id: expect.stringMatching(/^\w{27}$/) as string, limit_warning: ""});
    const edit = {
      custom_facet_id,
      chain_group: "MID",
      python_script: "result = data",
      libraries: [],
      arguments: []
    };
    expect(await owner.post("edit-custom-facet", {save_as_version: false, custom_facet: edit})).toEqual({
      custom_facet_id
    });
    expect((await owner.get("get-custom-facet", {custom_facet_id})).custom_facet).toMatchObject({
      name: "Round",
      description: "Rounds numbers",
      python_script: "result = data",
      arguments: []
    });
    const version = {
      version: "v1",
      version_id: saved.version_id as string,
      custom_facet_id,
      description: "Rounds numbers",
      arguments: facet.arguments,
      created_at: expect.stringMatching(/^\d{10}$/) as string
    };
    expect(
      await owner.get("get-version-for-custom-facet", {
        custom_facet_id,
        version_id: saved.version_id as string
      })
    ).toEqual({custom_facet_version: version});
    expect(await owner.get("get-versions-for-custom-facet", {custom_facet_id})).toEqual({
      custom_facet_versions: [version],
      limit_warning: ""
    });
  });

  it("take a rootkit token only for the script that it was made for", async () => {
    const {owner} = await platform();
    const {token} = await owner.post("generate-rootkit-token", {script: facet.python_script});
    const custom_facet_id = await create(owner, {rootkit_token: token as string});
    expect((await owner.get("get-custom-facet", {custom_facet_id})).custom_facet).toMatchObject({
      rootkit_token: token as string
    });
    expect(
      await owner.refusal("POST", "create-custom-facet", {
        custom_facet: {...facet, python_script: "import os", rootkit_token: token as string}
      })
    ).toEqual([400, "custom_facet.rootkit_token: does not fit the script; generate one for it"]);
  });

  it("let others in by levels, and out again", async () => {
    const {owner, platform: running} = await platform();
    const bob = callerOf(running, await running.addUser("bob@example.com"));
    const custom_facet_id = await create(owner);
    const share = (call: string, access_level: string) =>
      owner.post(call, {custom_facet: {custom_facet_id}, user: {email: "Bob@example.com"}, access_level});
    const see = () => bob.ask("GET", "/component/get-custom-facet", {custom_facet_id});
    const edit = () =>
      bob.ask("POST", "/component/edit-custom-facet", {custom_facet: {custom_facet_id, description: "Mine"}});
    const remove = () => bob.ask("POST", "/component/delete-custom-facet", {custom_facet: {custom_facet_id}});

    expect((await see()).status).toBe(404);
    await share("share-custom-facet", "RUN");
    expect((await see()).body.custom_facet).toMatchObject({name: "Round", python_script: ""});
    expect(await edit()).toMatchObject({
      status: 403,
      body: {message: "bob@example.com may RUN this custom facet, and this needs EDIT"}
    });
    await share("edit-custom-facet-access-level", "VIEW");
    expect((await see()).body.custom_facet).toMatchObject({python_script: facet.python_script});
    expect((await edit()).status).toBe(403);
    await share("edit-custom-facet-access-level", "EDIT");
    expect((await edit()).status).toBe(200);
    expect((await remove()).status).toBe(403);
    await share("edit-custom-facet-access-level", "NO_ACCESS");
    expect((await see()).status).toBe(404);
    await share("share-custom-facet", "ADMIN");
    expect((await remove()).status).toBe(200);
    expect(await owner.refusal("GET", "get-versions-for-custom-facet", {custom_facet_id})).toEqual([
      404,
      "Custom facet was not found"
    ]);
  });
});
