// Custom facets and their versions are made, used, changed and deleted on the local platform.
import {describe, expect, it} from "vitest";
import {Ikigai, IkigaiError} from "../../lib/client/index.js";
import {world} from "./write-support.js";

const at = world();

const make = async (name: string) => {
  const {MID} = await at.ikigai.facetTypes();
  return at.ikigai.customFacet
    .new(name, MID.CUSTOM_FACET)
    .description("first")
    .script(
      `
      if scale:
          result = data * factor
      `,
      {requirements: ["numpy"], arguments: {factor: 2, scale: true, share: {type: "float", value: 1}}}
    )
    .build();
};

describe("a custom facet", () => {
  it("is made of a script that may be indented, with typed arguments", async () => {
    const facet = await make("Scale");
    expect(facet).toMatchObject({name: "Scale", chainGroup: "MID", requirements: ["numpy"]});
    expect(facet.script).toBe("\nif scale:\n    result = data * factor\n");
    expect(facet.arguments).toEqual([
      {name: "factor", type: "int", value: 2},
      {name: "scale", type: "bool", value: true},
      {name: "share", type: "float", value: 1}
    ]);
  });

  it("of another facet type, or with a default that isn't a value, is refused", async () => {
    const {MID} = await at.ikigai.facetTypes();
    const {customFacet} = at.ikigai;
    expect(() => customFacet.new("Wrong", MID.COUNT)).toThrow("not COUNT");
    const maker = customFacet.new("Wrong", MID.CUSTOM_FACET);
    expect(() => maker.script("", {arguments: {n: NaN}})).toThrow('argument "n": the default must be');
  });

  it("is used unpinned and pinned", async () => {
    const facet = await make("Use");
    const draft = await facet.unpinned();
    expect(draft).toMatchObject({customFacetId: facet.customFacetId, versionId: ""});
    expect(draft.arguments.map(({name}) => name)).toEqual(["factor", "scale", "share"]);

    await facet.updateScript("result = data", {arguments: {word: "x"}});
    const version = await facet.createVersion("v1");
    expect(version).toMatchObject({name: "v1", arguments: [{name: "word", type: "str", value: "x"}]});
    expect((await facet.versions()).get("v1").versionId).toBe(version.versionId);
    expect((await facet.unpinned()).arguments).toEqual(version.arguments);

    const {builder} = at.ikigai;
    const used = builder.customFacet({customFacetVersion: version, arguments: {word: "y"}});
    expect(used.facetType.name).toBe("CUSTOM_FACET");
  });

  it("is renamed, described again and deleted", async () => {
    const facet = await make("Old facet");
    await facet.rename("New facet");
    await facet.updateDescription("second");
    expect(facet).toMatchObject({name: "New facet", description: "second"});
    expect(await facet.describe()).toMatchObject({name: "New facet", description: "second"});
    await facet.delete();
    expect((await at.ikigai.customFacets.list()).has("New facet")).toBe(false);
  });

  it("lets others in, and shuts them out", async () => {
    const facet = await make("Shared");
    const other = await at.platform.addUser("carol@example.com");
    const carol = new Ikigai({...at.platform, ...other});
    const rename = async () => (await carol.customFacets.byId(facet.customFacetId)).rename("Shared");
    await expect(rename()).rejects.toBeInstanceOf(IkigaiError);
    await facet.access.grant(other.userEmail, "RUN");
    await expect(rename()).rejects.toBeInstanceOf(IkigaiError);
    await facet.access.update(other.userEmail, "EDIT");
    expect((await rename()).name).toBe("Shared");
    await facet.access.revoke(other.userEmail);
    await expect(rename()).rejects.toBeInstanceOf(IkigaiError);
    await carol.close();
  });
});
