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

const nothing = {feature_importance: {}, performance: {}};

/** What a language model is told to do. */
const instructions = (told: string) => text("instructions", {default: told});

export const aiLlm = model(
  "Ai Llm",
  ["ai", "llm", "predict"],
  [
    subModel("Classification", {metrics: nothing, parameters: [target]}),
    subModel("Regression", {keywords: ["Regression"], metrics: nothing, parameters: [target]}),
    subModel("Question Answer", {keywords: ["Question Answer"], metrics: nothing, parameters: []}),
    subModel("Custom", {
      metrics: nothing,
      parameters: [],
      hyperparameters: ungrouped([
        boolean("nearest_neighbors", {default: true}),
        boolean("is_json", {default: false}),
        text("system_context_template", {default: ""}),
        text("train_unique_output_options_column", {default: ""}),
        text("query_unique_output_options_column", {default: ""}),
        text("prompt_template", {default: ""}),
        text("nearest_neighbor_input_columns", {list: true, default: ""}),
        text("nearest_neighbor_output_column", {default: ""}),
        text("predict_input_columns", {list: true, default: ""})
      ])
    }),
    subModel("Chat", {
      keywords: ["Chat"],
      metrics: nothing,
      parameters: [],
      hyperparameters: ungrouped([
        boolean("new_chat", {default: false}),
        instructions("You are a friendly chatbot that answers questions")
      ])
    }),
    subModel("Summary", {
      keywords: ["Summary"],
      metrics: nothing,
      parameters: [],
      hyperparameters: ungrouped([instructions("Summarize the information given")])
    }),
    subModel("Generate", {
      keywords: ["Generate"],
      metrics: nothing,
      parameters: [],
      hyperparameters: ungrouped([
        instructions("Follow instructions to generate information"),
        text("reference_scope", {
          default: "nearest_neighbors",
          options: ["nearest_neighbors", "entire_dataset"]
        }),
        boolean("output_json", {default: false}),
        number("number_of_generations", {default: 1}),
        boolean("add_ranking", {default: false}),
        number("temperature", {default: 0})
      ])
    }),
    subModel("Flow Search", {
      keywords: ["Flow Search", "Flow to Description"],
      metrics: nothing,
      parameters: []
    })
  ]
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
    }),
    subModel("Lgmt1", {
      metrics: unsupervised(),
      parameters: [parameter("input_columns", {required: true, list: true})],
      hyperparameters: ungrouped([boolean("use_scaling", {default: false})])
    })
  ]
);
