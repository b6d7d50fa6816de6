// Facets that run a user's own script.
import {describe, expect, it} from "vitest";
import {FlowBuilder, type CustomFacetUse} from "../../lib/definition/index.js";
import {facets} from "./platform-specs.js";

const version: CustomFacetUse = {
  customFacetId: "cf1",
  versionId: "v1",
  facetType: facets.MID.CUSTOM_FACET,
  arguments: [
    {name: "threshold", type: "float", value: 0.5},
    {name: "column_name", type: "str", value: "x"},
    {name: "input-1", type: "bool", value: true},
    {name: "limit", type: "int"}
  ]
};

const use = (customFacetVersion: CustomFacetUse) =>
  new FlowBuilder()
    .facet({facetType: facets.INPUT.LOAD, arguments: {name: "saved"}})
    .customFacet({customFacetVersion, name: "mine"});

describe("a custom facet", () => {
  it("sends its script's arguments as a list with their types", () => {
    const definition = use(version)
      .arguments({threshold: 0.7, columnName: "y"})
      .arguments({"input-1": false, threshold: 0.8, limit: 3})
      .build();
    expect(definition.toJSON().facets[1]).toEqual({
      facet_id: "1",
      facet_uid: "M_040",
      name: "mine",
      arguments: {
        custom_facet_id: "cf1",
        version_id: "v1",
        arguments: [
          {name: "threshold", value: 0.8, type: "NUMBER"},
          {name: "column_name", value: "y", type: "TEXT"},
          {name: "input-1", value: false, type: "BOOLEAN"},
          {name: "limit", value: 3, type: "NUMBER"}
        ]
      }
    });
    expect(definition.warnings).toEqual([]);
  });

  it("checks them against the version", () => {
    const facet = use(version);
    expect(() => facet.arguments({threshold: "high"})).toThrow(
      'Argument "threshold" of the CUSTOM_FACET facet "mine" must be a number, got "high".'
    );
    expect(() => facet.arguments({treshold: 1})).toThrow("Did you mean threshold?");
    expect(() => facet.arguments({threshold: null})).toThrow("is required, got null.");
  });

  it("runs the version that it was made with, and no other", () => {
    for (const name of ["custom_facet_id", "version_id", "arguments"]) {
      expect(() => use(version).arguments({[name]: "other"})).toThrow("is unknown.");
    }
  });

  it("warns when it isn't pinned to a version", () => {
    const definition = use({...version, versionId: ""}).build();
    expect(definition.toJSON().facets[1]!.arguments).toEqual({
      custom_facet_id: "cf1",
      version_id: "",
      arguments: []
    });
    expect(definition.warnings).toEqual([
      'The CUSTOM_FACET facet "mine" is not pinned to a version: the flow may fail when the script\'s input, output or ' +
        "arguments change. Better use a saved version."
    ]);
  });
});
