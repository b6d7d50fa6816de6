// What a flow's graph must be before it is built.
import {describe, expect, it} from "vitest";
import {FlowBuilder, facetTypes} from "../../lib/definition/index.js";
import {decodedFacetSpecs, facets} from "./platform-specs.js";

const {IMPORTED} = facets.INPUT;
const {COUNT, SORT, UNION} = facets.MID;
const {EXPORTED} = facets.OUTPUT;

describe("a flow's graph", () => {
  it("may be empty", () => expect(new FlowBuilder().build().facets).toEqual([]));

  it("gives each facet as many inputs as it needs", () => {
    const builder = new FlowBuilder();
    builder.facet({facetType: COUNT});
    const input = builder.facet({facetType: IMPORTED, name: "input"});
    const union = input.facet({facetType: UNION, name: "both", arrowArguments: {tableSide: "top"}});
    expect(() => builder.build()).toThrow(
      "The COUNT facet with id 0 has no arrows coming in, but needs at least 1.\n" +
        'The UNION facet "both" has 1 arrow coming in, but needs at least 2.'
    );
    union.addArrow(input, {tableSide: "bottom"}).addArrow(input, {tableSide: "bottom"});
    expect(() => builder.build()).toThrow(
      'The UNION facet "both" has 3 arrows coming in, but takes at most 2.'
    );
  });

  it("gives each facet as many outputs as it needs", () => {
    const specs = structuredClone(decodedFacetSpecs);
    const {facetRequirement} = specs["INPUT"]!["INTERNAL"]!["IMPORTED"]!;
    Object.assign(facetRequirement, {minChildCount: 1, maxChildCount: 1});
    const input = new FlowBuilder().facet({facetType: facetTypes(specs).INPUT.IMPORTED});
    expect(() => input.build()).toThrow("has no arrows going out, but needs at least 1.");
    input.facet({facetType: EXPORTED});
    expect(input.build().facets).toHaveLength(2);
    input.facet({facetType: EXPORTED});
    expect(() => input.build()).toThrow("has 2 arrows going out, but takes at most 1.");
  });

  it.each([0, -1])("has no limit where the platform sends %i for a maximum", (none) => {
    const specs = structuredClone(decodedFacetSpecs);
    const {facetRequirement} = specs["MID"]!["WRANGLING"]!["COUNT"]!;
    Object.assign(facetRequirement, {maxParentCount: none, maxChildCount: none});
    const input = new FlowBuilder().facet({facetType: IMPORTED});
    const count = input.facet({facetType: facetTypes(specs).MID.COUNT}).addArrow(input);
    count.facet({facetType: EXPORTED});
    count.facet({facetType: EXPORTED});
    expect(count.build().arrows).toHaveLength(4);
  });

  it("has no circle", () => {
    const builder = new FlowBuilder();
    const input = builder.facet({facetType: IMPORTED});
    const sort = builder.facet({facetType: SORT, name: "sort"});
    const count = sort.facet({facetType: COUNT, name: "count"});
    const union = input.facet({facetType: UNION, name: "union", arrowArguments: {tableSide: "top"}});
    union.addArrow(count, {tableSide: "bottom"}).facet({facetType: EXPORTED});
    sort.addArrow(count);
    expect(() => builder.build()).toThrow(
      /^The arrows run in a circle: the (SORT|COUNT) facet .* → the (SORT|COUNT) facet .* → the (SORT|COUNT) facet "\w+"\.$/
    );
  });

  it("has no facet that feeds itself", () => {
    const count = new FlowBuilder().facet({facetType: COUNT, name: "count"});
    count.addArrow(count);
    expect(() => count.build()).toThrow(
      'The arrows run in a circle: the COUNT facet "count" → the COUNT facet "count".'
    );
  });

  it("may be thousands of facets deep", () => {
    const builder = new FlowBuilder();
    let facet = builder.facet({facetType: IMPORTED});
    for (let i = 0; i < 5000; ++i) facet = facet.facet({facetType: facets.MID.COPY});
    expect(builder.build().arrows).toHaveLength(5000);
  });
});
