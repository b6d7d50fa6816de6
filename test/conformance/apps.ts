// The apps that the document's samples name, with what they name in them.
import type {SeedApp, SeedDataset, SeedFlow, SeedModel} from "../../lib/platform/seed/types.js";

/** The table under "Downloading Your Existing Dataset". */
const sales = `Product (name/description),SKU/Unique Item ID,Channel/Location,Qty
Chocolate Chip Cookie,Chocolate_C123_Am,Amazon,166
Snickerdoodle Cookie,Snickerdoodle_C123_Am,Amazon,428
Ginger Cookie,Ginger_C123_Am,Amazon,271
Sugar Cookie,Sugar_C123_Am,Amazon,421
Double Chocolate Cookie,Double_C123_Am,Amazon,342
Oatmeal Cookie,Oatmeal_C123_Am,Amazon,198
`;

const dataset = (name: string, directory?: string): SeedDataset => ({
  name,
  ...(directory !== undefined && {directory}),
  csv: sales
});

/** Counts the rows by channel. */
const flow: SeedFlow = {
  name: "new flow",
  definition: {
    facets: [
      {
        facet_id: "0",
        facet_uid: "I_005",
        name: "",
        arguments: {dataset_id: {dataset: "my dataset"}, file_type: "csv", header: true, use_raw_file: false}
      },
      {
        facet_id: "1",
        facet_uid: "M_003",
        name: "",
        arguments: {output_column_name: "count", sort: true, target_columns: ["Channel/Location"]}
      },
      {
        facet_id: "2",
        facet_uid: "O_005",
        name: "",
        arguments: {dataset_name: "new flow output", file_type: "csv", header: true}
      }
    ],
    arrows: [
      {source: "0", destination: "1", arguments: {}},
      {source: "1", destination: "2", arguments: {}}
    ],
    arguments: {},
    variables: {},
    model_variables: {}
  }
};

const model = (name: string, modelType: string, subModelType: string, demo = false): SeedModel => ({
  name,
  modelType,
  subModelType,
  description: "",
  versions: demo ? [demoVersion] : []
});

/** The version under "Listing All Versions of a Model". */
const demoVersion: SeedModel["versions"][number] = {
  version: "Demo",
  hyperparameters: {
    C: 1,
    class_weight: null,
    dual: false,
    fit_intercept: true,
    intercept_scaling: 1,
    l1_ratio: null,
    max_iter: 100,
    multi_class: "auto",
    n_jobs: null,
    penalty: "l2",
    random_state: null,
    solver: "lbfgs",
    tol: 0.0001,
    verbose: 0,
    warm_start: false
  },
  metrics: {
    feature_importance: {},
    performance: {accuracy: {average_test: 0.96, average_train: 0.9666666666666667}}
  },
  createdAt: new Date(1661814764_000)
};

const empty = {description: "", datasets: [], models: []};

const whole = (name: string): SeedApp => ({
  name,
  description: "",
  directories: [{type: "DATASET", name: "[OUTPUT]"}],
  datasets: [dataset("[INPUT]", "[INPUT]"), dataset("my dataset")],
  models: [
    model("example_1", "Linear", "Base", true),
    model("example_2", "Time Series", "Additive"),
    model("example_3", "Ai Match", "Supervised"),
    model("example_4", "Ai Match", "Unsupervised")
  ],
  flows: [flow]
});

export const documentedApps: SeedApp[] = [
  whole("Start Here (Tutorial)"),
  whole("my app"),
  {name: "Example Project", ...empty},
  {name: "proj-1234", ...empty}
];
