// The flows that are measured, each beside the SQL that means the same to DuckDB.
import {salesTypes} from "../sales-csv.js";

export interface MeasuredFlow {
  about: string;
  /** @param datasetIds by the dataset's name */
  definition: (datasetIds: {sales: string; stores: string}) => unknown;
  /** A SELECT over the files. */
  sql: (paths: {sales: string; stores: string}) => string;
  /** The output's numbers that are sums or means of fractions. */
  rounded: string[];
}

const facets = {
  import: (id: string, dataset_id: string) =>
    facet(id, "I_005", {dataset_id, file_type: "csv", header: true}),
  filter: (id: string) =>
    facet(id, "M_010", {
      conditions: [{column_name: "units", operator: "greater_than_or_equals", value: "100"}]
    }),
  summary: (id: string, group_columns: string[], functions: Record<string, string>) =>
    facet(id, "M_025", {
      group_columns,
      aggregations: Object.entries(functions).map(([column_name, name]) => ({column_name, function: name}))
    }),
  join: (id: string, columns: string[]) =>
    facet(id, "M_036", {left_columns: columns, right_columns: columns, option: "inner"}),
  export: (id: string) => facet(id, "O_005", {dataset_name: "Output", file_type: "csv", header: true})
};

const facet = (facet_id: string, facet_uid: string, args: Record<string, unknown>) => ({
  facet_id,
  facet_uid,
  name: "",
  arguments: args
});

const arrow = (source: string, destination: string, table_side?: "left" | "right") => ({
  source,
  destination,
  arguments: table_side ? {table_side} : {}
});

const sqlTypes: Record<string, string> = {
  day: "DATE",
  units: "BIGINT",
  receipt: "BIGINT",
  revenue: "DOUBLE",
  margin: "DOUBLE"
};

const readSales = (path: string) =>
  `read_csv('${path}', header = true, columns = {${Object.keys(salesTypes!)
    .map((name) => `${name}: '${sqlTypes[name] ?? "VARCHAR"}'`)
    .join(", ")}})`;

export const flows: MeasuredFlow[] = [
  {
    about: "totals of each store and sector, with the store's region: a few rows come out",
    definition: ({sales, stores}) => ({
      facets: [
        facets.import("sales", sales),
        facets.import("stores", stores),
        facets.filter("filter"),
        facets.summary("totals", ["store", "sector"], {revenue: "sum", units: "sum", margin: "mean"}),
        facets.join("join", ["store"]),
        facets.export("export")
      ],
      arrows: [
        arrow("sales", "filter"),
        arrow("filter", "totals"),
        arrow("totals", "join", "left"),
        arrow("stores", "join", "right"),
        arrow("join", "export")
      ]
    }),
    sql: ({sales, stores}) =>
      `WITH totals AS (
        SELECT store, sector, sum(revenue) AS revenue_sum, sum(units) AS units_sum, avg(margin) AS margin_mean
        FROM ${readSales(sales)} WHERE units >= 100 GROUP BY store, sector
      ) FROM totals JOIN read_csv('${stores}', header = true, columns = {store: 'VARCHAR', region: 'VARCHAR'}) USING (store)`,
    rounded: ["revenue_sum", "margin_mean"]
  },
  {
    about: "every receipt beside the totals of its store and day: millions of rows come out",
    definition: ({sales}) => ({
      facets: [
        facets.import("sales", sales),
        facets.filter("filter"),
        facets.summary("totals", ["store", "day"], {revenue: "sum", units: "sum"}),
        facets.join("join", ["store", "day"]),
        facets.export("export")
      ],
      arrows: [
        arrow("sales", "filter"),
        arrow("filter", "totals"),
        arrow("filter", "join", "left"),
        arrow("totals", "join", "right"),
        arrow("join", "export")
      ]
    }),
    sql: ({sales}) =>
      `WITH sold AS (FROM ${readSales(sales)} WHERE units >= 100), totals AS (
        SELECT store, day, sum(revenue) AS revenue_sum, sum(units) AS units_sum FROM sold GROUP BY store, day
      ) FROM sold JOIN totals USING (store, day)`,
    rounded: ["revenue_sum"]
  }
];
