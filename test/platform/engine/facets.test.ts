// Each facet as an example over a table that one can see through.
import {describe, expect, it} from "vitest";
import {csv, through} from "./flows.js";

const sales = csv`
  shop  | day        | amount | note
  north | 2024-01-01 | 10     | a b
  south | 2024-01-02 | 2.5    |
  north | 2024-01-31 |        | b
  south | 2024-02-01 | 7      | a b
`;

/** Facet, arguments, and what comes out of `sales`. */
const examples: [string, string, Record<string, unknown>, string][] = [
  ["hands a table on", "COPY", {}, sales.replace("10,", "10.0,").replace("7,", "7.0,")],
  ["keeps the header", "KEEP_HEADERS_ONLY", {}, "shop,day,amount,note"],
  [
    "counts, the most frequent first",
    "COUNT",
    {output_column_name: "n", sort: true, target_columns: ["note"]},
    csv`
      note | n
      a b  | 2
      b    | 1
           | 1
    `
  ],
  [
    "counts, told no more than which columns",
    "COUNT",
    {target_columns: ["note"]},
    csv`
      note | count
      a b  | 2
      b    | 1
           | 1
    `
  ],
  [
    "counts in the order of values",
    "COUNT",
    {output_column_name: "n", sort: false, target_columns: ["shop", "note"]},
    csv`
      shop  | note | n
      north | a b  | 1
      north | b    | 1
      south | a b  | 1
      south |      | 1
    `
  ],
  [
    "selects in the order of the argument",
    "SELECT",
    {target_columns: ["amount", "shop"]},
    "amount,shop\n10.0,north\n2.5,south\n,north\n7.0,south"
  ],
  [
    "drops columns",
    "DROP_COLUMNS",
    {target_columns: ["day", "amount", "note"]},
    "shop\nnorth\nsouth\nnorth\nsouth"
  ],
  [
    "renames, even crosswise",
    "RENAME_COLUMNS",
    {
      columns: [
        {column_name: "shop", new_name: "note"},
        {column_name: "note", new_name: "shop"}
      ]
    },
    csv`
      note  | day        | amount | shop
      north | 2024-01-01 | 10.0   | a b
      south | 2024-01-02 | 2.5    |
      north | 2024-01-31 |        | b
      south | 2024-02-01 | 7.0    | a b
    `
  ],
  [
    "filters by all conditions",
    "FILTER",
    {
      conditions: [
        {column_name: "amount", operator: "greater_than", value: "3"},
        {column_name: "shop", operator: "equals", value: "south"}
      ]
    },
    "shop,day,amount,note\nsouth,2024-02-01,7.0,a b"
  ],
  [
    "filters by any condition",
    "FILTER",
    {
      combine: "or",
      conditions: [
        {column_name: "amount", operator: "is_empty"},
        {column_name: "day", operator: "in", values: ["2024-01-02"]}
      ]
    },
    "shop,day,amount,note\nsouth,2024-01-02,2.5,\nnorth,2024-01-31,,b"
  ],
  [
    "keeps missing values that are not equal",
    "FILTER",
    {conditions: [{column_name: "note", operator: "not_equals", value: "a b"}]},
    "shop,day,amount,note\nsouth,2024-01-02,2.5,\nnorth,2024-01-31,,b"
  ],
  [
    "filters by a formula",
    "FILTER",
    {formula: "amount * 2 > 6 AND note LIKE 'a%'"},
    "shop,day,amount,note\nnorth,2024-01-01,10.0,a b\nsouth,2024-02-01,7.0,a b"
  ],
  [
    "filters by time, the last day included",
    "FILTER_BY_TIME",
    {time_column: "day", start_time: "2024-01-02", end_time: "2024-01-31"},
    "shop,day,amount,note\nsouth,2024-01-02,2.5,\nnorth,2024-01-31,,b"
  ],
  [
    "sorts, missing last and equal in their order",
    "SORT",
    {sort_by: [{column_name: "shop"}, {column_name: "amount", order: "descending"}]},
    csv`
      shop  | day        | amount | note
      north | 2024-01-01 | 10.0   | a b
      north | 2024-01-31 |        | b
      south | 2024-02-01 | 7.0    | a b
      south | 2024-01-02 | 2.5    |
    `
  ],
  [
    "keeps the first of each",
    "DEDUPLICATE",
    {target_columns: ["shop"]},
    "shop,day,amount,note\nnorth,2024-01-01,10.0,a b\nsouth,2024-01-02,2.5,"
  ],
  [
    "keeps the last of each",
    "DEDUPLICATE",
    {target_columns: ["note"], keep: "last"},
    "shop,day,amount,note\nsouth,2024-01-02,2.5,\nnorth,2024-01-31,,b\nsouth,2024-02-01,7.0,a b"
  ],
  [
    "drops rows with any gap",
    "DROP_MISSING_VALUES",
    {},
    "shop,day,amount,note\nnorth,2024-01-01,10.0,a b\nsouth,2024-02-01,7.0,a b"
  ],
  [
    "drops rows without anything",
    "DROP_MISSING_VALUES",
    {target_columns: ["amount", "note"], how: "all"},
    sales.replace("10,", "10.0,").replace("7,", "7.0,")
  ],
  [
    "adds formulas, the later ones over the earlier",
    "NEW_COLUMNS",
    {
      new_columns: [
        {column_name: "double", formula: "amount * 2"},
        {column_name: "label", formula: "upper(shop) || ':' || double -- so\n"}
      ]
    },
    csv`
      shop  | day        | amount | note | double | label
      north | 2024-01-01 | 10.0   | a b  | 20.0   | NORTH:20.0
      south | 2024-01-02 | 2.5    |      | 5.0    | SOUTH:5.0
      north | 2024-01-31 |        | b    |        |
      south | 2024-02-01 | 7.0    | a b  | 14.0   | SOUTH:14.0
    `
  ],
  [
    "runs SQL",
    "FREE_FORM_SQL",
    {
      query:
        "WITH big AS (SELECT * FROM dataset WHERE amount > 3) SELECT shop, sum(amount) AS total FROM big GROUP BY ALL ORDER BY 1;"
    },
    "shop,total\nnorth,10.0\nsouth,7.0"
  ],
  [
    "numbers rows",
    "ADD_PRIMARY_KEY",
    {output_column_name: "id"},
    csv`
      id | shop  | day        | amount | note
      1  | north | 2024-01-01 | 10.0   | a b
      2  | south | 2024-01-02 | 2.5    |
      3  | north | 2024-01-31 |        | b
      4  | south | 2024-02-01 | 7.0    | a b
    `
  ],
  [
    "summarizes groups",
    "SUMMARY",
    {
      group_columns: ["shop"],
      aggregations: [
        {column_name: "amount", function: "sum", output_column_name: "total"},
        {column_name: "amount", function: "mean"},
        {column_name: "note", function: "first"},
        {column_name: "day", function: "max"}
      ]
    },
    "shop,total,amount_mean,note_first,day_max\nnorth,10.0,10.0,a b,2024-01-31\nsouth,9.5,4.75,a b,2024-02-01"
  ],
  [
    "summarizes the whole",
    "SUMMARY",
    {
      aggregations: [
        {column_name: "shop", function: "count_distinct"},
        {column_name: "amount", function: "median"}
      ]
    },
    "shop_count_distinct,amount_median\n2,7.0"
  ],
  [
    "changes the granularity of time",
    "CHANGE_TIME_GRANULARITY",
    {
      time_column: "day",
      granularity: "month",
      group_columns: ["shop"],
      aggregations: [{column_name: "amount", function: "sum"}]
    },
    "shop,day,amount_sum\nnorth,2024-01-01,10.0\nsouth,2024-01-01,2.5\nsouth,2024-02-01,7.0"
  ],
  [
    "tells a time's unit",
    "GET_TIME_UNIT",
    {target_column: "day", unit: "day_of_week", output_column_name: "weekday"},
    "shop,day,amount,note,weekday\nnorth,2024-01-01,10.0,a b,1\nsouth,2024-01-02,2.5,,2\nnorth,2024-01-31,,b,3\nsouth,2024-02-01,7.0,a b,4"
  ],
  [
    "pivots",
    "PIVOT_TABLE",
    {index_columns: ["shop"], column_name: "note", value_column: "amount"},
    "shop,a b,b\nnorth,10.0,\nsouth,7.0,"
  ],
  [
    "tabulates",
    "CROSS_TAB",
    {row_columns: ["shop"], column_name: "note"},
    "shop,a b,b\nnorth,1,1\nsouth,1,0"
  ],
  [
    "splits text",
    "TEXT_SPLIT",
    {target_column: "note", delimiter: " ", output_column_names: ["first", "rest"]},
    "shop,day,amount,note,first,rest\nnorth,2024-01-01,10.0,a b,a,b\nsouth,2024-01-02,2.5,,,\nnorth,2024-01-31,,b,b,\nsouth,2024-02-01,7.0,a b,a,b"
  ]
];

