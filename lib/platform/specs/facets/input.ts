// Where a flow's tables come from.
import {boolean, map, number, text} from "../argument.js";
import {facet, facetGroup} from "../facet.js";
import {customFacetIn, pythonIn} from "./code.js";

/** What a column of an imported file holds, when the file itself doesn't say it right. */
const dataTypes = map(
  "data_types",
  [
    text("column_name", {required: true}),
    map("data_formats", [text("key", {required: true}), text("value", {required: true})], {list: true}),
    text("data_type", {required: true, options: ["CATEGORICAL", "NUMERIC", "TEXT", "TIME"]})
  ],
  {list: true}
);

export const external = facetGroup("INPUT", "EXTERNAL", [
  customFacetIn("INPUT"),
  facet("INPUT_CONNECTOR", "I_002", [
    text("connector_id", {required: true}),
    text("table_name"),
    text("query")
  ]),
  pythonIn("INPUT"),
  facet("S3", "I_008", [
    text("connector_id", {required: true}),
    text("bucket", {required: true}),
    text("path", {required: true}),
    text("file_type", {options: ["csv", "xlsx", "xls"]})
  ])
]);

export const internal = facetGroup("INPUT", "INTERNAL", [
  facet("IMPORTED", "I_005", [
    text("dataset_id", {required: true}),
    boolean("use_raw_file", {required: true}),
    text("script"),
    text("libraries", {list: true}),
    text("file_type", {options: ["csv", "xlsx", "xls"]}),
    boolean("header", {default: true}),
    text("column_names", {list: true}),
    number("header_row_number"),
    text("sheet_name"),
    dataTypes
  ]),
  facet("LOAD", "I_006", [text("name", {required: true})])
]);

export const sap = facetGroup("INPUT", "SAP", [
  facet("HANA", "I_003", [text("connector_id", {required: true}), text("query", {required: true})])
]);
