// `ikigai-kit init` and `add` over real HTTP: an empty folder becomes a project that builds, and what is there stays.
import {chmod, mkdir, readdir, readFile, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import type {SeedApp} from "../../lib/platform/index.js";
import {hostileNames} from "../start/hostile.js";
import {run} from "./command.js";
import {remove, repository, temporaryFolder} from "./project.js";
import {sharedPlatform} from "./shared-platform.js";
import {install} from "./started.js";

vi.setConfig({testTimeout: 240_000}); // a site is built

const forecast = `ds,sku,y,yhat,yhat_lower,yhat_upper
2024-01-01,a,10,11,9,13
2024-01-01,b,20,19,15,22
2024-01-02,a,12,11,9,13
2024-01-02,b,,21,15,25
`;
const empty = "day,units\n";
/** Names that the platform takes, each once. */
const names = [
  ...new Set(
    hostileNames.filter((name) => name.trim() !== "" && !/[\0\uD800-\uDFFF](?![\uDC00-\uDFFF])/.test(name))
  )
];

const shop: SeedApp = {
  name: `Shop "${"`${1}`"}" <b>`,
  description: "",
  datasets: [
    {name: "Demand forecast", csv: forecast},
    {name: "Empty", csv: empty},
    {name: "Last", csv: "a\n1\n"},
    // Names whose letters an address percent-encodes.
    {name: "Prévision d'été", csv: forecast},
    {name: "需求", csv: "a\n1\n"}
  ],
  models: []
};
const crowd: SeedApp = {
  name: "Crowd",
  description: "",
  datasets: Array.from({length: 200}, (_, i) => ({
    name: names[i] ?? `Table ${i}`,
    csv: i % 10 === 0 ? forecast : i % 10 === 1 ? empty : `a,b\n${i},x\n`
  })),
  models: []
};

const {platform, account} = sharedPlatform([shop, crowd]);
let root: string;

beforeEach(async () => {
  root = await temporaryFolder();
});

afterEach(() => remove(root));

const command = (args: string[], env: Record<string, string> = account()) =>
  run(args, {cwd: root, from: repository, env});
const init = (...args: string[]) => command(["init", ".", "--yes", ...args]);
const read = (path: string) => readFile(join(root, path), "utf8");
const files = async () =>
  (await readdir(root, {recursive: true, withFileTypes: true}))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

describe("an empty folder", () => {
  it("becomes a project with pages for what was found, which builds, and is added to", async () => {
    const {code, stderr, stdout} = await init("--app", shop.name);
    expect(stderr).toContain("  + src/forecasts/demand-forecast.md\n");
    expect(stdout).toMatch(/npm install\n\s+npm run dev/);
    expect(code).toBe(0);
    expect(await files()).toEqual([
      ".env.example",
      ".github/workflows/publish.yml",
      ".gitignore",
      "README.md",
      "ikigai.config.ts",
      "observablehq.config.ts",
      "package.json",
      "src/data/[name].arrow.ts",
      "src/data/[name].csv.ts",
      "src/data/[name].json.ts",
      "src/data/[name].parquet.ts",
      "src/forecasts/demand-forecast.md",
      "src/forecasts/demand-forecast_accuracy.md",
      "src/forecasts/prévision-d-été.md",
      "src/forecasts/prévision-d-été_accuracy.md",
      "src/icon.svg",
      "src/index.md",
      "src/style.css",
      "src/tables/empty.md",
      "src/tables/last.md",
      "src/tables/需求.md",
      "tsconfig.json"
    ]);
    for (const name of await files()) expect(await read(name)).not.toContain(platform().apiKey);
    const {type, scripts, dependencies} = JSON.parse(await read("package.json")) as Record<
      string,
      Record<string, string>
    >;
    expect(type).toBe("module");
    expect(scripts).toEqual({
      dev: "ikigai-kit dev",
      build: "ikigai-kit build",
      refresh: "ikigai-kit refresh",
      publish: "ikigai-kit publish",
      serve: "ikigai-kit serve"
    });
    expect(dependencies!["ikigai-kit"]).toBe(`file:${repository}`);
    expect((await read(".gitignore")).split("\n")).toEqual(
      expect.arrayContaining([".env", ".ikigai/", "dist"])
    );

    // Again it changes nothing.
    const again = await init("--app", shop.name);
    expect([again.code, again.stderr.includes("+")]).toEqual([0, false]);

    const early = await command(["add", "dataset", "Last"]);
    expect([early.code, early.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^ikigai-kit: .*can't be loaded: .*Could not resolve "ikigai-kit"\n {2}install the project's packages first: npm install\. .*\n$/
      )
    ]);
    await install(root);
    const added = await command(["add", "dataset", crowd.datasets[7]!.name, "--app", "Crowd"]);
    expect(added.stderr).toMatch(/~ ikigai\.config\.ts: adds [\w-]+, [\w-]+-sample\n {2}\+ src\/tables\//);
    expect(added.code).toBe(0);
    const twice = await command(["add", "dataset", crowd.datasets[7]!.name, "--app", "Crowd"]);
    expect(twice.stderr).toMatch(
      /^ {2}! ikigai\.config\.ts had this dataset before, as [\w-]+: remove one of the two/
    );
    const built = await command(["build"]);
    expect(built.stderr).toMatch(/✓ build/);
    expect(built.stderr).not.toMatch(/broken link|warning/);
    expect(built.code).toBe(0);
    const page = await read("dist/index.html");
    expect(page).toContain("Shop &quot;");
    expect(page).not.toContain("<b>");
    // The page and the sidebar, which also has what was added, list the pages in one order.
    const main = page.indexOf("<main");
    const links = (html: string) =>
      [...html.matchAll(/href="\.\/((?:forecasts|tables)\/[^"]*)"/g)].map(([, to]) => to);
    const listed = links(page.slice(main));
    expect(listed).toHaveLength(7);
    expect(
      links(page.slice(page.indexOf("observablehq-sidebar"), main)).filter((to) => listed.includes(to))
    ).toEqual(listed);
  });

  it("becomes a project of 200 datasets with hostile names", async () => {
    const {code, stderr} = await init("--app", "Crowd", "--all");
    expect([code, stderr.match(/ {2}\+ src\/(tables|forecasts)\/[^.]+\.md\n/g)?.length]).toEqual([
      0,
      200 + 20
    ]);
    const {code: few, stderr: told} = await init("--app", "Crowd", "--dry-run");
    expect(few).toBe(1); // there is another config already
    expect(told).toContain("ikigai-kit add dataset NAME");
  });

  it("gets 12 datasets of many, and is told of the others", async () => {
    const {stderr} = await init("--app", "Crowd", "--dry-run");
    expect(stderr).toContain(
      "188 more datasets are left out: take them with ikigai-kit add dataset NAME, or all with --all"
    );
    expect(await files()).toEqual([]);
  });
});

describe("a folder with files", () => {
  it("keeps them, and says so", async () => {
    await mkdir(join(root, "src"));
    await writeFile(join(root, "src/index.md"), "# Mine\n");
    await writeFile(join(root, ".gitignore"), "/dist/\n*.log");
    await writeFile(
      join(root, "package.json"),
      '{"name": "mine", "type": "commonjs", "scripts": {"build": "make", "dev": "observable preview"}, "dependencies": {"d3": "7"}}'
    );
    await writeFile(join(root, "observablehq.config.js"), 'export default {\n  root: "src"\n};\n');
    const {code, stdout, stderr} = await init("--app", shop.name, "--kit", "^1.2.3");
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /npx ikigai-kit dev\n\s+package\.json keeps its own script dev.*--scripts to init/
    );
    expect(stderr).toContain("! src/index.md stays as it is: it has other content");
    expect(stderr).toContain('; keeps the script build, which is "make"');
    expect(stderr).toContain("...hermeticConfig");
    expect(stderr).toContain('put <link rel="stylesheet" href="style.css"> into its head');
    expect(await read("src/index.md")).toBe("# Mine\n");
    expect(await read(".gitignore")).toBe(
      "/dist/\n*.log\n.env\n.ikigai/\nnode_modules/\nsrc/.observablehq/cache/\n"
    );
    expect(await files()).not.toContain("observablehq.config.ts");
    expect(JSON.parse(await read("package.json"))).toMatchObject({
      name: "mine",
      type: "module",
      scripts: {build: "make", dev: "observable preview"},
      dependencies: {d3: "7", "ikigai-kit": "^1.2.3"}
    });
    expect((await init("--app", shop.name, "--scripts")).stdout).toMatch(/npm run dev\n\n$/);
    expect(JSON.parse(await read("package.json"))).toMatchObject({scripts: {build: "ikigai-kit build"}});
  });

  it("keeps a .env, from which the account is read", async () => {
    const env = Object.entries(account())
      .map(([name, value]) => `${name}=${value}\n`)
      .join("");
    await writeFile(join(root, ".env"), env);
    await chmod(join(root, ".env"), 0o600);
    const {code, stdout, stderr} = await command(["init", ".", "--yes", "--app", shop.name], {});
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(platform().apiKey);
    expect(await read(".env")).toBe(env);
    expect((await stat(join(root, ".env"))).mode & 0o777).toBe(0o600);
  });
});

