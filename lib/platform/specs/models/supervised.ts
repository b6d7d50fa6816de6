// General models that learn a target column, after the names and defaults of scikit-learn.
import {supervised} from "../metrics.js";
import {boolean, model, number, parameter, subModel, text, ungrouped} from "../model.js";

const parameters = [parameter("target_column", {required: true})];
const metrics = supervised();
const trees = supervised("tree_base");

export const decisionTrees = model(
  "Decision Trees",
  ["tree"],
  [
    subModel("Base", {
      metrics: trees,
      parameters,
      hyperparameters: ungrouped([
        number("max_depth"),
        number("min_samples_leaf", {default: 1}),
        number("min_samples_split", {default: 2})
      ])
    })
  ]
);

export const estimators = model(
  "Estimators",
  ["ensemble"],
  [
    subModel("Gradient_Boosting", {
      metrics: trees,
      parameters,
      hyperparameters: ungrouped([
        number("n_estimators", {default: 100}),
        number("learning_rate", {default: 0.1}),
        number("max_depth", {default: 3})
      ])
    }),
    subModel("Random_Forest", {
      metrics: trees,
      parameters,
      hyperparameters: ungrouped([number("n_estimators", {default: 100}), number("max_depth")])
    })
  ]
);

export const gaussianProcess = model(
  "Gaussian Process",
  ["gaussian", "process"],
  [
    subModel("Base", {
      metrics,
      parameters,
      hyperparameters: ungrouped([
        number("alpha", {default: 1e-10}),
        boolean("normalize_y", {default: false})
      ])
    })
  ]
);

export const naiveBayes = model(
  "Naive Bayes",
  ["bayes", "classification"],
  [
    subModel("Gaussian", {
      metrics,
      parameters,
      hyperparameters: ungrouped([number("var_smoothing", {default: 1e-9})])
    }),
    subModel("Multinomial", {
      metrics,
      parameters,
      hyperparameters: ungrouped([number("alpha", {default: 1})])
    })
  ]
);

export const nearestNeighbors = model(
  "Nearest Neighbors",
  ["neighbors", "knn"],
  [
    subModel("Base", {
      metrics,
      parameters,
      hyperparameters: ungrouped([
        number("n_neighbors", {default: 5}),
        text("weights", {default: "uniform", options: ["uniform", "distance"]})
      ])
    })
  ]
);

export const svm = model(
  "Svm",
  ["svm", "support vector machine"],
  [
    subModel("Base", {
      metrics,
      parameters,
      hyperparameters: ungrouped([
        number("C", {default: 1}),
        text("kernel", {default: "rbf", options: ["linear", "poly", "rbf", "sigmoid"]})
      ])
    })
  ]
);