describe("facets over a table of sales", () => {
  it.each(examples)("%s (%s)", async (_, type, args, expected) => {
    expect(await through(type, args, sales)).toBe(expected);
  });
});

describe("SAMPLE", () => {
  const numbers = ["n", ...Array.from({length: 1000}, (_, i) => i)].join("\n");

  it("draws as many rows as asked, in their order, and the same ones each time", async () => {
    const drawn = await through("SAMPLE", {number_of_rows: 20}, numbers);
    const rows = drawn.split("\n").slice(1).map(Number);
    expect(rows).toHaveLength(20);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(await through("SAMPLE", {number_of_rows: 20}, numbers)).toBe(drawn);
    expect(await through("SAMPLE", {number_of_rows: 20, seed: 7}, numbers)).not.toBe(drawn);
  });

  it("draws a fraction", async () => {
    expect((await through("SAMPLE", {fraction: 0.25}, numbers)).split("\n")).toHaveLength(251);
  });

  it("wants a number or a fraction", async () => {
    await expect(through("SAMPLE", {}, numbers)).rejects.toThrow("either 'number_of_rows' or 'fraction'");
    await expect(through("SAMPLE", {fraction: 2}, numbers)).rejects.toThrow("'fraction' is 2");
  });
});

describe("FILL_MISSING_VALUES", () => {
  const gaps = csv`
    g | n  | t
    a |    | x
    a | 4  |
    b |    | y
    a |    |
    b | 10 |
    b | 20 | y
  `;
  it.each([
    ["a value", {method: "value", value: "0", target_columns: ["n"]}, "0 4 0 0 10 20"],
    ["zero", {method: "zero"}, "0 4 0 0 10 20"],
    ["the value before", {method: "forward_fill", target_columns: ["n"]}, "- 4 4 4 10 20"],
    ["the value after", {method: "backward_fill", target_columns: ["n"]}, "4 4 10 10 10 20"],
    ["the mean, as a whole number", {method: "mean"}, "11 4 11 11 10 20"],
    ["the median of the group", {method: "median", group_columns: ["g"]}, "4 4 15 4 10 20"],
    ["the least", {method: "min", target_columns: ["n"]}, "4 4 4 4 10 20"]
  ])("fills in %s", async (_, args, expected) => {
    const rows = (await through("FILL_MISSING_VALUES", args, gaps)).split("\n").slice(1);
    expect(rows.map((row) => row.split(",")[1] || "-").join(" ")).toBe(expected);
  });

  it("fills text with what is most frequent", async () => {
    const rows = (await through("FILL_MISSING_VALUES", {method: "mode", target_columns: ["t"]}, gaps)).split(
      "\n"
    );
    expect(
      rows
        .slice(1)
        .map((row) => row.at(-1))
        .join("")
    ).toBe("xyyyyy");
  });

  it("asks for the value", async () => {
    await expect(through("FILL_MISSING_VALUES", {}, gaps)).rejects.toThrow("argument 'value' is missing");
  });
});