describe("what is missing", () => {
  it.each([
    [
      "an account",
      ["--app", "Shop"],
      {},
      /IKIGAI_USER_EMAIL is not set[^]*IKIGAI_API_KEY is not set[^]*on a line NAME=value/
    ],
    ["the app", [], undefined, /say which app to use, such as --app "Crowd": there are "Crowd", "Shop .*"/],
    [
      "an app of that name",
      ["--app", "Crowdd"],
      undefined,
      /there is no app called "Crowdd": there are "Crowd"/
    ],
    ["a key that the platform takes", ["--app", "Crowd"], {IKIGAI_API_KEY: "wrong"}, /key/]
  ])("%s: exit code 1, a sentence with the fix, and no file", async (_, args, env, message) => {
    const given = env && Object.keys(env).length === 0 ? {} : {...account(), ...env};
    const {code, stderr} = await command(["init", ".", "--yes", ...args], given);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
    expect(await files()).toEqual([]);
  });

  it("a folder: its name is a file's", async () => {
    await writeFile(join(root, "taken"), "");
    const {code, stderr} = await command(["init", "taken", "--yes"]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/taken is a file\. Name a folder/)]);
  });

  it("something to add: the nearest names are told, and the config stays", async () => {
    await init("--app", shop.name);
    await install(root);
    const before = await read("ikigai.config.ts");
    const {code, stderr} = await command(["add", "dataset", "Demand forecasts"]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/no dataset.*"Demand forecasts": there are "Demand forecast"/)
    ]);
    expect(stderr).toMatch(/\. If it is in another app, add --app and its name: "Crowd"\n/);
    expect(await read("ikigai.config.ts")).toBe(before);
    await writeFile(join(root, "ikigai.config.ts"), 'export default {app: "Gone"};');
    expect((await command(["add", "dataset", "Last"])).stderr).toMatch(
      /no app called "Gone": there are "Crowd", "Shop .*\. ikigai\.config\.ts names this app: .* --app\n/
    );
  });
});
