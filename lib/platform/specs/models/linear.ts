// Linear models, after the names and defaults of scikit-learn.
import {supervised} from "../metrics.js";
import {boolean, model, number, parameter, subModel, text, ungrouped} from "../model.js";

const parameters = [parameter("target_column", {required: true})];
const metrics = supervised("linear_base");
// Help shows what a person tunes; the rest is taken when it is given.
const fitIntercept = boolean("fit_intercept", {default: true, hidden: true});
const iterations = [
  number("max_iter", {default: 1000, hidden: true}),
  number("tol", {default: 0.0001, hidden: true})
];

export const linear = model(
  "Linear",
  ["linear", "regression"],
  [
    subModel("Base", {
      keywords: ["base", "linear"],
      metrics,
      parameters,
      hyperparameters: ungrouped([
        boolean("fit_intercept", {default: true}),
        number("C", {default: 1, hidden: true}),
        text("penalty", {default: "l2", options: ["l2", "none"], hidden: true}),
        ...iterations
      ])
    }),
    subModel("Lasso", {
      keywords: ["lasso", "linear"],
      metrics,
      parameters,
      hyperparameters: ungrouped([number("alpha", {default: 1}), fitIntercept, ...iterations])
    }),
    subModel("Ridge", {
      keywords: ["ridge", "linear"],
      metrics,
      parameters,
      hyperparameters: ungrouped([number("alpha", {default: 1}), fitIntercept])
    })
  ]
);