describe("INTERPOLATE", () => {
  const series = csv`
    day        | n
    2024-01-01 |
    2024-01-02 | 10
    2024-01-03 |
    2024-01-06 | 50
    2024-01-07 |
  `;
  it.each([
    ["linear", undefined, "- 10.0 30.0 50.0 -"],
    ["linear", "day", "- 10.0 20.0 50.0 -"],
    ["previous", "day", "- 10 10 50 -"],
    ["next", "day", "- 10 50 50 -"],
    ["nearest", "day", "- 10 10 50 -"]
  ])("is %s along %s", async (method, order_column, expected) => {
    const rows = await through(
      "INTERPOLATE",
      {target_columns: ["n"], method, ...(order_column && {order_column})},
      series
    );
    expect(
      rows
        .split("\n")
        .slice(1)
        .map((row) => row.split(",")[1] || "-")
        .join(" ")
    ).toBe(expected);
  });
});

describe("FIND_REPLACE", () => {
  const table = "a,b,n\nfoo.bar,foo,1\n'; --,o'o,2";
  it.each([
    ["part", "o", "0", "a,b,n\nf00.bar,f00,1\n'; --,0'0,2"],
    ["cell", "foo", "", "a,b,n\nfoo.bar,\"\",1\n'; --,o'o,2"],
    ["regex", "(.)\\.(.)", "\\2-\\1", "a,b,n\nfob-oar,foo,1\n'; --,o'o,2"],
    ["part", "'; --", "'quoted'", "a,b,n\nfoo.bar,foo,1\n'quoted',o'o,2"]
  ])("by %s: %s", async (match, find, replace, expected) => {
    expect(await through("FIND_REPLACE", {match, find, replace}, table)).toBe(expected);
  });

  it("replaces whole numbers", async () => {
    expect(
      await through(
        "FIND_REPLACE",
        {match: "cell", find: "1", replace: "9", target_columns: ["n"]},
        "n\n1\n2"
      )
    ).toBe("n\n9\n2");
  });

  it("refuses a broken pattern", async () => {
    await expect(through("FIND_REPLACE", {match: "regex", find: "(", replace: "x"}, table)).rejects.toThrow(
      "not a regular expression"
    );
  });
});

