// General models without a target, after the names and defaults of scikit-learn.
import {unsupervised} from "../metrics.js";
import {boolean, model, number, parameter, subModel, text, ungrouped} from "../model.js";

const parameters = [parameter("input_columns", {list: true})];
const components = number("n_components", {default: 2});

export const anomalyDetection = model(
  "Anomaly Detection",
  ["anomaly", "outlier"],
  [
    subModel("Isolation_Forest", {
      metrics: unsupervised(),
      parameters,
      hyperparameters: ungrouped([
        number("n_estimators", {default: 100}),
        number("contamination", {default: 0.1})
      ])
    }),
    subModel("Local_Outlier_Factor", {
      metrics: unsupervised(),
      parameters,
      hyperparameters: ungrouped([
        number("n_neighbors", {default: 20}),
        number("contamination", {default: 0.1})
      ])
    })
  ]
);

export const clustering = model(
  "Clustering",
  ["cluster"],
  [
    subModel("Dbscan", {
      metrics: unsupervised("silhouette_score"),
      parameters,
      hyperparameters: ungrouped([number("eps", {default: 0.5}), number("min_samples", {default: 5})])
    }),
    subModel("K_Means", {
      metrics: unsupervised("silhouette_score"),
      parameters,
      hyperparameters: ungrouped([number("n_clusters", {default: 8}), number("max_iter", {default: 300})])
    })
  ]
);

export const decomposition = model(
  "Decomposition",
  ["matrix", "factorization"],
  [
    subModel("Nmf", {metrics: unsupervised(), parameters, hyperparameters: ungrouped([components])}),
    subModel("Truncated_Svd", {metrics: unsupervised(), parameters, hyperparameters: ungrouped([components])})
  ]
);

export const dimensionalityReduction = model(
  "Dimensionality Reduction",
  ["dimension", "embedding"],
  [
    subModel("Pca", {
      metrics: unsupervised("explained_variance"),
      parameters,
      hyperparameters: ungrouped([components, boolean("whiten", {default: false})])
    }),
    subModel("Tsne", {
      metrics: unsupervised(),
      parameters,
      hyperparameters: ungrouped([components, number("perplexity", {default: 30})])
    })
  ]
);

export const imputation = model(
  "Imputation",
  ["missing values"],
  [
    subModel("Knn", {
      metrics: unsupervised(),
      parameters,
      hyperparameters: ungrouped([number("n_neighbors", {default: 5})])
    }),
    subModel("Simple", {
      metrics: unsupervised(),
      parameters,
      hyperparameters: ungrouped([
        text("strategy", {default: "mean", options: ["mean", "median", "most_frequent", "constant"]})
      ])
    })
  ]
);

export const matrixCompletion = model(
  "Matrix Completion",
  ["matrix", "missing values"],
  [
    subModel("Base", {
      metrics: unsupervised("mean_squared_error"),
      parameters,
      hyperparameters: ungrouped([number("rank", {default: 5}), number("max_iter", {default: 100})])
    })
  ]
);

/** Of OpenAI, as its guide to embeddings lists them. */
const embeddingModel = text("embedding_model", {
  default: "text-embedding-ada-002",
  options: ["text-embedding-ada-002", "text-embedding-3-small", "text-embedding-3-large"]
});

const inputColumn = [parameter("input_column", {required: true})];

export const vectorizer = model(
  "Vectorizer",
  ["text", "vector"],
  [
    subModel("Count", {
      metrics: unsupervised(),
      parameters: inputColumn,
      hyperparameters: ungrouped([number("max_features")])
    }),
    subModel("Tfidf", {
      metrics: unsupervised(),
      parameters: inputColumn,
      hyperparameters: ungrouped([number("max_features"), boolean("use_idf", {default: true})])
    }),
    subModel("OpenAI", {
      metrics: unsupervised(),
      parameters: inputColumn,
      hyperparameters: ungrouped([embeddingModel])
    })
  ]
);
