// The small project that everything goes wrong with: what its platform has, and its files, with each kind of source.
import {cp, mkdir, readdir, symlink, writeFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import type {PlatformOptions} from "../lib/platform/index.js";

const repository = resolve(import.meta.dirname, "..");
/** The command, as it is built. */
export const program = join(repository, "build/lib/cli/index.js");

/** Where the site is served from, whose parent can be made read-only, and where Framework keeps what loaders made. */
export const siteOf = (root: string) => join(root, "public", "dist");
export const cacheOf = (root: string) => join(root, "src", ".observablehq", "cache");

/** The datasets, by what makes their rows; each has its round in a column, so that rows of two refreshes can be told apart. */
export const datasets: Record<string, (round: number) => string> = {
  Sales: (round) =>
    `day,units,round\n${Array.from({length: 400}, (_, i) => `2024-01-${String((i % 28) + 1).padStart(2, "0")},${i * round},${round}`).join("\n")}\n`,
  Stock: (round) => `place,pieces,round\nhere,${round * 2},${round}\n`,
  Places: (round) => `place,round\nhere,${round}\n`
};

/** The files that the page names and that have a column `round`. */
export const roundFiles = [
  "data/sales.parquet",
  "data/by-day.csv",
  "data/stock.arrow",
  "data/places.csv"
] as const;

/** Those of the config's group. */
export const groupFiles: readonly string[] = ["data/sales.parquet", "data/by-day.csv", "data/stock.arrow"];

const otherFiles = [
  "sales-editions.parquet",
  "demand-versions.json",
  "demand-metrics.csv",
  "catalog.json",
  "flows.json"
];

export const config = {
  app: "Shop",
  datasets: {
    sales: {dataset: "Sales", keep: 3, editions: true},
    "by-day": {
      dataset: "Sales",
      sql: "SELECT day, sum(units) AS units, any_value(round) AS round FROM dataset GROUP BY ALL ORDER BY ALL"
    },
    stock: {dataset: "Stock"},
    places: {dataset: "Places"}
  },
  models: {demand: {model: "Demand"}},
  flows: {copy: {flow: "Copy", writes: ["sales"]}},
  refresh: {retries: 0, groups: {goods: ["sales", "by-day", "stock"]}}
};

type SeedApp = Extract<NonNullable<PlatformOptions["seed"]>, unknown[]>[number];

const emptyFlow = {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}};

/** What its platform begins with, and more datasets and flows. */
export const seedApps = (
  more: Required<Pick<SeedApp, "datasets" | "flows">> = {datasets: [], flows: []}
): SeedApp[] => [
  {
    name: "Shop",
    description: "",
    datasets: [...Object.entries(datasets).map(([name, csv]) => ({name, csv: csv(1)})), ...more.datasets],
    models: [
      {
        name: "Demand",
        modelType: "Ai Cast",
        subModelType: "Base",
        description: "",
        versions: [
          {
            version: "naive",
            hyperparameters: {method: "naive"},
            metrics: {performance: {mape: {average_test: 0.25}}},
            createdAt: new Date("2024-01-01")
          }
        ]
      }
    ],
    flows: [{name: "Copy", definition: emptyFlow}, ...more.flows]
  }
];

/** The config, with other keys at its top. */
export const configText = (rest: object = {}) => `export default ${JSON.stringify({...config, ...rest})};\n`;

/** Makes the project's folder; its page names more files, and its config has other keys, where they are given. */
export async function makeProject(
  root: string,
  {files = [], rest = {}}: {files?: string[]; rest?: object} = {}
): Promise<void> {
  const write = async (path: string, content: string) => {
    await mkdir(join(root, path, ".."), {recursive: true});
    await writeFile(join(root, path), content);
  };
  await write("package.json", `{"name": "faults", "type": "module"}`);
  await write("ikigai.config.ts", configText(rest));
  await write(
    "observablehq.config.ts",
    `import {hermeticConfig} from "ikigai-kit/hermetic";\n` +
      `export default {...hermeticConfig, title: "Faults", root: "src", output: "public/dist"};\n`
  );
  await cp(join(repository, "src", "data"), join(root, "src", "data"), {
    recursive: true,
    filter: (path) => !path.includes(".observablehq")
  });
  const names = [...roundFiles, ...otherFiles.map((name) => `data/${name}`), ...files];
  const lines = names.map((name) => `FileAttachment(${JSON.stringify(name)});`);
  await write("src/index.md", `# Faults\n\n\`\`\`js\n${lines.join("\n")}\n\`\`\`\n`);
  await mkdir(join(root, "public"));
  await mkdir(join(root, "node_modules"));
  for (const name of await readdir(join(repository, "node_modules")))
    await symlink(join(repository, "node_modules", name), join(root, "node_modules", name));
  await symlink(repository, join(root, "node_modules", "ikigai-kit"));
}
