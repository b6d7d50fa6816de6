// The platform's own models, besides aiCast, and those that ask a language model.
import {supervised, unsupervised} from "../metrics.js";
import {boolean, model, number, parameter, subModel, text, ungrouped} from "../model.js";

const target = parameter("target_column", {required: true});

const match = [
  parameter("left_columns", {required: true, list: true}),
  parameter("right_columns", {required: true, list: true})
];

const prompt = [parameter("prompt", {required: true}), parameter("input_columns", {list: true})];

const asking = ungrouped([number("temperature", {default: 0}), number("max_tokens", {default: 256})]);

export const aiLlm = model(
  "Ai Llm",
  ["AI", "LLM", "text"],
  [subModel("Base", {metrics: unsupervised(), parameters: prompt, hyperparameters: asking})]
);

export const aiMatch = model(
  "Ai Match",
  ["AI", "match", "reconciliation", "AiMatch"],
  [
    subModel("Supervised", {
      metrics: unsupervised("accuracy", "precision", "recall"),
      parameters: [...match, parameter("label_column", {required: true})],
      hyperparameters: ungrouped([number("threshold", {default: 0.5})])
    }),
    subModel("Unsupervised", {
      metrics: unsupervised(),
      parameters: match,
      hyperparameters: ungrouped([number("threshold", {default: 0.5})])
    })
  ]
);

export const aiPredict = model(
  "Ai Predict",
  ["AI", "predict", "auto", "ML", "AiPredict"],
  [
    subModel("Base", {
      metrics: supervised(),
      parameters: [target],
      hyperparameters: ungrouped([
        number("time_budget", {default: 100}),
        text("eval_method", {default: "cv", options: ["cv", "holdout"]}),
        boolean("best_model_only", {default: true})
      ])
    })
  ]
);

export const llms = model(
  "Llms",
  ["LLM", "text"],
  [subModel("Base", {metrics: unsupervised(), parameters: prompt, hyperparameters: asking})]
);

export const embedding = model(
  "Embedding",
  ["text", "vector"],
  [
    subModel("Base", {
      metrics: unsupervised(),
      parameters: [parameter("input_columns", {required: true, list: true})],
      hyperparameters: ungrouped([
        number("output_dimensions", {default: 1}),
        text("embedding_model", {
          default: "text-embedding-ada-002",
          options: ["text-embedding-ada-002"]
        })
      ])
    })
  ]
);
