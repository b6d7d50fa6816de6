// What holds for any specs and any flow that fits them.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {FlowBuilder, FlowDefinition, facetTypes, modelTypes} from "../../lib/definition/index.js";
import {decodeAnswer, getFacetSpecs, getModelSpecs} from "../../lib/wire/index.js";
import {decodedFacetSpecs, facets, models} from "./platform-specs.js";
import {facetSpecs, follow, modelSpecs, steps, typeOf, values} from "./random.js";

const unlimited = {minParentCount: 0, maxParentCount: 0, minChildCount: 0, maxChildCount: 0};
/** The platform's own facets, in any graph. */
const unlimitedFacets = facetTypes(
  JSON.parse(
    JSON.stringify(decodedFacetSpecs, (name, value: unknown) =>
      name === "facetRequirement" ? unlimited : value
    )
  ) as typeof decodedFacetSpecs
);

const someTypes = facetSpecs.map((specs) => facetTypes(decodeAnswer(getFacetSpecs, specs)));
const flows = fc
  .oneof(someTypes, fc.constant(unlimitedFacets))
  .chain((types) => steps(types).map((plan) => ({types, plan})));

describe("any definition that the builder builds", () => {
  it("survives toJSON and reading back", () => {
    fc.assert(
      fc.property(flows, ({types, plan}) => {
        const built = follow(types, plan).build();
        const text = JSON.stringify(built);
        const read = FlowDefinition.from(text);
        expect(JSON.stringify(read)).toBe(text);
        expect(read.equals(built)).toBe(true);
        expect(read.graph()).toEqual(JSON.parse(JSON.stringify(built.graph())));
      }),
      {numRuns: 200}
    );
  });

  it("survives with models in it", () => {
    const pairs = fc.constantFrom(
      {facetType: facets.MID.AI_CAST, modelType: models.AI_CAST.Base},
      {facetType: facets.MID.PREDICT, modelType: models.Linear.Lasso}
    );
    const cases = pairs.chain((types) =>
      fc.record({
        types: fc.constant(types),
        parameters: values(types.modelType.parameters),
        hyperparameters: fc.array(values(types.modelType.hyperparameters), {maxLength: 3})
      })
    );
    fc.assert(
      fc.property(cases, ({types, parameters, hyperparameters}) => {
        const facet = new FlowBuilder().facet({facetType: facets.INPUT.LOAD}).modelFacet(types);
        facet.parameters(parameters);
        for (const some of hyperparameters) facet.hyperparameters(some);
        const built = facet.build();
        const read = FlowDefinition.from(JSON.stringify(built), facets);
        expect(read.warnings).toEqual([]);
        expect(JSON.stringify(read)).toBe(JSON.stringify(built));
        // A list for the group would have been replaced, where maps are merged: nothing that was said is lost.
        const said = Object.keys(Object.assign({}, ...hyperparameters) as object);
        const sent = JSON.stringify(built);
        for (const name of said) expect(sent).toContain(`"${name}":`);
      }),
      {numRuns: 100}
    );
  });

  it("is of today's version: an upgrade changes and loses nothing", () => {
    fc.assert(
      fc.property(flows, ({types, plan}) => {
        const read = FlowDefinition.from(follow(types, plan).build(), types);
        expect(read.warnings).toEqual([]);
        expect(read.equals(follow(types, plan).build())).toBe(true);
      }),
      {numRuns: 100}
    );
  });
});

describe("any specs", () => {
  it("have help, which shows every facet that isn't hidden", () => {
    fc.assert(
      fc.property(someTypes, (types) => {
        const help = types.help().split("\n");
        for (const chain of ["INPUT", "MID", "OUTPUT"] as const) {
          for (const type of types[chain].types) {
            const [title] = typeOf(types, {chain, type}).help().split("\n");
            expect(help).toContain(`    ${title}`);
          }
        }
      }),
      {numRuns: 100}
    );
  });

  it("have help on models", () => {
    fc.assert(
      fc.property(modelSpecs, (specs) => {
        const types = modelTypes(decodeAnswer(getModelSpecs, specs));
        const titles = types
          .help()
          .split("\n")
          .filter((line) => /^[A-Z]\S*( \S+)?:$/.test(line));
        expect(titles).toEqual(types.types.map((name) => `${name}:`));
        for (const name of types.types) {
          for (const subModel of types[name]!.types)
            expect(types[name]![subModel]!.help()).toContain("metrics:");
        }
      }),
      {numRuns: 100}
    );
  });

  it("find a facet by its name in any casing", () => {
    const respelling = fc.record({
      casing: fc.constantFrom<(text: string) => string>(
        (text) => text.toLowerCase(),
        (text) => text.toUpperCase()
      ),
      separator: fc.constantFrom("", " ", "_", "-", "__")
    });
    fc.assert(
      fc.property(someTypes, respelling, (types, {casing, separator}) => {
        for (const name of types.MID.types) {
          const written = casing(name).replaceAll("_", separator);
          expect(types.MID[written]).toBe(types.MID[name]);
          expect(written in types.MID).toBe(true);
        }
      }),
      {numRuns: 100}
    );
  });
});