describe("MELT and TRANSPOSE", () => {
  it("melts to one row a value", async () => {
    expect(await through("MELT", {id_columns: ["id"]}, "id,x,y\n1,2,3.5\n2,,4")).toBe(
      "id,variable,value\n1,x,2.0\n1,y,3.5\n2,x,\n2,y,4.0"
    );
  });

  it("melts what has no common type to text", async () => {
    expect(
      await through(
        "MELT",
        {id_columns: ["id"], variable_column_name: "k", value_column_name: "v"},
        "id,x,y\n1,2,b"
      )
    ).toBe("id,k,v\n1,x,2\n1,y,b");
  });

  it("transposes", async () => {
    expect(await through("TRANSPOSE", {header_column: "id"}, "id,x,y\na,1,2\nb,3,4")).toBe(
      "id,a,b\nx,1,3\ny,2,4"
    );
    expect(await through("TRANSPOSE", {}, "x,y\n1,p\n3,")).toBe("column,1,2\nx,1,3\ny,p,");
  });

  it("refuses more columns than anybody can read", async () => {
    const long = ["n", ...Array(1001).keys()].join("\n");
    await expect(through("TRANSPOSE", {}, long)).rejects.toThrow("more than 1000 rows");
    await expect(
      through(
        "PIVOT_TABLE",
        {index_columns: ["n"], column_name: "m", value_column: "n"},
        long.replaceAll(/(\w+)/g, (n) => `${n},${n === "n" ? "m" : n}`)
      )
    ).rejects.toThrow("more than 1000 different values");
  });
});

