// Facets that stand alone: type conversion and exploratory analysis.
import {map, targetColumns, text} from "../argument.js";
import {facet, facetGroup} from "../facet.js";

export const conversion = facetGroup("MID", "CONVERSION", [
  facet(
    "CONVERT",
    "M_038",
    [
      map(
        "columns",
        [
          text("column_name", {required: true}),
          text("data_type", {required: true, options: ["CATEGORICAL", "NUMERIC", "TEXT", "TIME"]}),
          text("time_format")
        ],
        {list: true, required: true}
      )
    ],
    {keywords: ["cast", "type"]}
  )
]);

export const exploration = facetGroup("MID", "EXPLORATION", [
  facet("EDA", "M_039", [targetColumns({})], {keywords: ["explore"]}),
  facet(
    "EDA_TIME_SERIES",
    "M_042",
    [
      text("time_column", {required: true}),
      text("identifier_columns", {list: true}),
      text("value_column", {required: true})
    ],
    {keywords: ["explore"]}
  )
]);
