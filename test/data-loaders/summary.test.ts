// An entry's `summary`: figures of groups of rows, and what is said of one that can't be computed.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC, type StructRow} from "apache-arrow";
import {afterAll, afterEach, beforeAll, beforeEach, expect, it} from "vitest";
import {pull} from "../../data-loaders/index.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig, type SummaryEntry} from "../../lib/config/index.js";
import {summarize} from "../../lib/metrics/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";

const rows = Array.from({length: 200}, (_, i) => ({
  version: i % 9 === 0 ? null : ["ets", "arima", 'na"ive'][i % 3]!,
  horizon: 1 + (i % 4),
  actual: i % 13 === 0 ? null : 100 + i,
  forecast: 90 + ((i * 37) % 50),
  employees: i
}));
const csv = [
  "version,horizon,actual,forecast,employees",
  ...rows.map(({version, horizon, actual, forecast, employees}) =>
    [version && `"${version.replaceAll('"', '""')}"`, horizon, actual, forecast, employees].join(",")
  )
].join("\n");

let folder: string;
let into: string;
let platform: RunningPlatform;
let client: Ikigai;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-summary-"));
  const datasets = [{name: "Forecast", csv}];
  platform = await startPlatform({
    data: join(folder, "platform"),
    seed: [{name: "Shop", description: "", models: [], datasets}],
    log: () => {}
  });
  client = new Ikigai(platform);
});
afterAll(async () => {
  await platform.close();
  await rm(folder, {recursive: true});
});
beforeEach(async () => {
  into = await mkdtemp(join(folder, "into-"));
});
afterEach(() => rm(into, {recursive: true}));

/** The rows of the summary's Arrow file. */
async function summary(
  entry: SummaryEntry,
  more: {sort?: string[]} = {}
): Promise<Record<string, unknown>[]> {
  const config = checkConfig({
    app: "Shop",
    datasets: {"forecast-summary": {dataset: "Forecast", summary: entry, ...more}}
  });
  await pull({config, client, files: ["forecast-summary.arrow"], into});
  const table = tableFromIPC(await readFile(join(into, "forecast-summary.arrow")));
  return Array.from(table as Iterable<StructRow>, (row) => row.toJSON() as Record<string, unknown>);
}

it("gives the measures of lib/metrics as it computes them in a page", async () => {
  const by = ["version", "horizon"];
  const found = await summary({by, measures: ["wape", "bias", "pairs"]});
  const expected = summarize(rows, {by, measures: ["wape", "bias", "pairs"]});
  expect(found).toHaveLength(expected.length);
  for (const [i, row] of expected.entries()) {
    const {wape, bias, ...rest} = found[i]!;
    expect({...rest}).toEqual({version: row.version, horizon: row.horizon, pairs: row.pairs});
    expect(wape).toBeCloseTo(row.wape as number, 12);
    expect(bias).toBeCloseTo(row.bias as number, 9);
  }
});

it("counts rows and gives figures of a column, and reads the columns that it is told to", async () => {
  const measures: SummaryEntry["measures"] = ["count", "mae", {sum: "employees"}, {max: "version"}];
  const found = await summary({by: ["horizon"], measures, actual: "employees"});
  const ofFirst = rows.filter(({horizon}) => horizon === 1);
  expect(Object.keys(found[0]!)).toEqual(["horizon", "count", "mae", "sum_employees", "max_version"]);
  expect(found.map(({horizon}) => horizon)).toEqual([1, 2, 3, 4]);
  expect(found[0]).toMatchObject({
    count: 50,
    mae: summarize(ofFirst, {measures: ["mae"], actual: "employees"})[0]!.mae,
    sum_employees: ofFirst.reduce((sum, {employees}) => sum + employees, 0),
    max_version: 'na"ive'
  });
});

it("may be sorted by a figure", async () => {
  const found = await summary({by: ["version"], measures: [{sum: "forecast"}]}, {sort: ["sum_forecast"]});
  const sums = found.map(({sum_forecast: sum}) => sum as number);
  expect(sums).toEqual([...sums].sort((a, b) => a - b));
});

it.each([
  [
    {by: ["versoin"], measures: ["count"]},
    'summary.by names the column "versoin", which doesn\'t exist; did you mean "version"?'
  ],
  [
    {by: ["version"], measures: [{sum: "employes"}]},
    'summary.measures: {sum: …} names the column "employes"'
  ],
  [
    {by: ["version"], measures: [{avg: "version"}]},
    'summary.measures: avg needs numbers, and the column "version" is VARCHAR'
  ],
  [
    {by: ["horizon"], measures: ["wape"], actual: "version"},
    'summary.measures: wape needs numbers, and the column "version" is VARCHAR'
  ],
  [
    {by: ["version"], measures: ["coverage"]},
    'summary.measures: coverage reads the column "lower", which doesn\'t exist; say which it is'
  ],
  [
    {by: ["version"], measures: ["wape"], forecast: "forcast"},
    'summary.forecast names the column "forcast", which doesn\'t exist; did you mean "forecast"?'
  ]
] as [SummaryEntry, string][])("%j names the column and the fix", async (entry, message) => {
  await expect(summary(entry)).rejects.toThrow(`datasets.forecast-summary: ${message}`);
});
