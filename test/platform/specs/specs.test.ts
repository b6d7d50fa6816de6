// The specs against the user's document: names, order, help text, and what the wire's shape promises.
import {describe, expect, it} from "vitest";
import {
  argumentOf,
  facetByUid,
  facetSpecs,
  modelSpecs,
  subModelSpec,
  type ArgumentSpec,
  type ChainGroup,
  type FacetSpec
} from "../../../lib/platform/specs/index.js";

/** Types as the Python client lists them: its ChainMap walks the groups from the last to the first. */
const listed = (chain: ChainGroup) =>
  Object.values(facetSpecs[chain])
    .reverse()
    .flatMap((group) => Object.keys(group));

const everyFacet: FacetSpec[] = Object.values(facetSpecs).flatMap((groups) =>
  Object.values(groups).flatMap((group) => Object.values(group))
);

/** A facet argument's line in the Python client's help. */
function help(argument: ArgumentSpec): string[] {
  const type =
    (argument.is_list ? `list[${argument.argument_type}]` : argument.argument_type) +
    (argument.is_required ? " | None" : "");
  const children = Object.values(argument.children);
  if (children.length > 0) {
    const [open, close] = argument.is_list ? ["[{", "}]"] : ["{", "}"];
    return [
      `${argument.name}: ${type} = ${open}`,
      ...children.flatMap(help).map((line) => `  ${line}`),
      close
    ];
  }
  const value = argument.default_value === true ? " = True" : "";
  const options = argument.options.length > 0 ? `  options=[${argument.options.join("|")}]` : "";
  return [`${argument.name}: ${type}${value}${options}`];
}

describe("facet specs", () => {
  it("list the document's facets in its order", () => {
    expect(listed("INPUT").join(" ")).toBe("HANA IMPORTED LOAD CUSTOM_FACET INPUT_CONNECTOR PYTHON S3");
    expect(listed("MID").join(" ")).toBe(
      "ADD_PRIMARY_KEY COUNT CROSS_TAB DEDUPLICATE DESCRIBE DROP_COLUMNS DROP_MISSING_VALUES FILL_MISSING_VALUES " +
        "FILTER FIND_REPLACE FREE_FORM_SQL INTERPOLATE KEEP_HEADERS_ONLY MELT MULTI_INPUT_FORMULA NEW_COLUMNS " +
        "PIVOT_TABLE RENAME_COLUMNS SAMPLE SELECT SORT SUMMARY TEXT_SPLIT TRANSPOSE ADD_CURRENT_TIME " +
        "ADD_OR_SUBTRACT_TIME CHANGE_TIME_GRANULARITY FILTER_BY_TIME GET_TIME_UNIT ROLLING_WINDOW COLUMN_VALUE COPY " +
        "JOIN SUBSTITUTE UNION AI_CAST AI_LLM AI_MATCH AI_PLAN AI_PREDICT PREDICT TIME_SERIES_ANALYSIS CONVERT EDA " +
        "EDA_TIME_SERIES CUSTOM_FACET PYTHON"
    );
    expect(listed("OUTPUT").join(" ")).toBe(
      "HANA EXPORTED DUMP CUSTOM_FACET OUTPUT_CONNECTOR PYTHON S3 SLACK"
    );
  });

  it("keep the known uids, and no uid twice", () => {
    const name = (uid: string) => facetByUid(uid)?.facet_info.facet_type;
    expect(["I_005", "M_003", "M_016", "M_019", "O_005"].map(name)).toEqual([
      "IMPORTED",
      "COUNT",
      "PREDICT",
      "UNION",
      "EXPORTED"
    ]);
    expect(name("M_999")).toBeUndefined();
    const uids = everyFacet.map((facet) => facet.facet_info.facet_uid);
    expect(new Set(uids).size).toBe(uids.length);
  });

  it("begin each uid with its chain's letter", () => {
    for (const {facet_info} of everyFacet) expect(facet_info.facet_uid[0]).toBe(facet_info.chain_group[0]);
  });

  it("give Imported the document's help", () => {
    expect(facetByUid("I_005")!.facet_arguments.flatMap(help).join("\n")).toBe(
      `dataset_id: TEXT | None
use_raw_file: BOOLEAN | None
script: TEXT
libraries: list[TEXT]
file_type: TEXT  options=[csv|xlsx|xls]
header: BOOLEAN = True
column_names: list[TEXT]
header_row_number: NUMBER
sheet_name: TEXT
data_types: list[MAP] = [{
  column_name: TEXT | None
  data_formats: list[MAP] = [{
    key: TEXT | None
    value: TEXT | None
  }]
  data_type: TEXT | None  options=[CATEGORICAL|NUMERIC|TEXT|TIME]
}]`
    );
  });

  it("name the model and its version in every model facet", () => {
    for (const facet of Object.values(facetSpecs.MID.MACHINE_LEARNING!)) {
      expect(argumentOf(facet, "model_name")?.is_required).toBe(true);
      // PREDICT takes it as `version`, too.
      const isPredict = facet.facet_info.facet_type === "PREDICT";
      expect(argumentOf(facet, "model_version")?.is_required).toBe(!isPredict);
      expect(argumentOf(facet, "version") !== undefined).toBe(isPredict);
    }
  });
});

