// A site with replaced data is what Framework would have built: compared with it, byte for byte, for a site that names data in every way.
import {execFileSync} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, readFileSync, statSync, utimesSync} from "node:fs";
import {rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import {
  changedData,
  checkSite,
  openProject,
  publishEdition,
  readProject,
  recordBuild,
  throwProblems,
  type ReadProject
} from "../../lib/site/index.js";
import {replaceData, type ChangedData} from "../../lib/site/replace-data.js";
import type {Edition} from "../../lib/site/edition.js";
import {precompress} from "../../lib/site/precompress.js";
import {filesBelow, linkOrCopy} from "../../lib/site/site-files.js";
import {linkPackages, write} from "../hermetic/project.js";
import {projectFolder} from "./support.js";

vi.setConfig({testTimeout: 180_000, hookTimeout: 180_000}); // Framework builds more than once

const page = (code: string) => `\n\`\`\`js\n${code}\n\`\`\`\n`;
const loader = (format: string) =>
  `import {load} from "ikigai-kit/data-loaders";\nawait load("${format}");\n`;

/** Pages that name data in every way that Framework knows. */
const files: Record<string, string> = {
  "package.json": `{"name": "site", "version": "0.0.0", "type": "module"}`,
  "observablehq.config.ts": `
    const title: string = "Test";
    export default {
      title, root: "src", globalStylesheets: [], search: true, toc: true,
      duckdb: {extensions: {json: null, parquet: null}},
      head: '<link rel="icon" href="/data/logo.svg">',
      header: '<img src="/data/logo.svg" alt="">',
      dynamicPaths: ["/product/chair", "/product/table", "/data/chosen.json", "/parts/chart.js"]
    };`,
  "src/index.md":
    "# Start\n" +
    page(`const sales = FileAttachment("data/sales.csv").csv({typed: true});`) +
    page(
      `import {stock, url} from "./parts/chart.js"; display(stock); const late = import("./parts/late.js");`
    ) +
    page(`const address = import.meta.resolve("./data/sales.csv");`) +
    `<a href="data/sales.csv" download>Get it</a> <img src="data/a%20b.svg" srcset="data/ü.svg 1x, data/logo.svg 2x">\n` +
    `\nIt is written to _file/data/sales.csv.\n`,
  "src/404.md": `# Not there\n\n<img src="data/logo.svg">\n`,
  "src/deep/table.md": `---\nsql:\n  größe: ./own/größe.csv\n---\n\n# Table\n\n\`\`\`sql\nSELECT 1 AS one\n\`\`\`\n`,
  "src/product/[product].md":
    "# Product\n" + page("FileAttachment(`../data/${observable.params.product}.csv`).text()"),
  "src/plain.md": "# Plain\n\nNo data of Ikigai's.\n" + page(`FileAttachment("data/archive/x.csv")`),
  "src/odd.md": "# Odd\n" + page(`FileAttachment("data/a & b.csv")`),
  "archive/x.csv": "x\n1\n",
  "src/made.md.js": `console.log("# Made\\n\\n\`\`\`js\\nFileAttachment('data/sales.csv').text()\\n\`\`\`");`,
  "src/parts/chart.ts": `import {unit} from "./unit.js";\nimport {FileAttachment} from "observablehq:stdlib";
    import {extent} from "npm:d3-array";
    export const stock: Promise<string> = FileAttachment("../deep/stock.json").text();
    export const url = import.meta.resolve("../data/sales.csv"), all = [unit, extent];`,
  "src/parts/late.js": `import {unit} from "./unit.js"; export * from "./chart.js"; export const late = () => import("./later.js");`,
  "src/parts/later.js": `import {FileAttachment} from "npm:@observablehq/stdlib"; export const x = FileAttachment("../data/später.csv");`,
  "src/parts/unit.js": `export const unit = "pieces";`,
  "src/data/[name].csv.ts": loader("csv"),
  "src/data/[name].svg.sh": "echo none",
  "src/data/[name].json.ts": loader("json"),
  "src/deep/[name].json.ts": loader("json"),
  "src/deep/own/[name].csv.ts": loader("csv")
};

const svg = (color: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" fill="${color}"/></svg>`;

const data: Record<string, string> = {
  "data/sales.csv": "day,units\n2024-01-01,20\n",
  "data/chair.csv": "a\n1\n",
  "data/table.csv": "a\n1\n",
  "data/später.csv": "b\n1\n",
  "data/a & b.csv": "b\n1\n",
  "data/logo.svg": svg("red"),
  "data/a b.svg": svg("blue"),
  "data/ü.svg": svg("green"),
  "data/chosen.json": "[1]",
  "deep/stock.json": "[1, 2]",
  "deep/own/größe.csv": "c\n1\n"
};

/** When the data was made that the edition was built from. */
const made = new Date("2024-01-01T00:00:00.123Z");

/** Puts a file where loaders would have, as the kit does: by a rename. */
async function put(root: string, path: string, content: string, mtime?: Date): Promise<void> {
  const file = join(root, "src/.observablehq/cache", path);
  write(root, `src/.observablehq/cache/${path}.new`, content);
  if (mtime) utimesSync(`${file}.new`, mtime, mtime);
  await rename(`${file}.new`, file);
}

let root: string;
let read: ReadProject;
let edition: Edition;

const options = () => ({root, command: "build" as const, onOutput: () => {}, onWarning: () => {}});

/** What Framework builds now. */
async function build(name: string): Promise<string> {
  const open = await openProject(options());
  try {
    const output = join(root, ".ikigai", name);
    await rm(output, {recursive: true, force: true});
    await open.run({args: ["build"], output});
    return output;
  } finally {
    await open.close();
  }
}

/** Replaces, and expects what Framework builds. */
async function expectSame(changed: string[]): Promise<string> {
  const into = join(root, ".ikigai/replaced");
  await rm(into, {recursive: true, force: true});
  const replaced = await replaceData({of: {root}, edition, project: read.project, key: read.key, into});
  if ("refused" in replaced) throw new Error(replaced.refused);
  expect(replaced.changed).toEqual([...changed].sort());
  const framework = await build("framework");
  const names = await filesBelow(into);
  expect(names).toEqual(await filesBelow(framework));
  for (const name of names) {
    const [here, there] = [readFileSync(join(into, name)), readFileSync(join(framework, name))];
    if (!here.equals(there)) expect([name, undated(here)]).toEqual([name, undated(there)]);
  }
  expect(await checkSite(into)).toMatchObject({problems: []});
  expect(await recordBuild(read, into)).toEqual({builtFrom: replaced.builtFrom});
  return into;
}

/** Framework's footer tells the second of the build. */
const undated = (page: Buffer) => page.toString("utf8").replace(/(?<=<a title=")[^"T]*T[^"]*/, "now");

beforeAll(async () => {
  root = await projectFolder();
  for (const [path, content] of Object.entries(files)) write(root, path, content);
  linkPackages(root);
  execFileSync("tar", ["-czf", "src/data/archive.tgz", "-C", "archive", "x.csv"], {cwd: root});
  for (const [path, content] of Object.entries(data)) await put(root, path, content, made);
  // What has only just been written could be written again at the same time, as far as a file system tells.
  for (read = await readProject(options()); read.noKey?.includes("changed while");) {
    await read.open!.close();
    read = await readProject(options());
  }
  throwProblems(read.project);
  expect(read.noKey).toBeUndefined();
  const built = join(root, ".ikigai/built");
  await read.open!.run({args: ["build"], output: built});
  const recorded = await recordBuild(read, built);
  if ("unknown" in recorded) throw new Error(recorded.unknown);
  // What publishing would compress, but for DuckDB's 75 MB.
  await precompress(built, {files: (await filesBelow(built)).filter((name) => !name.startsWith("_npm/"))});
  ({edition} = await publishEdition({root, built, about: {...recorded}, compress: false}));
  expect(Object.keys(edition.files)).toContain("index.html.br");
});

afterAll(() => rm(root, {recursive: true, force: true}));

/** Puts all data as it was, and then some as it is given. */
async function change(now: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(data)) await put(root, path, content, made);
  for (const [path, content] of Object.entries(now)) await put(root, path, content);
}

/** Why nothing is replaced; no folder may be left. */
async function refusal(change: Partial<Parameters<typeof replaceData>[0]> = {}): Promise<string> {
  const into = join(root, ".ikigai/refused");
  const replaced = await replaceData({
    of: {root},
    edition,
    project: read.project,
    key: read.key,
    into,
    ...change
  });
  expect(existsSync(into)).toBe(false);
  return "refused" in replaced ? replaced.refused : `nothing: ${replaced.changed.join()} was replaced`;
}

describe("replacing data in a finished site", () => {
  it("finds nothing to do where nothing has changed", async () => {
    await change({});
    expect(await changedData(edition, read.project, read.key)).toMatchObject({changed: []});
  });

  it("gives what Framework would have built, however pages name the files", async () => {
    const plain = Object.keys(data).filter((path) => !path.includes("&"));
    await change(Object.fromEntries(plain.map((path) => [path, `${data[path]!} `])));
    const into = await expectSame(plain);
    const html = readFileSync(join(into, "index.html"), "utf8");
    expect(html).toContain("It is written to _file/data/sales.csv.");
  });

  it("leaves what has nothing to do with the changed files, and tells the new time of one that was only made again", async () => {
    await change({
      "data/später.csv": "b\n2\n",
      "data/a b.svg": data["data/a b.svg"]!,
      "deep/own/größe.csv": data["deep/own/größe.csv"]!
    });
    const into = await expectSame(["data/a b.svg", "data/später.csv", "deep/own/größe.csv"]);
    const before = join(root, ".ikigai/editions", edition.id, "site");
    const names = await filesBelow(into);
    const isLinked = (name: string) =>
      existsSync(join(before, name)) && statSync(join(before, name)).ino === statSync(join(into, name)).ino;
    // Pages are all new: they tell when they were built.
    const fresh = names.filter((name) => !isLinked(name) && !name.endsWith(".html"));
    expect(fresh.map((name) => name.replace(/\.\w{8}\./, "."))).toEqual([
      "_file/data/später.csv",
      "_import/parts/late.js",
      "_import/parts/later.js"
    ]);
  });

  it("builds on a site with replaced data, and gets back to the first", async () => {
    await change({"data/sales.csv": "day,units\n", "deep/stock.json": "[3]"});
    const built = join(root, ".ikigai/second");
    const second = await replaceData({
      of: {root},
      edition,
      project: read.project,
      key: read.key,
      into: built
    });
    const {builtFrom} = second as ChangedData;
    const published = await publishEdition({root, built, about: {builtFrom}, compress: false});
    await change({});
    const into = join(root, ".ikigai/first");
    expect(
      await replaceData({of: {root}, edition: published.edition, project: read.project, key: read.key, into})
    ).toMatchObject({changed: ["data/sales.csv", "deep/stock.json"]});
    const before = join(root, ".ikigai/editions", edition.id, "site");
    const names = await filesBelow(into);
    expect(names).toEqual(Object.keys(edition.files).filter((name) => !/\.(?:br|gz)$/.test(name)));
    for (const name of names)
      expect([name, undated(readFileSync(join(into, name)))]).toEqual([
        name,
        undated(readFileSync(join(before, name)))
      ]);
  });
});

describe("data isn't replaced", () => {
  const sales = {"data/sales.csv": "day,units\n"};

  it("where something else may have changed", async () => {
    await change(sales);
    expect(await refusal({key: "another"})).toMatch(/^pages, config, packages or something else/);
    expect(await refusal({key: undefined})).toMatch(/^pages, config, packages or something else/);
    expect(await refusal({edition: {...edition, about: {}}})).toMatch(/doesn't say what it was built from/);
    const {plan} = read.project;
    expect(await refusal({project: {...read.project, plan: {...plan, unsure: "who knows"}}})).toBe(
      "who knows"
    );
  });

  it("where a name is written in several ways", async () => {
    await change({"data/a & b.csv": "b\n2\n"});
    expect(await refusal()).toMatch(/^the name _file\/data\/a & b\.\w+\.csv is written in several ways/);
  });

  it("where a file is missing, which a loader would make", async () => {
    await change({});
    await rm(join(root, "src/.observablehq/cache/data/sales.csv"));
    expect(await refusal()).toMatch(/^data\/sales\.csv /);
  });

  it.each([
    [
      "a page without the file",
      "index.html",
      (text: string) => text.replace(/_file\/data\/sales\.\w+/g, "x"),
      /index\.html doesn't name _file\/data\/sales/
    ],
    [
      "a page with another size",
      "made.html",
      (text: string) => text.replace(/"size":\d+/g, '"size":7'),
      /made\.html has _file\/data\/sales\.\w+\.csv with size 7/
    ],
    [
      "a page with the name elsewhere",
      "plain.html",
      (text: string, name: string) => text.replace("Plain", name),
      /plain\.html has .* where it isn't expected/
    ],
    [
      "a stylesheet with the name",
      "_import/style.12345678.css",
      (_: string, name: string) => `a {background: url(/${name})}`,
      /style\.12345678\.css names changed data/
    ]
  ])("where the site has %s", async (_, name, edit, expected) => {
    await change(sales);
    const attached = Object.keys(edition.files).find((name) => /^_file\/data\/sales\.\w+\.csv$/.test(name))!;
    const odd = await copyOf(edition, name, (text) => edit(text, attached));
    expect(await refusal({edition: odd})).toMatch(expected);
  });

  it("where a file of the edition was changed in its place, or is missing", async () => {
    await change(sales);
    const odd = await copyOf(edition, "plain.html", String);
    await writeFile(join(root, ".ikigai/editions", odd.id, "site/plain.html"), "<p>Mine");
    expect(await refusal({edition: odd})).toMatch(/plain\.html of the edition .* was changed after/);
    const {"plain.html": __, ...others} = edition.files;
    expect(await refusal({edition: {...edition, files: others}})).toMatch(
      /^plain\.html isn't among the files/
    );
  });
});

let copies = 0;

/** An edition like another, with one file otherwise. */
async function copyOf(of: Edition, name: string, edit: (text: string) => string): Promise<Edition> {
  const id = `2099010${++copies}T000000Z`;
  const [from, to] = [of.id, id].map((id) => join(root, ".ikigai/editions", id, "site")) as [string, string];
  for (const other of Object.keys(of.files))
    if (other !== name) await linkOrCopy(join(from, other), join(to, other));
  const content = edit(existsSync(join(from, name)) ? readFileSync(join(from, name), "utf8") : "");
  write(to, name, content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  const files = {...of.files, [name]: {size: Buffer.byteLength(content), sha256}};
  return {...of, id, files, createdAt: new Date(Date.now() + 1000).toISOString()};
}
