// Where a flow's tables go to.
import {boolean, text} from "../argument.js";
import {facet, facetGroup} from "../facet.js";
import {customFacetIn, pythonIn} from "./code.js";

export const external = facetGroup("OUTPUT", "EXTERNAL", [
  customFacetIn("OUTPUT"),
  facet("OUTPUT_CONNECTOR", "O_002", [
    text("connector_id", {required: true}),
    text("table_name", {required: true})
  ]),
  pythonIn("OUTPUT"),
  facet("S3", "O_008", [
    text("connector_id", {required: true}),
    text("bucket", {required: true}),
    text("path", {required: true}),
    text("file_type", {options: ["csv", "xlsx"]})
  ]),
  facet("SLACK", "O_009", [
    text("connector_id", {required: true}),
    text("channel", {required: true}),
    text("message", {required: true})
  ])
]);

export const intermediate = facetGroup("OUTPUT", "INTERMEDIATE", [
  facet("DUMP", "O_004", [text("name", {required: true})])
]);

export const internal = facetGroup("OUTPUT", "INTERNAL", [
  facet("EXPORTED", "O_005", [
    text("dataset_name", {required: true}),
    text("file_type", {default: "csv", options: ["csv"]}),
    boolean("header", {default: true})
  ])
]);

export const sap = facetGroup("OUTPUT", "SAP", [
  facet("HANA", "O_003", [text("connector_id", {required: true}), text("table_name", {required: true})])
]);
