// Which files of data/ the pages name.
import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {formats} from "../../lib/tabular/formats.js";
import {namedFiles} from "../../lib/site/named-files.js";
import {checkConfig} from "../../lib/config/index.js";
import {remove, temporaryFolder} from "../cli/project.js";

const config = checkConfig(
  {
    app: "Shop",
    datasets: {sales: {dataset: "Sales"}, "sales-by-week": {dataset: "Sales"}, größe: {dataset: "Size"}},
    models: {demand: {model: "Demand"}}
  },
  "ikigai.config.ts"
);

/** The files that these sources name, below a folder of any name. */
async function named(sources: Record<string, string>, below = "src"): Promise<string[]> {
  const folder = await temporaryFolder();
  onTestFinished(() => remove(folder));
  for (const [path, text] of Object.entries(sources)) {
    await mkdir(dirname(join(folder, below, path)), {recursive: true});
    await writeFile(join(folder, below, path), text);
  }
  return namedFiles(join(folder, below), config, formats);
}

it("finds them in pages and components, once each and in order", async () => {
  expect(
    await named({
      "index.md": `FileAttachment("data/sales.parquet"); FileAttachment("./data/sales.csv")`,
      "deep/page.md": `FileAttachment("../data/sales.parquet")`,
      "components/a.js": `FileAttachment('../data/sales-by-week.arrow')`,
      "components/b.ts": "FileAttachment(`../data/catalog.json`)",
      "components/c.tsx": `FileAttachment("/data/demand-metrics.arrow")`,
      "front.md": `---\nsql:\n  sizes: data/größe.parquet\n---\n`
    })
  ).toEqual([
    "catalog.json",
    "demand-metrics.arrow",
    "größe.parquet",
    "sales-by-week.arrow",
    "sales.csv",
    "sales.parquet"
  ]);
});

it("leaves to their loaders the names that the config doesn't give", async () => {
  expect(
    await named({"index.md": `FileAttachment("data/slaes.csv"), FileAttachment("data/demand.csv")`})
  ).toEqual([]);
});

it("looks at no other files, nor at what Framework keeps", async () => {
  expect(
    await named({
      "notes.txt": "data/sales.csv",
      "picture.svg": "data/sales.csv",
      ".observablehq/cache/_npm/x.js": "data/sales.csv",
      "index.md": `"metadata/sales.csv", "data/sales.xlsx"`
    })
  ).toEqual([]);
});

it("doesn't mind in what folder the project lies", async () => {
  expect(await named({"index.md": `"data/sales.csv"`}, ".observablehq/sites/src")).toEqual(["sales.csv"]);
});