describe("model specs", () => {
  it("list the document's models in its order", () => {
    expect(Object.values(modelSpecs).map((model) => model.name)).toEqual([
      "Ai Cast",
      "Ai Llm",
      "Ai Match",
      "Ai Predict",
      "Anomaly Detection",
      "Change Point Detection",
      "Clustering",
      "Decision Trees",
      "Decomposition",
      "Dimensionality Reduction",
      "Embedding",
      "Estimators",
      "Gaussian Process",
      "Imputation",
      "Linear",
      "Llms",
      "Matrix Completion",
      "Naive Bayes",
      "Nearest Neighbors",
      "Reconciliation",
      "Supply Chain",
      "Svm",
      "Time Series",
      "Vectorizer"
    ]);
  });

  it("are found however their names are written", () => {
    expect(subModelSpec("AI_CAST", "base")).toBe(subModelSpec("AiCast", "Base"));
    expect(subModelSpec("Linear", "lasso")?.name).toBe("Lasso");
    expect(subModelSpec("Linear", "Cubic")).toBeUndefined();
  });

  it("give every hyperparameter of a sub-model a group, or none", () => {
    for (const {sub_model_types} of Object.values(modelSpecs)) {
      for (const {hyperparameters} of sub_model_types) {
        const grouped = Object.values(hyperparameters).map((h) => h.hyperparameter_group !== null);
        expect(new Set(grouped).size).toBeLessThanOrEqual(1);
      }
    }
  });

  it("agree with the arguments of aiCast's facet, group by group", () => {
    const facet = facetSpecs.MID.MACHINE_LEARNING!.AI_CAST!;
    const {hyperparameters} = subModelSpec("Ai Cast", "Base")!;
    for (const group of ["processing", "model_selection", "metrics"]) {
      const names = Object.values(hyperparameters)
        .filter((h) => h.hyperparameter_group === group)
        .map((h) => h.name);
      expect(Object.keys(argumentOf(facet, group)!.children).sort()).toEqual(names.sort());
    }
    expect(argumentOf(facet, "metrics")!.is_list).toBe(true);
  });

  it("have what was learned of the platform later", () => {
    const options = (names: [string, string], name: string) =>
      subModelSpec(...names)!.hyperparameters[name]!.options;
    expect(options(["Ai Cast", "Base"], "models_to_include")).toContain("Tsfm0");
    expect(options(["Ai Cast", "Base"], "fill_missing_values").join()).toBe("forward_fill,mean,linear,zero");
    expect(options(["Vectorizer", "OpenAI"], "embedding_model")).toContain("text-embedding-ada-002");
    expect(subModelSpec("Embedding", "Lgmt1")!.hyperparameters.use_scaling!.hyperparameter_type).toBe(
      "BOOLEAN"
    );
    const {parameters, hyperparameters} = subModelSpec("Change Point Detection", "Base")!;
    expect(parameters.identifier_columns!.is_required).toBe(true);
    expect(hyperparameters.window_size!.is_required).toBe(false);
    expect(
      Object.values(modelSpecs)
        .find(({name}) => name === "Ai Llm")!
        .sub_model_types.map(({name}) => name)
        .join()
    ).toBe("Classification,Regression,Question Answer,Custom,Chat,Summary,Generate,Flow Search");
  });

  it("show in aiCast's and Lasso's help what the document shows", () => {
    const shown = (...names: [string, string]) =>
      Object.values(subModelSpec(...names)!.hyperparameters)
        .filter((h) => !h.is_hidden)
        .map((h) => h.name)
        .join(" ");
    expect(shown("Ai Cast", "Base")).toBe(
      "type hierarchical_type models_to_include eval_method time_budget computation_budget enable_parallel_processing " +
        "best_model_only confidence fine_tune experiment_selection return_all_levels fill_missing_values drop_threshold " +
        "include_reals nonnegative interval_to_predict metric"
    );
    expect(shown("Linear", "Lasso")).toBe("alpha");
    expect(subModelSpec("Linear", "Lasso")!.hyperparameters).toHaveProperty("fit_intercept");
  });
});
