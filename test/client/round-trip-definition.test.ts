// Any definition that the builder accepts goes up into a flow and is read back as it was.
import fc from "fast-check";
import {expect, it} from "vitest";
import {facetTypes, FlowDefinition} from "../../lib/definition/index.js";
import type {FacetSpecs} from "../../lib/client/index.js";
import {follow, steps, values} from "../definition/random.js";
import {world} from "./write-support.js";

const at = world();
let made = 0;

/** Makes a flow of it, reads that back, and copies it into another flow. */
async function survives(definition: FlowDefinition): Promise<void> {
  const json = JSON.stringify(definition);
  const flow = await at.app.flow.new(`Flow ${made++}`).definition(definition).build();
  const {definition: stored} = await flow.describe();
  expect(JSON.stringify(new FlowDefinition(stored!))).toBe(json);
  const read = FlowDefinition.from(JSON.parse(json) as object, await at.ikigai.facetTypes());
  expect(read.equals(definition)).toBe(true);
  expect(read.warnings).toEqual([]);

  const copy = await at.app.flow.new(`Flow ${made++}`).definition(flow).build();
  expect((await copy.describe()).definition).toEqual(stored);
  await copy.updateDefinition(JSON.parse(json) as FlowDefinition);
  expect((await copy.describe()).definition).toEqual(stored);
}

it("of any facets", async () => {
  // In any graph: what each facet needs of arrows would rule out most random ones.
  const unlimited = {minParentCount: 0, maxParentCount: 0, minChildCount: 0, maxChildCount: 0};
  const specs = JSON.stringify(await at.ikigai.facetSpecs(), (name, value: unknown) =>
    name === "facetRequirement" ? unlimited : value
  );
  const types = facetTypes(JSON.parse(specs) as FacetSpecs);
  await fc.assert(
    fc.asyncProperty(steps(types), (plan) => survives(follow(types, plan).build())),
    {numRuns: 60}
  );
});

it("of any models", async () => {
  const [facets, models] = [await at.ikigai.facetTypes(), await at.ikigai.modelTypes()];
  const pairs = fc.constantFrom(
    {facetType: facets.MID.AI_CAST, modelType: models.AI_CAST.Base},
    {facetType: facets.MID.PREDICT, modelType: models.Linear.Lasso}
  );
  const cases = pairs.chain((pair) =>
    fc.record({
      pair: fc.constant(pair),
      parameters: values(pair.modelType.parameters),
      hyperparameters: values(pair.modelType.hyperparameters)
    })
  );
  await fc.assert(
    fc.asyncProperty(cases, async ({pair, parameters, hyperparameters}) => {
      const built = at.ikigai.builder
        .facet({facetType: facets.INPUT.IMPORTED})
        .modelFacet(pair)
        .parameters(parameters)
        .hyperparameters(hyperparameters)
        .facet({facetType: facets.OUTPUT.EXPORTED})
        .build();
      await survives(built);
    }),
    {numRuns: 40}
  );
});
