// Facets that know about time.
import {
  aggregateFunctions,
  aggregations,
  groupColumns,
  number,
  outputColumnName,
  targetColumn,
  targetColumns,
  text,
  timeUnits
} from "../argument.js";
import {facet, facetGroup} from "../facet.js";

const timeColumn = text("time_column", {required: true});

export const time = facetGroup("MID", "TIME", [
  facet("ADD_CURRENT_TIME", "M_028", [outputColumnName()], {keywords: ["now"]}),
  facet("ADD_OR_SUBTRACT_TIME", "M_029", [
    targetColumn,
    text("operation", {default: "add", options: ["add", "subtract"]}),
    number("amount", {required: true}),
    text("unit", {required: true, options: timeUnits}),
    outputColumnName({})
  ]),
  facet(
    "CHANGE_TIME_GRANULARITY",
    "M_030",
    [timeColumn, text("granularity", {required: true, options: timeUnits}), groupColumns, aggregations],
    {keywords: ["resample"]}
  ),
  facet("FILTER_BY_TIME", "M_031", [timeColumn, text("start_time"), text("end_time")]),
  facet("GET_TIME_UNIT", "M_032", [
    targetColumn,
    text("unit", {
      required: true,
      options: [
        "year",
        "quarter",
        "month",
        "week",
        "day",
        "day_of_week",
        "day_of_year",
        "hour",
        "minute",
        "second"
      ]
    }),
    outputColumnName()
  ]),
  facet(
    "ROLLING_WINDOW",
    "M_033",
    [
      targetColumns(),
      timeColumn,
      groupColumns,
      number("window", {required: true}),
      number("minimum_periods"),
      text("function", {
        default: "mean",
        options: aggregateFunctions.filter((name) => name !== "count_distinct")
      })
    ],
    {keywords: ["moving average"]}
  )
]);