describe("PIVOT_TABLE", () => {
  const table = csv`
    x  | number | v    | t
    b  | 2      | 0.25 | late
    b  | 10     | 4    | z
    b  | 2      | 0.5  | early
    b  | 2      |      |
    "" |        | 7    | q
    a  | 10     |      | m
  `;
  it.each([
    ["sum", "v", '"",,\na,,\nb,0.75,4.0'],
    ["mean", "v", '"",,\na,,\nb,0.375,4.0'],
    ["median", "v", '"",,\na,,\nb,0.375,4.0'],
    ["var", "v", '"",,\na,,\nb,0.03125,'],
    ["count", "v", '"",0,0\na,0,0\nb,2,1'],
    ["count_distinct", "number", '"",0,0\na,0,1\nb,1,1'],
    ["min", "t", '"",,\na,,m\nb,early,z'],
    ["first", "t", '"",,\na,,m\nb,late,z'],
    ["last", "t", '"",,\na,,m\nb,early,z'],
    ["last", "x", '"",,\na,,a\nb,b,b']
  ])("takes the %s of %s, and has a gap where there is none", async (name, value, expected) => {
    const args = {index_columns: ["x"], column_name: "number", value_column: value, function: name};
    expect(await through("PIVOT_TABLE", args, table)).toBe(`x,2,10\n${expected}`);
  });

  it("keeps each key, once, where no value becomes a column", async () => {
    const args = {index_columns: ["k"], column_name: "n", value_column: "v"};
    expect(await through("PIVOT_TABLE", args, "k,n,v\nb,,1\na,,2\nb,,3")).toBe("k\na\nb");
  });

  it("says which column holds no numbers", async () => {
    const args = {index_columns: ["x"], column_name: "number", value_column: "t", function: "mean"};
    await expect(through("PIVOT_TABLE", args, table)).rejects.toThrow("column 't' holds no numbers");
  });
});

describe("DESCRIBE", () => {
  it("keeps the columns' order, whatever their types", async () => {
    const lines = (await through("DESCRIBE", {}, "t,n,u,d\na,1,,0.5\n,2,,\nb,3,,1.5")).split("\n");
    expect(lines.slice(1)).toEqual([
      "t,2,1,2,,,,,,,,,,a",
      "n,3,0,3,2.0,1.0,1.0,1.5,2.0,2.5,3.0,,,",
      "u,0,3,0,,,,,,,,,,",
      `d,2,1,2,1.0,${Math.SQRT1_2},0.5,0.75,1.0,1.25,1.5,,,`
    ]);
  });

  it("counts nothing where there are no rows", async () => {
    const lines = (await through("DESCRIBE", {}, "a,b")).split("\n");
    expect(lines.slice(1)).toEqual(["a,0,0,0,,,,,,,,,,", "b,0,0,0,,,,,,,,,,"]);
  });

  it("gives a row of statistics a column", async () => {
    expect(await through("DESCRIBE", {}, "n,t,d\n1,a,2024-01-01\n3,a,2024-01-03\n,b,2024-01-02")).toBe(
      [
        "column_name,count,missing,unique,mean,std,min,25%,50%,75%,max,earliest,latest,most_frequent",
        `n,2,1,2,2.0,${Math.SQRT2},1.0,1.5,2.0,2.5,3.0,,,`,
        "t,3,0,2,,,,,,,,,,a",
        "d,3,0,3,,,,,,,,2024-01-01 00:00:00,2024-01-03 00:00:00,"
      ].join("\n")
    );
  });
});

