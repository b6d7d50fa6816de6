// Facets that reshape one table.
import {
  aggregateFunctions,
  aggregations,
  boolean,
  groupColumns,
  map,
  number,
  outputColumnName,
  targetColumn,
  targetColumns,
  text
} from "../argument.js";
import {facet, facetGroup} from "../facet.js";

const someColumns = targetColumns({});

/** One comparison; the operators that need no value (`is_empty`, `is_not_empty`) go without. */
const conditions = map(
  "conditions",
  [
    text("column_name", {required: true}),
    text("operator", {
      required: true,
      options: [
        "equals",
        "not_equals",
        "greater_than",
        "greater_than_or_equals",
        "less_than",
        "less_than_or_equals",
        "contains",
        "not_contains",
        "starts_with",
        "ends_with",
        "in",
        "not_in",
        "is_empty",
        "is_not_empty"
      ]
    }),
    text("value"),
    text("values", {list: true})
  ],
  {list: true}
);

export const wrangling = facetGroup("MID", "WRANGLING", [
  facet("ADD_PRIMARY_KEY", "M_001", [outputColumnName({default: "primary_key"})], {
    keywords: ["id", "index"]
  }),
  facet("COUNT", "M_003", [
    outputColumnName({default: "count"}),
    boolean("sort", {default: true}),
    targetColumns()
  ]),
  facet("CROSS_TAB", "M_004", [
    text("row_columns", {required: true, list: true}),
    text("column_name", {required: true})
  ]),
  facet("DEDUPLICATE", "M_005", [someColumns, text("keep", {default: "first", options: ["first", "last"]})], {
    keywords: ["distinct", "unique"]
  }),
  facet("DESCRIBE", "M_006", [someColumns], {keywords: ["statistics"]}),
  facet("DROP_COLUMNS", "M_007", [targetColumns()]),
  facet(
    "DROP_MISSING_VALUES",
    "M_008",
    [someColumns, text("how", {default: "any", options: ["any", "all"]})],
    {keywords: ["null", "empty"]}
  ),
  facet(
    "FILL_MISSING_VALUES",
    "M_009",
    [
      someColumns,
      text("method", {
        default: "value",
        options: ["value", "forward_fill", "backward_fill", "mean", "median", "mode", "min", "max", "zero"]
      }),
      text("value"),
      groupColumns
    ],
    {keywords: ["null", "empty"]}
  ),
  facet(
    "FILTER",
    "M_010",
    [conditions, text("combine", {default: "and", options: ["and", "or"]}), text("formula")],
    {keywords: ["where"]}
  ),
  facet("FIND_REPLACE", "M_011", [
    someColumns,
    text("find", {required: true}),
    text("replace", {required: true}),
    text("match", {default: "part", options: ["part", "cell", "regex"]})
  ]),
  facet("FREE_FORM_SQL", "M_012", [text("query", {required: true})], {
    parents: [1, 100],
    inArrows: [text("table_name")],
    keywords: ["query", "select"]
  }),
  facet("INTERPOLATE", "M_013", [
    targetColumns(),
    text("order_column"),
    groupColumns,
    text("method", {default: "linear", options: ["linear", "previous", "next", "nearest"]})
  ]),
  facet("KEEP_HEADERS_ONLY", "M_014"),
  facet(
    "MELT",
    "M_015",
    [
      text("id_columns", {required: true, list: true}),
      text("value_columns", {list: true}),
      text("variable_column_name", {default: "variable"}),
      text("value_column_name", {default: "value"})
    ],
    {keywords: ["unpivot", "long"]}
  ),
  facet("MULTI_INPUT_FORMULA", "M_017", [
    targetColumns(),
    text("formula", {
      required: true,
      options: [
        "sum",
        "difference",
        "product",
        "quotient",
        "mean",
        "min",
        "max",
        "concatenate",
        "first_present"
      ]
    }),
    outputColumnName()
  ]),
  facet(
    "NEW_COLUMNS",
    "M_018",
    [
      map("new_columns", [text("column_name", {required: true}), text("formula", {required: true})], {
        list: true,
        required: true
      })
    ],
    {keywords: ["formula", "calculate"]}
  ),
  facet(
    "PIVOT_TABLE",
    "M_020",
    [
      text("index_columns", {required: true, list: true}),
      text("column_name", {required: true}),
      text("value_column", {required: true}),
      text("function", {default: "sum", options: aggregateFunctions})
    ],
    {keywords: ["wide"]}
  ),
  facet("RENAME_COLUMNS", "M_021", [
    map("columns", [text("column_name", {required: true}), text("new_name", {required: true})], {
      list: true,
      required: true
    })
  ]),
  facet("SAMPLE", "M_022", [number("number_of_rows"), number("fraction"), number("seed", {default: 42})], {
    keywords: ["random"]
  }),
  facet("SELECT", "M_023", [targetColumns()]),
  facet(
    "SORT",
    "M_024",
    [
      map(
        "sort_by",
        [
          text("column_name", {required: true}),
          text("order", {default: "ascending", options: ["ascending", "descending"]})
        ],
        {list: true, required: true}
      )
    ],
    {keywords: ["order"]}
  ),
  facet("SUMMARY", "M_025", [groupColumns, aggregations], {keywords: ["group", "aggregate"]}),
  facet("TEXT_SPLIT", "M_026", [
    targetColumn,
    text("delimiter", {required: true}),
    text("output_column_names", {required: true, list: true})
  ]),
  facet("TRANSPOSE", "M_027", [text("header_column")])
]);
