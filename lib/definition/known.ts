// The facets and models that the platform's document names. Others are found, too: this list is
// for editors, until `declarations` writes down what a platform really offers.

export interface KnownFacets {
  INPUT: "CUSTOM_FACET" | "HANA" | "IMPORTED" | "INPUT_CONNECTOR" | "LOAD" | "PYTHON" | "S3";
  MID:
    | "ADD_CURRENT_TIME"
    | "ADD_OR_SUBTRACT_TIME"
    | "ADD_PRIMARY_KEY"
    | "AI_CAST"
    | "AI_LLM"
    | "AI_MATCH"
    | "AI_PLAN"
    | "AI_PREDICT"
    | "CHANGE_TIME_GRANULARITY"
    | "COLUMN_VALUE"
    | "CONVERT"
    | "COPY"
    | "COUNT"
    | "CROSS_TAB"
    | "CUSTOM_FACET"
    | "DEDUPLICATE"
    | "DESCRIBE"
    | "DROP_COLUMNS"
    | "DROP_MISSING_VALUES"
    | "EDA"
    | "EDA_TIME_SERIES"
    | "FILL_MISSING_VALUES"
    | "FILTER"
    | "FILTER_BY_TIME"
    | "FIND_REPLACE"
    | "FREE_FORM_SQL"
    | "GET_TIME_UNIT"
    | "INTERPOLATE"
    | "JOIN"
    | "KEEP_HEADERS_ONLY"
    | "MELT"
    | "MULTI_INPUT_FORMULA"
    | "NEW_COLUMNS"
    | "PIVOT_TABLE"
    | "PREDICT"
    | "PYTHON"
    | "RENAME_COLUMNS"
    | "ROLLING_WINDOW"
    | "SAMPLE"
    | "SELECT"
    | "SORT"
    | "SUBSTITUTE"
    | "SUMMARY"
    | "TEXT_SPLIT"
    | "TIME_SERIES_ANALYSIS"
    | "TRANSPOSE"
    | "UNION";
  OUTPUT: "CUSTOM_FACET" | "DUMP" | "EXPORTED" | "HANA" | "OUTPUT_CONNECTOR" | "PYTHON" | "S3" | "SLACK";
}

/** Model types, and those of their sub-models that the document names. */
export interface KnownModels {
  "Ai Cast": "Base";
  "Ai Llm": never;
  "Ai Match": never;
  "Ai Predict": never;
  "Anomaly Detection": never;
  "Change Point Detection": never;
  Clustering: never;
  "Decision Trees": never;
  Decomposition: never;
  "Dimensionality Reduction": never;
  Embedding: never;
  Estimators: never;
  "Gaussian Process": never;
  Imputation: never;
  Linear: "Lasso";
  Llms: never;
  "Matrix Completion": never;
  "Naive Bayes": never;
  "Nearest Neighbors": never;
  Reconciliation: never;
  "Supply Chain": never;
  Svm: never;
  "Time Series": never;
  Vectorizer: never;
}
