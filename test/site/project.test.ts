// What Framework says that a project's pages need: small projects of every shape, and what keeps one from being built.
import {join} from "node:path";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import {cachedKitFiles, kitFiles, openProject, readFolders, throwProblems} from "../../lib/site/index.js";
import {config, project as files, write} from "../hermetic/project.js";

vi.setConfig({testTimeout: 120_000}); // each starts Framework, which takes seconds

const loader = (format: string) =>
  `// Any file.\nimport {load} from "ikigai-kit/data-loaders";\n\nawait load("${format}");\n`;
const manifest = {"package.json": {name: "site", version: "0.0.0", type: "module"}};

/** A page of one block of code. */
const page = (code: string) => `# Page\n\n\`\`\`js\n${code}\n\`\`\`\n`;

/** Opens a project, and gives what was read and what was warned of. */
async function read(root: string) {
  const warnings: string[] = [];
  const open = await openProject({
    root,
    command: "build",
    onOutput: () => {},
    onWarning: (warning) => warnings.push(warning)
  });
  onTestFinished(() => open.close());
  return {open, project: open.project, warnings};
}

const failure = async (root: string): Promise<string> => {
  try {
    throwProblems((await read(root)).project);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing is wrong with it");
};

describe("a project", () => {
  it("needs what its pages name in any way that Framework knows, in whatever folder the loader lies", async () => {
    const root = files({
      ...manifest,
      "observablehq.config.ts": `
        import {appendFileSync} from "node:fs";
        globalThis.fetch = async (href) => {
          appendFileSync("foreign.log", href + "\\n");
          throw new Error("no host may be asked: " + href);
        };
        const title: string = "Test";
        export default {
          title, root: "pages", output: "public/site", globalStylesheets: [],
          duckdb: {extensions: {json: null, parquet: null}},
          head: '<link rel="icon" href="data:,">',
          dynamicPaths: ["/product/chair", "/product/table", "/data/chosen.json"]
        };`,
      "pages/index.md":
        page('FileAttachment("data/sales.csv"); FileAttachment(`./data/${"sal" + "es"}.arrow`);') +
        '<a href="data/downloaded.csv" download>Get it</a>\n\nThe words data/prose.csv name nothing.\n',
      "pages/product/[product].md": page("FileAttachment(`../data/${observable.params.product}.parquet`)"),
      "pages/deep/page.md":
        `---\nsql:\n  größe: ./own/größe.parquet\n---\n` + page('import {x} from "../parts/a.js";'),
      "pages/parts/a.ts": `import {y} from "./b.js"; export const x: number = y;`,
      "pages/parts/b.ts":
        'import {FileAttachment} from "npm:@observablehq/stdlib"; export const y = FileAttachment("../deep/own/stock.json");',
      "pages/draft.md": "---\ndraft: true\n---\n" + page('FileAttachment("data/draft.csv")'),
      "pages/other.md": page(
        ["mixed.csv", "wrong.json", "own.txt", "static.csv", "fixed.csv"]
          .map((name) => `FileAttachment("other/${name}");`)
          .join("\n")
      ),
      "pages/data/[name].csv.ts": loader("csv"),
      "pages/data/[name].arrow.js": `import {load as get} from 'ikigai-kit/data-loaders'\nawait get('arrow')`,
      "pages/data/[name].parquet.ts": loader("parquet"),
      "pages/data/[name].json.ts": loader("json"),
      "pages/deep/own/[name].parquet.ts": loader("parquet"),
      "pages/deep/[folder]/[name].json.ts": loader("json"),
      // Not to be stood in for: they do more, or would write something else than their name says.
      "pages/other/mixed.csv.ts": `import {more} from "../../more.js";\nmore();\n`,
      "more.ts": `import {load} from "ikigai-kit/data-loaders"; export const more = (): void => void load("csv");`,
      "pages/other/[name].json.ts": loader("csv"),
      "pages/other/fixed.csv.ts": loader("csv"),
      "pages/other/own.txt.sh": "echo mine",
      "pages/other/static.csv": "a\n1\n"
    });
    for (const name of [
      "data/sales.csv",
      "data/gone.arrow",
      "other/mixed.csv",
      "other/own.txt",
      "_npm/x.js",
      ".pulling-1/x"
    ])
      write(root, `pages/.observablehq/cache/${name}`, "");
    const {project, warnings} = await read(root);
    expect(project).toMatchObject({
      root,
      source: join(root, "pages"),
      output: join(root, "public/site"),
      problems: []
    });
    expect(kitFiles(project).map(({path, pages}) => [path, ...pages])).toEqual([
      ["data/chair.parquet", "pages/product/[product].md"],
      ["data/chosen.json", "dynamicPaths of observablehq.config"],
      ["data/downloaded.csv", "pages/index.md"],
      ["data/sales.arrow", "pages/index.md"],
      ["data/sales.csv", "pages/index.md"],
      ["data/table.parquet", "pages/product/[product].md"],
      ["deep/own/größe.parquet", "pages/deep/page.md"],
      ["deep/own/stock.json", "pages/deep/page.md"]
    ]);
    const kinds = Object.fromEntries(
      project.files
        .filter(({path}) => path.startsWith("other/"))
        .map(({path, loader}) => [path, loader?.kind])
    );
    expect(kinds).toEqual({
      "other/mixed.csv": "mixed",
      "other/wrong.json": "kit",
      "other/own.txt": "other",
      "other/static.csv": undefined,
      "other/fixed.csv": "kit"
    });
    expect(cachedKitFiles(project).sort()).toEqual(["data/gone.arrow", "data/sales.csv", "other/mixed.csv"]);
    expect(warnings).toEqual([]);
  });

  it("is built from what was read, in the same process", async () => {
    const root = files({
      ...manifest,
      "observablehq.config.js": config,
      "src/index.md": page('FileAttachment("data/a.csv").csv()'),
      "src/data/[name].csv.ts": loader("csv")
    });
    const {open} = await read(root);
    write(root, "src/.observablehq/cache/data/a.csv", "n\n1\n");
    await open.run({args: ["build"], output: join(root, "aside")});
    const {builtFiles} = await import("../../lib/site/index.js");
    expect(await builtFiles(join(root, "aside"), ["data/a.csv", "data/none.csv"])).toEqual({
      "data/a.csv": expect.stringMatching(/^\/_file\/data\/a\.[0-9a-f]{8}\.csv$/) as unknown
    });
  });

  it("has its folders where the config says", async () => {
    const root = files({
      ...manifest,
      "observablehq.config.js": `export default {root: "a/b", output: "../c"};`
    });
    expect(await readFolders({root})).toEqual({root, source: join(root, "a/b"), output: join(root, "../c")});
  });
});

describe("what can't be built is told with the fix", () => {
  it.each([
    [
      "no config",
      {"observablehq.config.js": undefined},
      /^There is no observablehq\.config\.ts in .*\. Write one:\n.*hermeticConfig/
    ],
    [
      "a config that exports nothing",
      {"observablehq.config.js": `export const a = 1;`},
      /exports no config; begin it with/
    ],
    [
      "a config that fails",
      {"observablehq.config.js": `throw new Error("my mistake");`},
      /can't be loaded: my mistake$/
    ],
    [
      "a format without a loader",
      {"src/index.md": page('FileAttachment("data/a.arrow")')},
      /^src\/index\.md: data\/a\.arrow is named, but there is no src\/data\/a\.arrow and no loader for it, such as src\/data\/\[name\]\.arrow\.ts$/
    ],
    [
      "a file that is neither there nor made",
      {"src/index.md": "![x](pic/a.png)"},
      /^src\/index\.md: pic\/a\.png is named, .*such as src\/pic\/a\.png\.ts$/
    ],
    [
      "a package that isn't installed",
      {"src/index.md": page('import "npm:@not/there";')},
      /npm:@not\/there is imported, but @not\/there is not installed\n {2}npm install @not\/there$/
    ],
    [
      "a module whose files are only known at run time",
      {
        "src/index.md": page('import {f} from "./m.js";'),
        "src/m.js":
          'import {FileAttachment} from "observablehq:stdlib"; export const f = (name) => FileAttachment(`data/${name}.csv`);'
      },
      /^src\/index\.md: its module src\/m\.js can't be read: FileAttachment requires a single literal string .*dynamicPaths/
    ],
    [
      "several of these",
      {"src/index.md": page('FileAttachment("a.csv"); FileAttachment("b.csv");')},
      /^the site can't be built:\n {2}src\/index\.md: a\.csv .*\n {2}src\/index\.md: b\.csv /
    ],
    [
      "another version of Framework",
      {
        "node_modules/@observablehq/framework/package.json": {
          name: "@observablehq/framework",
          version: "1.12.0"
        }
      },
      /^Observable Framework 1\.12\.0 is in .*works with 1\.13\.4 only\n {2}npm install @observablehq\/framework@1\.13\.4$/
    ]
  ])("%s", async (_, changes: Record<string, string | object | undefined>, message) => {
    const all = {...manifest, "observablehq.config.js": config, "src/index.md": "# Page\n", ...changes};
    const given = Object.entries<string | object | undefined>(all).flatMap(([path, content]) =>
      content === undefined ? [] : [[path, content] as const]
    );
    expect(await failure(files(Object.fromEntries(given)))).toMatch(message);
  });
});

describe("what is built in spite of it is warned of", () => {
  it("that no root is set, that a block can't be parsed, that other hosts would be asked", async () => {
    const root = files({
      ...manifest,
      "observablehq.config.js": `export default {title: "x"};`,
      "src/index.md":
        page("FileAttachment(`data/${name}.csv`)") +
        page("const = 1;") +
        page('import "https://cdn.example.com/x.js";')
    });
    const {project, warnings} = await read(root);
    expect(project.problems).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/^the config file is missing the root option/),
      expect.stringMatching(/fonts\.googleapis\.com.*hermeticConfig/),
      expect.stringMatching(/^src\/index\.md: SyntaxError: FileAttachment requires .*dynamicPaths/),
      expect.stringMatching(/^src\/index\.md: SyntaxError: Unexpected token/),
      expect.stringMatching(/^src\/index\.md: asks cdn\.example\.com for https:\/\/cdn\.example\.com\/x\.js/)
    ] as unknown[]);
  });
});
