// Every facet that runs, by its type's name.
import type {Facet} from "../step.js";
import {addCurrentTime} from "./add-current-time.js";
import {addOrSubtractTime} from "./add-or-subtract-time.js";
import {addPrimaryKey} from "./add-primary-key.js";
import {aiCast} from "./ai-cast.js";
import {changeTimeGranularity} from "./change-time-granularity.js";
import {columnValue} from "./column-value.js";
import {convert} from "./convert.js";
import {copy} from "./copy.js";
import {count} from "./count.js";
import {crossTab} from "./cross-tab.js";
import {customFacet} from "./custom-facet.js";
import {deduplicate} from "./deduplicate.js";
import {describe} from "./describe.js";
import {dropColumns} from "./drop-columns.js";
import {dropMissingValues} from "./drop-missing-values.js";
import {exported} from "./exported.js";
import {fillMissingValues} from "./fill-missing-values.js";
import {filterByTime} from "./filter-by-time.js";
import {filter} from "./filter.js";
import {findReplace} from "./find-replace.js";
import {freeFormSql} from "./free-form-sql.js";
import {getTimeUnit} from "./get-time-unit.js";
import {imported} from "./imported.js";
import {interpolate} from "./interpolate.js";
import {join} from "./join.js";
import {keepHeadersOnly} from "./keep-headers-only.js";
import {melt} from "./melt.js";
import {multiInputFormula} from "./multi-input-formula.js";
import {newColumns} from "./new-columns.js";
import {pivotTable} from "./pivot-table.js";
import {predict} from "./predict.js";
import {python} from "./python.js";
import {renameColumns} from "./rename-columns.js";
import {rollingWindow} from "./rolling-window.js";
import {sample} from "./sample.js";
import {select} from "./select.js";
import {sort} from "./sort.js";
import {substitute} from "./substitute.js";
import {summary} from "./summary.js";
import {textSplit} from "./text-split.js";
import {timeSeriesAnalysis} from "./time-series-analysis.js";
import {transpose} from "./transpose.js";
import {unavailable} from "./unavailable.js";
import {union} from "./union.js";

export const facets: Record<string, Facet> = {
  ...unavailable,
  ADD_CURRENT_TIME: addCurrentTime,
  ADD_OR_SUBTRACT_TIME: addOrSubtractTime,
  ADD_PRIMARY_KEY: addPrimaryKey,
  AI_CAST: aiCast,
  CHANGE_TIME_GRANULARITY: changeTimeGranularity,
  COLUMN_VALUE: columnValue,
  CONVERT: convert,
  COPY: copy,
  COUNT: count,
  CROSS_TAB: crossTab,
  CUSTOM_FACET: customFacet,
  DEDUPLICATE: deduplicate,
  DESCRIBE: describe,
  DROP_COLUMNS: dropColumns,
  DROP_MISSING_VALUES: dropMissingValues,
  EXPORTED: exported,
  FILL_MISSING_VALUES: fillMissingValues,
  FILTER: filter,
  FILTER_BY_TIME: filterByTime,
  FIND_REPLACE: findReplace,
  FREE_FORM_SQL: freeFormSql,
  GET_TIME_UNIT: getTimeUnit,
  IMPORTED: imported,
  INTERPOLATE: interpolate,
  JOIN: join,
  KEEP_HEADERS_ONLY: keepHeadersOnly,
  MELT: melt,
  MULTI_INPUT_FORMULA: multiInputFormula,
  NEW_COLUMNS: newColumns,
  PIVOT_TABLE: pivotTable,
  PREDICT: predict,
  PYTHON: python,
  RENAME_COLUMNS: renameColumns,
  ROLLING_WINDOW: rollingWindow,
  SAMPLE: sample,
  SELECT: select,
  SORT: sort,
  SUBSTITUTE: substitute,
  SUMMARY: summary,
  TEXT_SPLIT: textSplit,
  TIME_SERIES_ANALYSIS: timeSeriesAnalysis,
  TRANSPOSE: transpose,
  UNION: union
};

/** Facets that look at each row by itself, so that reading their output twice costs hardly more than storing it. */
export const rowwise = new Set([
  "ADD_CURRENT_TIME",
  "ADD_OR_SUBTRACT_TIME",
  "CONVERT",
  "COPY",
  "DROP_COLUMNS",
  "DROP_MISSING_VALUES",
  "EXPORTED",
  "FILTER",
  "FILTER_BY_TIME",
  "FIND_REPLACE",
  "GET_TIME_UNIT",
  "IMPORTED",
  "KEEP_HEADERS_ONLY",
  "MULTI_INPUT_FORMULA",
  "NEW_COLUMNS",
  "RENAME_COLUMNS",
  "SELECT",
  "TEXT_SPLIT"
]);

/** Others that read their input once, whatever that input is; the rest store it, to go by the order of its rows. */
export const readsOnce = new Set([
  ...rowwise,
  "CHANGE_TIME_GRANULARITY",
  "COUNT",
  "FREE_FORM_SQL",
  "MELT",
  "SUMMARY",
  "UNION"
]);
