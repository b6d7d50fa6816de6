// A project that hasn't changed is read without Framework; each change that its answer depends on has Framework asked again.
import {readFileSync, rmSync, statSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import {cachedKitFiles, kitFiles, readFolders, readProject, type ReadProject} from "../../lib/site/index.js";
import {configInputs} from "../../lib/site/config-inputs.js";
import {currentKey} from "../../lib/site/read-project.js";
import {project as files, write} from "../hermetic/project.js";

vi.setConfig({testTimeout: 120_000}); // Framework takes seconds to start

const loader = `import {load} from "ikigai-kit/data-loaders";\nawait load("csv");\n`;
const page = (file: string) => `# Page\n\n\`\`\`js\nFileAttachment("${file}");\n\`\`\`\n`;

const config = (rest = "") => `
  import {title} from "./site/title.js";
  export default {title: title + process.env.SITE_SUFFIX, root: "src", globalStylesheets: [], footer: "",
    duckdb: {extensions: {json: null, parquet: null}}${rest}};`;

const small = (rest: Record<string, string> = {}) =>
  files({
    "package.json": `{"name": "site", "version": "0.0.0", "type": "module"}`,
    "package-lock.json": "{}",
    "observablehq.config.ts": config(),
    "site/title.ts": `export const title: string = "Sales";`,
    "src/index.md": page("data/sales.csv"),
    "src/other.md": page("other/stock.csv"),
    "src/made.md.js": `console.log("# Made");`,
    "src/data/[name].csv.ts": loader,
    "src/other/[name].csv.ts": `import "../../site/more.js"; ${loader}`,
    "site/more.ts": "export {};",
    ".env": "",
    ...rest
  });

interface Told extends ReadProject {
  warnings: string[];
}

async function read(root: string, env?: Record<string, string>): Promise<Told> {
  const warnings: string[] = [];
  const onWarning = (warning: string) => void warnings.push(warning);
  const found = await readProject({root, command: "build", onOutput: () => {}, onWarning, ...(env && {env})});
  onTestFinished(() => found.open?.close());
  return {...found, warnings};
}

/** Reads until what was just written is old enough to be told from what is written next. */
async function readSettled(root: string, env?: Record<string, string>): Promise<Told> {
  for (;;) {
    const found = await read(root, env);
    if (!found.noKey?.includes("was changed while")) return found;
    await found.open!.close();
  }
}

describe("a project that was read", () => {
  it("is read again without Framework, with the same answer, and with what is in the cache now", async () => {
    const root = small({"src/bad.md": "```js\nlet 1;\n```\n"});
    const first = await readSettled(root);
    expect(first).toMatchObject({key: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown});
    expect(first.open).toBeDefined();
    expect(first.warnings).toEqual([expect.stringContaining("src/bad.md: SyntaxError")]);
    const second = await read(root);
    expect(second.open).toBeUndefined();
    const {open: _, ...told} = first;
    expect(second).toEqual(told);

    write(root, "src/.observablehq/cache/data/sales.csv", "a\n1\n");
    const third = await read(root);
    expect(third.open).toBeUndefined();
    expect(third.key).toBe(first.key);
    expect(kitFiles(third.project).map(({path}) => path)).toEqual(["data/sales.csv", "other/stock.csv"]);
    expect(cachedKitFiles(third.project)).toEqual(["data/sales.csv"]);

    // Which loader would make this one nobody has asked yet.
    write(root, "src/.observablehq/cache/data/chosen.csv", "a\n1\n");
    const fourth = await read(root);
    expect(fourth.open).toBeDefined();
    expect(fourth.key).toBe(first.key);
    const fifth = await read(root);
    expect(fifth.open).toBeUndefined();
    expect(cachedKitFiles(fifth.project).sort()).toEqual(["data/chosen.csv", "data/sales.csv"]);

    const folders = {root, source: join(root, "src"), output: join(root, "dist")};
    expect(await readFolders({root})).toEqual(folders);
    write(
      root,
      ".ikigai/project.json",
      readFileSync(join(root, ".ikigai/project.json"), "utf8").slice(0, -9)
    );
    expect((await read(root)).open).toBeDefined();
    expect((await read(root)).open).toBeUndefined();
    write(root, "observablehq.config.ts", config(`, output: "public"`));
    expect(await readFolders({root})).toEqual({...folders, output: join(root, "public")});
  });

  it("has another key after each change that its answer depends on, and after no other", async () => {
    const root = small();
    const env = {SITE_SUFFIX: "!"};
    const found = await readSettled(root, env);
    expect(found.noKey).toBeUndefined();
    write(root, "src/index.md.new", "");
    rmSync(join(root, "src/index.md.new"));
    const keys = new Map([[currentKey(found, {env}), "nothing"]]);
    expect([...keys.keys()]).toEqual([found.key]);

    for (const [path, content] of [
      [".env", "IKIGAI_API_KEY=x"],
      ["README.md", "# Mine"],
      ["dist/index.html", "built"],
      ["src/.observablehq/cache/data/sales.csv", "a\n1\n"],
      ["src/.observablehq/cache/_npm/x@1.0.0/x.js", ""]
    ] as const) {
      write(root, path, content);
      expect(currentKey(found, {env}), path).toBe(found.key);
    }
    expect(currentKey(found, {env: {...env, SOMETHING_ELSE: "1"}})).toBe(found.key);

    const changes: [string, () => unknown][] = [
      ["a page edited", () => write(root, "src/index.md", page("data/other.csv"))],
      [
        "a page edited, of the same size and time",
        () => {
          const {atime, mtime} = statSync(join(root, "src/index.md"));
          write(root, "src/index.md", page("data/Other.csv"));
          utimesSync(join(root, "src/index.md"), atime, mtime);
        }
      ],
      ["a new page", () => write(root, "src/new.md", "# New")],
      ["a new component", () => write(root, "src/parts/a.js", "")],
      ["a loader removed", () => rmSync(join(root, "src/data/[name].csv.ts"))],
      [
        "a page that its loader has made again",
        () => write(root, "src/.observablehq/cache/made.md", "# Made again")
      ],
      ["the config edited", () => write(root, "observablehq.config.ts", config(`, toc: false`))],
      ["a config that Framework prefers", () => write(root, "observablehq.config.js", config())],
      ["an import of the config edited", () => write(root, "site/title.ts", `export const title = "Other";`)],
      ["an import of a loader edited", () => write(root, "site/more.ts", "export const more = 1;")],
      [
        "the package",
        () => write(root, "package.json", `{"name": "site", "version": "0.0.1", "type": "module"}`)
      ],
      ["the lock file", () => write(root, "package-lock.json", `{"packages": {}}`)],
      ["what is installed", () => write(root, "node_modules/.package-lock.json", "{}")]
    ];
    for (const [what, change] of changes) {
      change();
      const key = currentKey(found, {env});
      expect(keys.get(key), what).toBeUndefined();
      keys.set(key, what);
    }
    for (const other of [
      {SITE_SUFFIX: "?"},
      {...env, IKIGAI_KIT_CDN: "1"},
      {...env, NODE_OPTIONS: "--trace-warnings"}
    ])
      expect([...keys.keys()]).not.toContain(currentKey(found, {env: other}));
  });

  it("isn't kept where it has problems, or where its config may say something else the next time", async () => {
    const root = small({"src/index.md": page("data/none.txt")});
    const broken = await read(root);
    expect(broken).toMatchObject({noKey: "it has problems"});
    expect(broken.project.problems).toHaveLength(1);
    await broken.open!.close();
    write(root, "src/index.md", page("data/sales.csv"));
    write(
      root,
      "observablehq.config.ts",
      config(`, dynamicPaths: function* () { yield "/data/sales.csv"; }`)
    );
    const unsure = await read(root);
    expect(unsure.noKey).toMatch(/observablehq\.config\.ts lists dynamicPaths by a function/);
    await unsure.open!.close();
    expect((await read(root)).open).toBeDefined();
  });
});

describe("what a config depends on", () => {
  const inputs = (source: string, rest: Record<string, string> = {}) => {
    const root = files({"observablehq.config.ts": source, ...rest});
    return configInputs(join(root, "observablehq.config.ts")).then(({files, ...told}) => ({
      ...told,
      files: files.map((path) => path.slice(root.length + 1)).sort()
    }));
  };

  it("are the files that it imports, and the variables that it reads", async () => {
    const source = `import {hermeticConfig} from "ikigai-kit/hermetic"; import {join} from "node:path";
      import anchor from "markdown-it-anchor"; import {title} from "./a"; import list from "./list.json";
      /* process.argv, new Date(), await */ const day: Date = new Date("2024-01-01"), next = new Date(2024, 1);
      export default {...hermeticConfig, title, list, anchor, day, next, root: join("a", "b"), head: "To process: the fetch time",
        base: process.env.BASE ?? process.env["OTHER"]};`;
    const rest = {
      "a.ts": `export {title} from "./b.js";`,
      "b.js": "export const title = 1;",
      "list.json": "[]"
    };
    expect(await inputs(source, rest)).toEqual({
      env: ["BASE", "OTHER"],
      files: ["a.ts", "b.js", "list.json", "observablehq.config.ts"]
    });
  });

  it.each([
    ["const {BASE} = process.env; export default {base: BASE};"],
    ["export default {base: process.env[name()]}; function name() { return 'X'; }"],
    [`import {credentials} from "ikigai-kit"; export default {base: credentials.name};`]
  ])("may be any variable: %s", async (source) => expect(await inputs(source)).not.toHaveProperty("env"));

  it.each([
    ["export default {title: new Date().toISOString()};", /asks for the time/],
    ["export default {title: String(new Date)};", /asks for the time/],
    ["export default {title: Date.now()};", /asks for the time/],
    ["export default {title: Math.random()};", /makes random values/],
    [
      `import {readFileSync} from "node:fs"; export default {title: readFileSync("x", "utf8")};`,
      /imports node:fs,/
    ],
    [`import fs from "fs"; export default {title: fs.readFileSync("x", "utf8")};`, /imports fs,/],
    [`import list from "some-package"; export default {title: list};`, /imports some-package,/],
    [`export default {title: await Promise.resolve("x")};`, /waits for something/],
    [`const get = fetch; export default {get};`, /asks other hosts/],
    [`const p = "./x.js"; export default {title: import(p)};`, /runs code that is chosen then/],
    [`export default {title: process.argv[2]};`, /reads more of the process/],
    [`import x from "./missing.js"; export default x;`, /imports something that can't be followed/]
  ])("is more than can be told: %s", async (source, expected) => {
    const {unsure} = await inputs(source);
    expect(unsure).toMatch(expected);
  });
});
