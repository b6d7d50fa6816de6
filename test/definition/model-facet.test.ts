// Facets that train a model or run one.
import {describe, expect, it} from "vitest";
import {FlowBuilder, modelTypes} from "../../lib/definition/index.js";
import {decodedModelSpecs, facets, models} from "./platform-specs.js";

const {AI_CAST, COUNT, PREDICT} = facets.MID;
const {Lasso} = models.Linear;

const input = () => new FlowBuilder().facet({facetType: facets.INPUT.IMPORTED});
const sent = (facet: {build(): {facets: {arguments: object}[]}}) => facet.build().facets[1]!.arguments;

describe("a model facet", () => {
  it("sends parameters and hyperparameters as the document prints them", () => {
    const facet = input()
      .modelFacet({facetType: PREDICT, modelType: Lasso})
      .arguments({modelName: "my-model-name", modelVersion: "initial"})
      .hyperparameters({alpha: 0.1, fitIntercept: true})
      .parameters({targetColumn: "target_column_name"});
    expect(JSON.stringify(sent(facet))).toBe(
      JSON.stringify({
        model_name: "my-model-name",
        model_version: "initial",
        hyperparameters: {alpha: 0.1, fit_intercept: true},
        parameters: {target_column: "target_column_name"}
      })
    );
  });

  it("sends grouped hyperparameters as an argument a group", () => {
    const facet = input()
      .modelFacet({facetType: AI_CAST, modelType: models.AI_CAST.Base})
      .hyperparameters({
        type: "base",
        timeBudget: 50,
        models_to_include: ["Sma", "Lasso"],
        intervalToPredict: 12,
        fineTune: [{filter: ["north"]}]
      });
    expect(sent(facet)).toEqual({
      processing: {type: "base"},
      model_selection: {
        time_budget: 50,
        models_to_include: ["Sma", "Lasso"],
        fine_tune: [{filter: ["north"]}]
      },
      metrics: [{interval_to_predict: 12}]
    });
  });

  it("merges hyperparameters, those of a group that is sent as a list too", () => {
    const facet = input()
      .modelFacet({facetType: AI_CAST, modelType: models.AI_CAST.Base})
      .hyperparameters({intervalToPredict: 12, timeBudget: 50})
      .hyperparameters({metric: "mean_absolute_error", confidence: 0.9});
    expect(sent(facet)).toEqual({
      model_selection: {time_budget: 50, confidence: 0.9},
      metrics: [{interval_to_predict: 12, metric: "mean_absolute_error"}]
    });
  });

  it("takes them as arguments as well, as another definition has them", () => {
    const args = {model_name: "m", parameters: {target_column: "y"}, hyperparameters: {alpha: 2}};
    const facet = input().modelFacet({facetType: PREDICT, modelType: Lasso}).arguments(args);
    expect(sent(facet)).toEqual(args);
    expect(() => facet.arguments({hyperparameters: {alfa: 2}})).toThrow(
      'Argument "hyperparameters.alfa" of the PREDICT facet with id 1 is unknown. Did you mean alpha?'
    );
  });

  it("checks them against the model", () => {
    const facet = input().modelFacet({facetType: PREDICT, modelType: Lasso});
    expect(() => facet.hyperparameters({alpha: "a lot"})).toThrow(
      'Hyperparameter "alpha" of the model Linear Lasso must be a number, got "a lot".'
    );
    expect(() => facet.hyperparameters({aplha: 1})).toThrow(
      /^Hyperparameter "aplha" of .* Did you mean alpha\?/
    );
    expect(() => facet.parameters({target_column: null})).toThrow(
      'Parameter "target_column" of the model Linear Lasso is required, got null.'
    );
    expect(sent(facet)).toEqual({});
  });

  it("fits its facet type", () => {
    expect(() => input().modelFacet({facetType: COUNT, modelType: Lasso})).toThrow(
      "COUNT is not a model facet: add it with facet({facetType})."
    );
    expect(() => input().modelFacet({facetType: PREDICT, modelType: models.Linear as never})).toThrow(
      "modelFacet needs a modelType"
    );
    const wrong = input().modelFacet({facetType: PREDICT, modelType: models.AI_CAST.Base});
    expect(() => wrong.hyperparameters({intervalToPredict: 3})).toThrow(
      "The model Ai Cast Base sends metrics, which the PREDICT facet with id 1 doesn't take: choose the facet type made for it."
    );
    const other = input().modelFacet({facetType: AI_CAST, modelType: Lasso});
    expect(() => other.hyperparameters({alpha: 1})).toThrow("sends hyperparameters, which the AI_CAST facet");
  });

  it("refuses a model whose spec groups only some hyperparameters", () => {
    const specs = structuredClone(decodedModelSpecs);
    delete specs["Ai_Cast"]!.subModelTypes[0]!.hyperparameters["metric"]!.hyperparameterGroup;
    const facet = input().modelFacet({facetType: AI_CAST, modelType: modelTypes(specs).AI_CAST.Base});
    expect(() => facet.hyperparameters({metric: "mean_absolute_error"})).toThrow(
      'Hyperparameter "metric" of the model Ai Cast Base is in no group, though others are'
    );
  });
});
