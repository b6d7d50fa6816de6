// Small datasets, and what a flow must make of them: filtered by units, summed by region.
import type {Random} from "./random.js";

const regions = ["East", "North", "South", "West"];
const leastUnits = 50;

const type = (data_type: string, data_formats: Record<string, string> = {}) => ({data_type, data_formats});
const whole = type("NUMERIC", {numeric_format: "INTEGER"});

export interface Sales {
  csv: string;
  totalsCsv: string;
}

/** What the platform must infer. */
export const salesTypes = {
  region: type("CATEGORICAL"),
  day: type("TIME"),
  units: whole,
  price: type("NUMERIC")
};
export const totalsTypes = {region: type("TEXT"), units_sum: whole};

export function makeSales({below, pick}: Random): Sales {
  const totals = new Map<string, number>();
  let csv = "region,day,units,price\n";
  for (let rows = 20 + below(2000); rows > 0; rows--) {
    const [region, units] = [pick(regions), below(100)];
    csv += `${region},2024-01-${String(1 + below(28)).padStart(2, "0")},${units},${below(100)}.${1 + below(9)}\n`;
    if (units >= leastUnits) totals.set(region, (totals.get(region) ?? 0) + units);
  }
  const lines = [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([region, sum]) => `${region},${sum}\n`);
  return {csv, totalsCsv: "region,units_sum\n" + lines.join("")};
}

const facet = (facet_id: string, facet_uid: string, args: Record<string, unknown>) => ({
  facet_id,
  facet_uid,
  name: "",
  arguments: args
});

/** A flow that writes the totals of a dataset as the dataset of another name. */
export const totalsFlow = (dataset_id: string, dataset_name: string) => ({
  facets: [
    facet("0", "I_005", {dataset_id, file_type: "csv", header: true}),
    facet("1", "M_010", {
      conditions: [{column_name: "units", operator: "greater_than_or_equals", value: String(leastUnits)}]
    }),
    facet("2", "M_025", {
      group_columns: ["region"],
      aggregations: [{column_name: "units", function: "sum"}]
    }),
    facet("3", "O_005", {dataset_name, file_type: "csv", header: true})
  ],
  arrows: ["0", "1", "2"].map((source, i) => ({source, destination: String(i + 1), arguments: {}})),
  arguments: {},
  variables: {},
  model_variables: {}
});
