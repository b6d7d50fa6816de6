// Kinds of models by name.
import {describe, expect, it} from "vitest";
import {modelTypes} from "../../lib/definition/index.js";
import {decodedModelSpecs, models} from "./platform-specs.js";

describe("model types", () => {
  it("are found in any casing, and so are their sub-models", () => {
    expect(models["Ai Cast"]).toBe(models.AI_CAST);
    expect(models.AiCast).toBe(models.AI_CAST);
    expect(models["ai-cast"]).toBe(models.AI_CAST);
    expect(models.Linear.Lasso).toBe(models.LINEAR.LASSO);
    expect(models.types.slice(0, 3)).toEqual(["Ai Cast", "Ai Llm", "Ai Match"]);
    expect(models.Linear.types).toEqual(["Base", "Lasso", "Ridge"]);
  });

  it("know their names as the wire has them, and what tunes them", () => {
    const {Lasso} = models.Linear;
    expect([Lasso.modelType, Lasso.subModelType]).toEqual(["Linear", "Lasso"]);
    expect(Lasso.hyperparameters["alpha"]).toMatchObject({type: "NUMBER", defaultValue: 1});
    expect(Lasso.parameters["target_column"]).toMatchObject({type: "TEXT", isRequired: true});
    expect(models.AI_CAST.Base.hyperparameters["metric"]).toMatchObject({group: "metrics"});
    expect(models.Linear.keywords).toEqual(["linear", "regression"]);
  });

  it("name the nearest for a name that isn't there", () => {
    expect(() => models["AI_CATS"]).toThrow('There is no model type "AI_CATS": did you mean Ai Cast?');
    expect(() => models.Linear["Laso"]).toThrow(
      'There is no sub-model type of Linear "Laso": did you mean Lasso?'
    );
  });

  it("hide what the platform hides, and still find it", () => {
    const specs = structuredClone(decodedModelSpecs);
    specs["Linear"]!.subModelTypes[1]!.isHidden = true;
    specs["Svm"]!.isHidden = true;
    const some = modelTypes(specs);
    expect(some.Linear.types).toEqual(["Base", "Ridge"]);
    expect(some.Linear.help()).not.toContain("Lasso");
    expect(some.Linear.Lasso.name).toBe("Lasso");
    expect(some.types).not.toContain("Svm");
    expect(some.help()).not.toContain("Svm");
    expect(some.Svm.name).toBe("Svm");
  });
});
