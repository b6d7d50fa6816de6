// `ikigai-kit build`: a site from an account or from the local platform, and what it says when there can be none.
import {existsSync} from "node:fs";
import {mkdir, readdir, readFile, rename, writeFile} from "node:fs/promises";
import {dirname, join, relative} from "node:path";
import {afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {run, start} from "./command.js";
import {
  config,
  preparedState,
  remove,
  repository,
  shop,
  smallProject,
  temporaryFolder,
  type Project
} from "./project.js";

vi.setConfig({testTimeout: 120_000}); // sites are built

let project: Project;
let data: string;
let platform: RunningPlatform;

beforeAll(async () => {
  project = await smallProject();
  data = await temporaryFolder();
  platform = await startPlatform({data, seed: [shop]});
});

afterAll(async () => {
  await platform?.close();
  await project?.remove();
  await remove(data);
});

afterEach(async () => {
  await remove(join(project.root, "dist"));
  await remove(join(project.root, "src/.observablehq"));
  await project.write("ikigai.config.ts", config({dataset: "Sales"}));
});

const account = () => ({
  IKIGAI_BASE_URL: platform.baseUrl,
  IKIGAI_USER_EMAIL: platform.userEmail,
  IKIGAI_API_KEY: platform.apiKey
});

const build = (env: Record<string, string> = account(), ...args: string[]) =>
  run(["build", ...args], {cwd: project.root, env});

/** The paths of a folder's files, at any depth; none where there is no folder. */
async function files(path: string): Promise<string[]> {
  const folder = join(project.root, path);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

describe("a site", () => {
  it("is built from the account that the environment names, and holds its data but not its key", async () => {
    const {code, stdout, stderr} = await build();
    expect(stderr).toMatch(
      /^… data\n✓ data {6}1 file, [\d.]+ k?B \(.* s\)\n… build\n✓ build .*\/dist \(.* s\)\n$/
    );
    expect([code, stdout]).toEqual([0, ""]);
    const built = await files("dist");
    expect(built).toContain("index.html");
    const sales = built.find((name) => /data\/sales\.\w+\.csv$/.test(name))!;
    expect(await readFile(join(project.root, "dist", sales), "utf8")).toBe(shop.datasets[0]!.csv);
    for (const folder of ["dist", "src/.observablehq"]) {
      for (const name of await files(folder)) {
        const content = await readFile(join(project.root, folder, name));
        expect(content.includes(platform.apiKey), name).toBe(false);
      }
    }
  });

  it("is built from the local platform with --local, whatever account is named and was pulled from before", async () => {
    const pulled = join(project.root, "src/.observablehq/cache/data/sales.csv");
    await mkdir(dirname(pulled), {recursive: true});
    await writeFile(pulled, "day,units\n2023-01-01,1\n");
    const local = await preparedState();
    onTestFinished(() => local.remove());
    const elsewhere = {...account(), IKIGAI_BASE_URL: "http://127.0.0.1:9"};
    const {code, stderr} = await build(elsewhere, "--local", "--data", local.data);
    expect(stderr).toMatch(/✓ platform[^]*✓ data[^]*✓ build/);
    expect(code).toBe(0);
    expect(await files("dist")).toContain("index.html");
    expect(await readFile(pulled, "utf8")).toBe(shop.datasets[0]!.csv);
  });
});

describe("a site that is built all the same", () => {
  it("has its warnings told: a broken link, a block that can't be parsed, what a loader says", async () => {
    const page = await readFile(join(project.root, "src/index.md"), "utf8");
    onTestFinished(() => project.write("src/index.md", page));
    onTestFinished(() => remove(join(project.root, "src/own.txt.sh")));
    await project.write(
      "src/index.md",
      page + '\n[There](./nowhere)\n\n```js\nconst = 1;\n```\n\n```js\nFileAttachment("own.txt");\n```\n'
    );
    await project.write("src/own.txt.sh", "echo little paper >&2; echo mine");
    const {code, stderr} = await build();
    expect(stderr).toMatch(/✓ build/);
    expect(stderr).toMatch(/^ {2}warning: src\/index\.md: SyntaxError: /m);
    expect(stderr).toMatch(/^ {2}warning: 1 broken link \(/m);
    expect(stderr).toMatch(/^ {2}warning: broken link: \/index → \/nowhere$/m);
    expect(stderr).toMatch(/^little paper$/m);
    expect(code).toBe(0);
  });

  it("with another root, output and folder of its loader has its data", async () => {
    const other = await smallProject();
    onTestFinished(() => other.remove());
    await rename(join(other.root, "src"), join(other.root, "pages"));
    await rename(join(other.root, "pages/data"), join(other.root, "pages/from"));
    await remove(join(other.root, "observablehq.config.js"));
    await other.write("observablehq.config.ts", `export {default} from "./site.config.ts";\n`);
    await other.write(
      "site.config.ts",
      `import {hermeticConfig} from "ikigai-kit/hermetic";\n` +
        `export default {...hermeticConfig, root: "pages", output: "public/site"};\n`
    );
    await other.write("pages/index.md", '```js\nFileAttachment(`from/${"sal" + "es"}.csv`).csv()\n```\n');
    // What was there before, of nobody knows whom.
    await other.write("pages/.observablehq/cache/from/sales.csv", "old\n1\n");
    await other.write("pages/.observablehq/cache/from/sales.json", "[]");
    const {code, stderr} = await run(["build"], {cwd: other.root, env: account()});
    expect(code, stderr).toBe(0);
    const built = await readdir(join(other.root, "public/site/_file/from"));
    expect(built).toEqual([expect.stringMatching(/^sales\.[0-9a-f]{8}\.csv$/)]);
    expect(await readFile(join(other.root, "public/site/_file/from", built[0]!), "utf8")).toBe(
      shop.datasets[0]!.csv
    );
    expect(await readdir(join(other.root, "pages/.observablehq/cache/from"))).toEqual(["sales.csv"]);
  });
});

describe("there is none", () => {
  const cases: {
    because: string;
    env?: () => Record<string, string>;
    config?: string;
    says: RegExp;
  }[] = [
    {
      because: "no account is named",
      env: () => ({}),
      says: /Can't sign in to Ikigai:\n {2}IKIGAI_USER_EMAIL is not set\n {2}IKIGAI_API_KEY is not set\nSet it in the environment, or on a line NAME=value of .*\.env/
    },
    {
      because: "the key is wrong",
      env: () => ({...account(), IKIGAI_API_KEY: "a-wrong-key-that-nobody-may-see"}),
      says: /do not belong together.*Check userEmail and apiKey \(IKIGAI_USER_EMAIL, IKIGAI_API_KEY\)/
    },
    {
      because: "nothing answers at the base URL",
      env: () => ({...account(), IKIGAI_BASE_URL: "http://127.0.0.1:9"}),
      says: /127\.0\.0\.1:9.*base URL/
    },
    {
      because: "the base URL is no address",
      env: () => ({...account(), IKIGAI_BASE_URL: "api.ikigailabs.io"}),
      says: /IKIGAI_BASE_URL in the environment should be an address such as https:\/\/api\.ikigailabs\.io/
    },
    {
      because: "a key of the config is misspelt",
      config: config({datset: "Sales"}),
      says: /ikigai\.config\.ts[^]*datset[^]*dataset/
    },
    {
      because: "the dataset has another name",
      config: config({dataset: "Sale"}),
      says: /datasets\.sales: there is no dataset .*called "Sale": there is "Sales"/
    },
    {
      because: "the app has another name",
      config: config({dataset: "Sales"}, {app: "Shops"}),
      says: /there is no app called "Shops": there is "Shop"/
    },
    {
      because: "the config is no TypeScript",
      config: "export default {",
      says: /ikigai\.config\.ts can't be loaded/
    }
  ];

  it.each(cases)("when $because, which is told", async ({env, config, says}) => {
    if (config) await project.write("ikigai.config.ts", config);
    const {code, stdout, stderr} = await build(env?.());
    // What is wrong with the set-up is told before any work begins.
    expect(stderr).toMatch(/^(?:… data\n✗ data {6}failed after .* s\n)?ikigai-kit: /);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at /m);
    for (const key of [platform.apiKey, "a-wrong-key-that-nobody-may-see"]) expect(stderr).not.toContain(key);
    expect([code, stdout]).toEqual([1, ""]);
    expect(await files("dist")).toEqual([]);
    expect(await files("src/.observablehq/cache/data")).toEqual([]);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      "a page imports what isn't installed",
      {"src/index.md": '```js\nimport {x} from "npm:not-installed-at-all";\n```\n'},
      /npm:not-installed-at-all is imported[^]*npm install not-installed-at-all/
    ],
    [
      "a page names a file that nothing makes",
      {"src/index.md": '```js\nFileAttachment("elsewhere/sales.csv");\n```\n'},
      /src\/index\.md: elsewhere\/sales\.csv is named, .* such as src\/elsewhere\/\[name\]\.csv\.ts\n$/
    ],
    [
      "a page names a file that the config doesn't give",
      {"src/index.md": '```js\nFileAttachment("data/slaes.csv");\n```\n'},
      /src\/index\.md: ikigai\.config\.ts gives no file "slaes"\. It gives sales, /
    ]
  ])("when %s, which is told before anything is pulled", async (_, changes, says) => {
    for (const [path, content] of Object.entries(changes)) {
      const before = await readFile(join(project.root, path), "utf8");
      onTestFinished(() => project.write(path, before));
      await project.write(path, content);
    }
    const {code, stderr} = await build();
    expect(stderr).toMatch(/^… data\n✗ data {6}failed after .* s\n/);
    expect(stderr.slice(stderr.lastIndexOf("ikigai-kit: "))).toMatch(says);
    expect(stderr.split("\n").length).toBeLessThan(7);
    expect(code).toBe(1);
    expect(await files("src/.observablehq/cache/data")).toEqual([]);
  });

  it("when package.json makes Framework ignore its config, which is told before anything is pulled", async () => {
    const root = await temporaryFolder();
    onTestFinished(() => remove(root));
    const site = {
      "package.json": '{"name": "site", "type": "commonjs"}',
      "ikigai.config.ts": 'export default {app: "Shop"};',
      "observablehq.config.ts": 'export default {root: "."};',
      "index.md": "# Page\n"
    };
    for (const [path, content] of Object.entries(site)) await writeFile(join(root, path), content);
    const {code, stderr} = await run(["build"], {cwd: root, from: repository, env: account()});
    expect(stderr).toMatch(
      /^… data\n✗ data .*\nikigai-kit: Framework would ignore all of .*observablehq\.config\.ts: .*package\.json has "type": "commonjs"; write "type": "module" there\n$/
    );
    expect(code).toBe(1);
  });

  it("when a loader of the project's own fails, with what it has said", async () => {
    const page = await readFile(join(project.root, "src/index.md"), "utf8");
    onTestFinished(() => project.write("src/index.md", page));
    onTestFinished(() => remove(join(project.root, "src/own.txt.sh")));
    await project.write("src/index.md", '```js\nFileAttachment("own.txt");\n```\n');
    await project.write("src/own.txt.sh", "echo out of paper >&2; exit 3");
    const {code, stderr} = await build();
    expect(stderr).toMatch(/^… data\n✗ data .*\nikigai-kit: /);
    expect(stderr.slice(stderr.lastIndexOf("ikigai-kit: "))).toBe(
      "ikigai-kit: own.txt can't be made: src/own.txt.sh: it ended with exit code 3:\n    out of paper\n"
    );
    expect(code).toBe(1);
  });

  it("when Framework fails, of which the reason is told and no more", async () => {
    const page = await readFile(join(project.root, "src/index.md"), "utf8");
    onTestFinished(() => project.write("src/index.md", page));
    await project.write("src/index.md", '```js\nimport "./none.js";\n```\n');
    const {code, stderr} = await build();
    expect(stderr).toMatch(/^… data\n✓ data .*\n… build\n✗ build .*\nikigai-kit: /);
    expect(stderr.slice(stderr.lastIndexOf("ikigai-kit: "))).toMatch(
      /^ikigai-kit: observable build failed: import not found: .*none\.js.*\n$/
    );
    expect(code).toBe(1);
  });

  it("where there is no project", async () => {
    const empty = join(project.root, "elsewhere");
    await mkdir(empty);
    onTestFinished(() => remove(empty));
    const {code, stderr} = await run(["build"], {cwd: empty, from: project.root, env: account()});
    expect(stderr).toMatch(/There is no .*elsewhere\/ikigai\.config\.ts\. Run this in the project's folder/);
    expect(code).toBe(1);
  });
});

describe("Ctrl-C", () => {
  it("while Framework builds ends all of it, quickly and quietly", async () => {
    const command = start(["build"], {cwd: project.root, env: account()});
    onTestFinished(() => command.kill());
    await command.says(/… build/);
    const pressed = performance.now();
    expect(await command.interrupt()).toBe(130);
    expect(performance.now() - pressed).toBeLessThan(30_000);
    await command.gone();
    expect(command.stderr).toMatch(/✗ build {5}stopped after .* s\n$/);
  });
});
