// Every model type the platform knows, in the document's order.
import type {ModelSpec, ModelSpecs, SubModelSpec} from "../types.js";
import {aiLlm, aiMatch, aiPredict, embedding, llms} from "./ai.js";
import {aiCast, changePointDetection, reconciliation, supplyChain, timeSeries} from "./forecasting.js";
import {linear} from "./linear.js";
import {decisionTrees, estimators, gaussianProcess, naiveBayes, nearestNeighbors, svm} from "./supervised.js";
import {
  anomalyDetection,
  clustering,
  decomposition,
  dimensionalityReduction,
  imputation,
  matrixCompletion,
  vectorizer
} from "./unsupervised.js";

const models: ModelSpec[] = [
  aiCast,
  aiLlm,
  aiMatch,
  aiPredict,
  anomalyDetection,
  changePointDetection,
  clustering,
  decisionTrees,
  decomposition,
  dimensionalityReduction,
  embedding,
  estimators,
  gaussianProcess,
  imputation,
  linear,
  llms,
  matrixCompletion,
  naiveBayes,
  nearestNeighbors,
  reconciliation,
  supplyChain,
  svm,
  timeSeries,
  vectorizer
];

/** What `get-model-specs` answers. */
export const modelSpecs: ModelSpecs = Object.fromEntries(
  models.map((spec) => [spec.name.replaceAll(" ", "_"), spec])
);

const canonical = (name: string) => name.toLowerCase().replace(/[_ ]/g, "");

/** The sub-model of two names, written in any way (`AI_CAST`, `AiCast` and `Ai Cast` are one), or undefined. */
export function subModelSpec(modelType: string, subModelType: string): SubModelSpec | undefined {
  return models
    .find((spec) => canonical(spec.name) === canonical(modelType))
    ?.sub_model_types.find((spec) => canonical(spec.name) === canonical(subModelType));
}
