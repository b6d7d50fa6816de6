// What a built page tells the browser to fetch ahead, as this kit makes it of what Framework writes.
import {mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, describe, expect, it} from "vitest";
import {improvePreloads} from "../../lib/site/preloads.js";

let site: string | undefined;

afterEach(() => site && rm(site, {recursive: true, force: true}));

const modules: Record<string, string> = {
  "_observablehq/client.11111111.js": `import "./runtime.22222222.js"; const arrow = () => import("../_npm/apache-arrow@21.2.0/33333333.js");`,
  "_observablehq/runtime.22222222.js": "export {};",
  "_npm/apache-arrow@21.2.0/33333333.js": `import "../tslib@2.9.1/44444444.js";`,
  "_npm/tslib@2.9.1/44444444.js": "export {};",
  "_npm/parquet-wasm@0.8.0/55555555.js": "export {};"
};

/** A page with preloads of all modules, as Framework writes it. */
const page = (script: string, {base = "./", extra = [] as string[]} = {}) =>
  `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">${[...Object.keys(modules), ...extra].map((name) => `\n<link rel="modulepreload" href="${base}${name}">`).join("")}
<script type="module">

import {define} from "${base}_observablehq/client.11111111.js";
import {registerFile} from "${base}_observablehq/client.11111111.js";
${script}
</script>
</head>
</html>
`;

const file = (name: string, size: number, base = "./") =>
  `\nregisterFile(${JSON.stringify(`./${name}`)}, ${JSON.stringify({name: `./${name}`, path: `${base}_file/${name}`, lastModified: 1, size})});`;

/** The page's links, before and after. */
async function improved(files: Record<string, string>, name = "index.html"): Promise<string[]> {
  site = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  for (const [path, text] of Object.entries({...modules, ...files})) {
    await mkdir(dirname(join(site, path)), {recursive: true});
    await writeFile(join(site, path), text);
  }
  await improvePreloads(site);
  const html = await readFile(join(site, name), "utf8");
  expect(html.replace(/\n<link[^>]*>/g, "")).toBe(files[name]!.replace(/\n<link[^>]*>/g, ""));
  return Array.from(
    html.matchAll(/<link rel="(\w+)"(?: as="fetch" crossorigin)? href="([^"]*)">/g),
    ([, rel, href]) => `${rel} ${href}`
  );
}

const all = Object.keys(modules).map((name) => `modulepreload ./${name}`);
const withoutReaders = all.filter((link) => !/apache-arrow|tslib|parquet-wasm/.test(link));

describe("preloads", () => {
  it("lack readers that the page doesn't use, and what only they import", async () => {
    const script = `define({id: "1", body: async () => { kit.arrowRows(FileAttachment("./data/x.arrow")); }});`;
    expect(await improved({"index.html": page(script)})).toEqual(withoutReaders);
  });

  it.each([
    ["calls .arrow()", `FileAttachment("./data/x.csv").arrow()`],
    [
      "calls .parquet() of a file that it named before",
      `const f = FileAttachment("./x.parquet"); f.parquet()`
    ],
    ["uses Framework's Arrow", `define({id: "1", inputs: ["Arrow"], body: () => {}});`],
    [
      "imports one itself",
      `import("./_npm/apache-arrow@21.2.0/33333333.js"); import("./_npm/parquet-wasm@0.8.0/55555555.js")`
    ]
  ])("stay as they are where the page %s", async (_, script) => {
    expect(await improved({"index.html": page(script)})).toEqual(all);
  });

  it("stay as they are where a module of the page's own reads so", async () => {
    const mine = "_import/components/mine.66666666.js";
    const files = {
      [mine]: `export const read = (file) => file.arrow();`,
      "index.html": page("", {extra: [mine]})
    };
    expect(await improved(files)).toEqual([...all, `modulepreload ./${mine}`]);
  });

  it("keep a reader that a module imports statically", async () => {
    const charts = "_npm/charts@1.0.0/77777777.js";
    const files = {
      [charts]: `import "../apache-arrow@21.2.0/33333333.js";`,
      "index.html": page("", {extra: [charts]})
    };
    expect(await improved(files)).toEqual([
      ...all.filter((link) => !link.includes("parquet")),
      `modulepreload ./${charts}`
    ]);
  });

  it("have the small Arrow files that the page names, from wherever the page lies", async () => {
    const base = "../";
    const script = [
      file("data/small.11aa22bb.arrow", 200_000, base),
      file("data/a b.11aa22bb.arrow", 1, base),
      file("data/large.11aa22bb.arrow", 200_001, base),
      file("data/other.11aa22bb.parquet", 1, base)
    ].join("");
    const links = await improved({"reports/one.html": page(script, {base})}, "reports/one.html");
    expect(links).toEqual([
      ...withoutReaders.map((link) => link.replace("./", "../")),
      "preload ../_file/data/small.11aa22bb.arrow",
      "preload ../_file/data/a%20b.11aa22bb.arrow"
    ]);
  });
});