describe("ROLLING_WINDOW", () => {
  const series = "g,d,n\na,2024-01-03,5\na,2024-01-01,1\nb,2024-01-01,9\na,2024-01-02,3";

  it("goes by time and group, and keeps the rows' order", async () => {
    expect(
      await through(
        "ROLLING_WINDOW",
        {target_columns: ["n"], time_column: "d", group_columns: ["g"], window: 2},
        series
      )
    ).toBe("g,d,n,n_mean_2\na,2024-01-03,5,4.0\na,2024-01-01,1,\nb,2024-01-01,9,\na,2024-01-02,3,2.0");
  });

  it("takes fewer values where that is asked", async () => {
    const out = await through(
      "ROLLING_WINDOW",
      {
        target_columns: ["n"],
        time_column: "d",
        window: 3,
        minimum_periods: 1,
        function: "sum",
        group_columns: ["g"]
      },
      series
    );
    expect(
      out
        .split("\n")
        .slice(1)
        .map((row) => row.split(",").at(-1))
    ).toEqual(["9", "1", "9", "4"]);
  });

  it("refuses windows that are none", async () => {
    const args = {target_columns: ["n"], time_column: "d"};
    await expect(through("ROLLING_WINDOW", {...args, window: 0}, series)).rejects.toThrow(
      "'window' is 0: give a whole number"
    );
    await expect(through("ROLLING_WINDOW", {...args, window: 2, minimum_periods: 3}, series)).rejects.toThrow(
      "from 1 to 'window'"
    );
  });
});

describe("times", () => {
  it("moves them, within the month at its end", async () => {
    expect(
      await through("ADD_OR_SUBTRACT_TIME", {target_column: "d", amount: 1, unit: "month"}, "d\n2024-01-31")
    ).toBe("d\n2024-02-29 00:00:00");
    expect(
      await through(
        "ADD_OR_SUBTRACT_TIME",
        {target_column: "d", amount: 90, unit: "minute", operation: "subtract", output_column_name: "e"},
        "d\n2024-01-01"
      )
    ).toBe("d,e\n2024-01-01,2023-12-31 22:30:00");
  });

  it("adds the moment of the run", async () => {
    const now = new Date("2024-05-06T07:08:09.876Z");
    expect(await through("ADD_CURRENT_TIME", {output_column_name: "now"}, "n\n1", {now})).toBe(
      "n,now\n1,2024-05-06 07:08:09"
    );
  });

  it("converts what is written otherwise, and leaves out what isn't a time", async () => {
    const columns = [{column_name: "d", data_type: "TIME", time_format: "%d/%m/%Y"}];
    expect(await through("CONVERT", {columns}, "d,x\n31/12/2024,1\nsoon,2")).toBe(
      "d,x\n2024-12-31 00:00:00,1\n,2"
    );
  });

  it("converts numbers and text", async () => {
    const columns = [
      {column_name: "n", data_type: "NUMERIC"},
      {column_name: "m", data_type: "TEXT"}
    ];
    expect(await through("CONVERT", {columns}, "n,m\n 1.5,7\nmany,8")).toBe("n,m\n1.5,7\n,8");
  });
});

