// Runs one facet that makes many columns, or a row of each of many, as a process of its own whose memory can be measured. Prints as
// JSON how many columns and rows came of it, its first and last cells, and the most memory that was held.
import {through} from "./flows.js";

const [type, count] = [process.argv[2]!, Number(process.argv[3])];
const numbers = Array.from({length: count}, (_, i) => i);

/** A table with as many columns, and one with as many values in a column. */
const wide = () =>
  [numbers.map((i) => `c${i}`), ...[1, 2, 3, 4].map((row) => numbers.map((i) => row * i))].join("\n");
const long = () =>
  [
    "key,name,value",
    ...["a", "b", "c", "d"].flatMap((key) => numbers.map((i) => `${key},${i},${i / 2}`))
  ].join("\n");

const flows: Record<string, () => Promise<string>> = {
  DESCRIBE: () => through("DESCRIBE", {}, wide()),
  PIVOT_TABLE: () =>
    through("PIVOT_TABLE", {index_columns: ["key"], column_name: "name", value_column: "value"}, long()),
  CROSS_TAB: () => through("CROSS_TAB", {row_columns: ["key"], column_name: "name"}, long()),
  TRANSPOSE: () => through("TRANSPOSE", {}, ["x,y,z", ...numbers.map((i) => `${i},${i},${i}`)].join("\n"))
};
const lines = (await flows[type]!()).split("\n").map((line) => line.split(","));
process.stdout.write(
  JSON.stringify({
    columns: lines[0]!.length,
    rows: lines.length - 1,
    first: lines[1]!.slice(0, 3),
    last: lines.at(-1)!.slice(-2),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024)
  })
);
