// Kinds of facets by name: in any casing, and unlike a plain object where the name is wrong.
import {inspect} from "node:util";
import {describe, expect, it} from "vitest";
import {ValidationError, facetTypes} from "../../lib/definition/index.js";
import {decodedFacetSpecs, facets} from "./platform-specs.js";

describe("facet types", () => {
  it("are listed as the document lists them", () => {
    expect(facets.INPUT.types).toEqual([
      "HANA",
      "IMPORTED",
      "LOAD",
      "CUSTOM_FACET",
      "INPUT_CONNECTOR",
      "PYTHON",
      "S3"
    ]);
    expect(facets.MID.types.slice(0, 3)).toEqual(["ADD_PRIMARY_KEY", "COUNT", "CROSS_TAB"]);
    expect(facets.OUTPUT.types).toContain("EXPORTED");
  });

  it("are found in any casing", () => {
    const {FREE_FORM_SQL} = facets.MID;
    expect(FREE_FORM_SQL.name).toBe("FREE_FORM_SQL");
    for (const name of ["FreeFormSql", "freeFormSQL", "free form sql", "free-form-sql", "Free_Form_Sql"]) {
      expect(facets.MID[name]).toBe(FREE_FORM_SQL);
    }
    expect(facets.INPUT.Imported).toBe(facets.INPUT.IMPORTED);
  });

  it("know what they are", () => {
    const {COUNT, PREDICT} = facets.MID;
    expect([COUNT.facetUid, COUNT.chainGroup, COUNT.isModelFacet, PREDICT.isModelFacet]).toEqual([
      "M_003",
      "MID",
      false,
      true
    ]);
    expect(COUNT.arguments["target_columns"]).toMatchObject({type: "TEXT", isList: true, isRequired: true});
    expect(facets.byUid("O_005")).toBe(facets.OUTPUT.EXPORTED);
    expect(facets.byUid("X_999")).toBeUndefined();
  });

  it("name the nearest for a name that isn't there", () => {
    expect(() => facets.MID["CUONT"]).toThrow(
      new ValidationError(['There is no MID facet type "CUONT": did you mean COUNT?'])
    );
    expect(() => facets.MID["EXPORTED"]).toThrow(
      'There is no MID facet type "EXPORTED": EXPORTED is an OUTPUT facet type.'
    );
    expect(() => facets.INPUT["quarterly report"]).toThrow(
      /^There is no INPUT .* There are HANA, IMPORTED, .* and S3\.$/
    );
  });

  it("are objects that a debugger, a test and await can look at", async () => {
    expect(Object.keys(facets)).toEqual(["INPUT", "MID", "OUTPUT"]);
    expect(Object.keys(facets.OUTPUT)).toEqual(facets.OUTPUT.types);
    expect("exported" in facets.OUTPUT).toBe(true);
    expect("COUNT" in facets.OUTPUT).toBe(false);
    expect(Object.prototype.toString.call(facets.OUTPUT)).toBe("[object OUTPUT facet type]");
    expect(inspect(facets.INPUT, {depth: 0})).toMatch(/IMPORTED: \[FacetType\]/);
    expect(JSON.parse(JSON.stringify(facets.MID))).toHaveProperty("COUNT.facetUid", "M_003");
    expect(await Promise.resolve(facets.MID)).toBe(facets.MID);
    // What Observable's runtime asks of each value of a cell.
    expect((facets.MID as unknown as {next?: unknown}).next).toBe(undefined);
    expect(facets.MID).toEqual(facets.MID);
    expect(() => Object.assign(facets.MID, {COUNT: facets.MID.SORT})).toThrow(TypeError);
  });

  it("hide what the platform hides, and still find it", () => {
    const specs = structuredClone(decodedFacetSpecs);
    specs["OUTPUT"]!["INTERNAL"]!["EXPORTED"]!.isHidden = true;
    const some = facetTypes(specs);
    expect(some.OUTPUT.types).not.toContain("EXPORTED");
    expect(some.OUTPUT.help()).not.toContain("Exported:");
    expect(some.OUTPUT.EXPORTED.help()).toContain("Exported:");
    expect(some.byUid("O_005")).toBe(some.OUTPUT.EXPORTED);
  });

  it("of two facets with one name keep the first group's", () => {
    const {COUNT, SORT} = decodedFacetSpecs["MID"]!["WRANGLING"]!;
    const some = facetTypes({
      MID: {FIRST: {COUNT: COUNT!}, SECOND: {SORT: SORT!, COUNT: {...COUNT!, isHidden: true}}}
    });
    expect(some.MID.types).toEqual(["SORT", "COUNT"]);
    expect(some.INPUT.types).toEqual([]);
    expect(() => some.INPUT["IMPORTED"]).toThrow('There is no INPUT facet type "IMPORTED". There are none.');
  });
});
