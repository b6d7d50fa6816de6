// Facets about more than one table.
import {targetColumn, text} from "../argument.js";
import {facet, facetGroup} from "../facet.js";

const leftOrRight = [text("table_side", {required: true, options: ["left", "right"]})];
const topOrBottom = [text("table_side", {required: true, options: ["top", "bottom"]})];

export const tables = facetGroup("MID", "TABLES", [
  // Keeps the left table's rows whose column has a value that the right table's column holds, or the others.
  facet(
    "COLUMN_VALUE",
    "M_034",
    [
      text("left_column", {required: true}),
      text("right_column", {required: true}),
      text("option", {default: "keep", options: ["keep", "drop"]})
    ],
    {parents: [2, 2], inArrows: leftOrRight}
  ),
  facet("COPY", "M_035"),
  facet(
    "JOIN",
    "M_036",
    [
      text("left_columns", {list: true}),
      text("right_columns", {list: true}),
      text("option", {default: "inner", options: ["inner", "left", "right", "full", "cross"]}),
      text("left_suffix", {default: "_left"}),
      text("right_suffix", {default: "_right"})
    ],
    {parents: [2, 2], inArrows: leftOrRight, keywords: ["merge"]}
  ),
  // Replaces the left table's values by those that the right table pairs them with.
  facet(
    "SUBSTITUTE",
    "M_037",
    [targetColumn, text("find_column", {required: true}), text("replace_column", {required: true})],
    {parents: [2, 2], inArrows: leftOrRight}
  ),
  facet("UNION", "M_019", [text("option", {default: "full", options: ["full", "common", "top"]})], {
    parents: [2, 2],
    inArrows: topOrBottom,
    keywords: ["append", "concatenate"]
  })
]);