describe("facets of two tables", () => {
  const left = "id,name,n\n2,b,20\n1,a,10\n3,c,30";
  const right = "id,name,w\n1,A,x\n1,AA,y\n2,B,z\n4,D,w";

  it.each([
    ["inner", "id,name_left,n,name_right,w\n2,b,20,B,z\n1,a,10,A,x\n1,a,10,AA,y"],
    ["left", "id,name_left,n,name_right,w\n2,b,20,B,z\n1,a,10,A,x\n1,a,10,AA,y\n3,c,30,,"],
    ["right", "id,name_left,n,name_right,w\n2,b,20,B,z\n1,a,10,A,x\n1,a,10,AA,y\n4,,,D,w"],
    ["full", "id,name_left,n,name_right,w\n2,b,20,B,z\n1,a,10,A,x\n1,a,10,AA,y\n3,c,30,,\n4,,,D,w"]
  ])("JOIN %s", async (option, expected) => {
    expect(await through("JOIN", {left_columns: ["id"], right_columns: ["id"], option}, {left, right})).toBe(
      expected
    );
  });

  it("JOIN on keys of different names keeps both", async () => {
    expect(
      await through("JOIN", {left_columns: ["a"], right_columns: ["b"]}, {left: "a\n1\n2", right: "b,c\n2,x"})
    ).toBe("a,b,c\n2,2,x");
  });

  it("JOIN cross pairs everything", async () => {
    expect(
      await through(
        "JOIN",
        {left_columns: ["a"], right_columns: ["b"], option: "cross"},
        {left: "a\n1\n2", right: "b\nx\ny"}
      )
    ).toBe("a,b\n1,x\n1,y\n2,x\n2,y");
  });

  it("JOIN refuses keys that can never be equal", async () => {
    await expect(
      through("JOIN", {left_columns: ["a"], right_columns: ["b"]}, {left: "a\n1", right: "b\nx"})
    ).rejects.toThrow("never equal: CONVERT one of them first");
  });

  it("JOIN keeps the order of a long left table without sorting it", async () => {
    const long = ["i,k", ...Array.from({length: 30_000}, (_, i) => `${i},${(i * 7919) % 5}`)].join("\n");
    const joined = await through(
      "JOIN",
      {left_columns: ["k"], right_columns: ["k"]},
      {left: long, right: "k,v\n0,a\n1,b\n2,c\n3,d\n4,e"}
    );
    const ids = joined
      .split("\n")
      .slice(1)
      .map((row) => Number(row.split(",")[0]));
    expect(ids).toEqual(Array.from({length: 30_000}, (_, i) => i));
  });

  it.each([
    ["full", "a,b,c\n1,2,\n3,4,\n,5,x"],
    ["common", "b\n2\n4\n5"],
    ["top", "a,b\n1,2\n3,4\n,5"]
  ])("UNION %s", async (option, expected) => {
    expect(await through("UNION", {option}, {top: "a,b\n1,2\n3,4", bottom: "c,B\nx,5"})).toBe(expected);
  });

  it("UNION widens types", async () => {
    expect(await through("UNION", {option: "full"}, {top: "a\n1", bottom: "a\nx"})).toBe("a\n1\nx");
  });

  it("COLUMN_VALUE keeps or drops what the other table has", async () => {
    const args = {left_column: "id", right_column: "id"};
    expect(await through("COLUMN_VALUE", args, {left, right})).toBe("id,name,n\n2,b,20\n1,a,10");
    expect(await through("COLUMN_VALUE", {...args, option: "drop"}, {left, right})).toBe("id,name,n\n3,c,30");
  });

  it("SUBSTITUTE replaces what the other table names", async () => {
    expect(
      await through(
        "SUBSTITUTE",
        {target_column: "name", find_column: "from", replace_column: "to"},
        {left, right: "from,to\na,z\na,never"}
      )
    ).toBe("id,name,n\n2,b,20\n1,z,10\n3,c,30");
  });
});

describe("MULTI_INPUT_FORMULA", () => {
  it.each([
    ["sum", "6 3"],
    ["difference", "-4 -"],
    ["product", "6 -"],
    ["quotient", "0.16666666666666666 -"],
    ["mean", "2.0 1.5"],
    ["min", "1 1"],
    ["max", "3 2"],
    ["concatenate", "123 12"],
    ["first_present", "1 1"]
  ])("%s", async (formula, expected) => {
    const out = await through(
      "MULTI_INPUT_FORMULA",
      {target_columns: ["a", "b", "c"], formula, output_column_name: "out"},
      "a,b,c\n1,2,3\n1,2,"
    );
    expect(
      out
        .split("\n")
        .slice(1)
        .map((row) => row.split(",").at(-1) || "-")
        .join(" ")
    ).toBe(expected);
  });
});

describe("facets that can't run here", () => {
  it.each(["HANA", "AI_MATCH", "AI_LLM", "EDA"])("%s says so", async (type) => {
    const args = {connector_id: "c", query: "q", model_name: "m", model_version: "v"};
    await expect(through(type, args, "n\n1")).rejects.toThrow(/this platform/);
  });
});
