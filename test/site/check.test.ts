// What keeps a finished build from being published.
import {Buffer} from "node:buffer";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {checkSite, type CheckOptions} from "../../lib/site/check.js";
import {temporaryFolder, write} from "./support.js";

const page = (head: string, body = "") =>
  `<!DOCTYPE html>\n<html>\n<head>\n${head}\n</head>\n<body>${body}</body>\n</html>`;

/** A build without a fault, and what is changed about it. */
async function check(changes: Record<string, string | Uint8Array>, options?: CheckOptions) {
  const folder = await write(await temporaryFolder(), {
    "index.html": page(
      '<link rel="stylesheet" href="./_observablehq/theme.01234567.css"><link rel="canonical" href="/elsewhere">' +
        '<script type="module">import "./_observablehq/client.01234567.js";\nimport {registerFile} from "./_observablehq/stdlib.01234567.js";\n' +
        'registerFile("./data/x.csv", {"name":"./data/x.csv","path":"./_file/data/x.01234567.csv","size":1});\nregisterFile("./data/a b.csv", {"path":"./_file/data/a%20b.01234567.csv"});</script>',
      '<a href="./forecast?week=1#top">Forecast</a> <a href="./deep/">Deep</a> <a href="#top">Top</a> <a href="https://example.com">Else</a>' +
        '<img srcset="./_file/a.01234567.png 1x, ./_file/b.01234567.png 2x"> <!-- <img src="./old.png"> --> <code>&lt;img src="./no.png"&gt;</code>'
    ),
    "forecast.html": page(""),
    "deep/index.html": page('<link rel="stylesheet" href="../_observablehq/theme.01234567.css">'),
    "_observablehq/theme.01234567.css":
      "body {background: url('data:image/png;base64,AA==')} /* url(old.png) */",
    "_observablehq/client.01234567.js":
      'import "../_npm/d3@7.0.0/01234567.js"; const later = () => import("../_npm/leaflet@1.0.0/01234567.js");',
    "_observablehq/stdlib.01234567.js": "export const text = \"import x from './nothing.js'\";",
    "_npm/d3@7.0.0/01234567.js": "export {};",
    "_file/data/x.01234567.csv": "a\n1\n",
    "_file/data/a b.01234567.csv": "a\n1\n",
    "_file/a.01234567.png": "a",
    "_file/b.01234567.png": "b",
    ".nojekyll": "",
    ...changes
  });
  return checkSite(folder, options);
}

it("finds nothing wrong with a build that is right", async () => {
  expect(await check({})).toEqual({problems: [], warnings: [], lost: []});
});

describe("a file that is named and isn't there", () => {
  it.each<[string, string, string]>([
    ["a stylesheet", "./x.css", '<link rel="stylesheet" href="./x.css">'],
    ["a module that is loaded early", "./x.js", '<link rel="modulepreload" href="./x.js">'],
    ["a script", "./x.js", '<script src="./x.js"></script>'],
    ["an import", "./x.js", '<script type="module">import "./x.js";</script>'],
    [
      "an import in a cell",
      "./x.js",
      '<script type="module">define({body: async () => import("./x.js")});</script>'
    ],
    [
      "an attached file",
      "./_file/x.csv",
      '<script type="module">registerFile("./x.csv", {"name":"./x.csv","path":"./_file/x.csv"});</script>'
    ],
    ["a picture", "./x.png?v=1", '<img src="./x.png?v=1">'],
    ["one of a set of pictures", "./x.png", '<img srcset="./_file/a.01234567.png 1x, ./x.png 2x">'],
    ["a download", "./x.csv", '<a download href="./x.csv">x</a>'],
    ["a file with an escaped name", "./a&b.png", '<img src="./a&amp;b.png">'],
    ["one from the site's root", "/x.png", "<img src=/x.png>"]
  ])("is told with the page: %s", async (_, url, head) => {
    const {problems} = await check({"forecast.html": page(head)});
    expect(problems).toEqual([
      expect.stringMatching(/^forecast\.html names .*, which doesn't exist\. Build again/)
    ]);
    expect(problems[0]).toContain(` ${url},`);
  });

  it("is told with the module or stylesheet that names it", async () => {
    const {problems} = await check({
      "_import/a.01234567.js":
        'import {b} from "./b.01234567.js"; import("../_npm/c@1/01234567.js"); registerFile("x", {"path":"../_file/no.csv"});',
      "_import/a.01234567.css": "@font-face {src: url(./font.woff2)}"
    });
    expect(problems.map((problem) => /^\S+ names \S+(?=,)/.exec(problem)?.[0])).toEqual([
      "_import/a.01234567.css names ./font.woff2",
      "_import/a.01234567.js names ../_file/no.csv",
      "_import/a.01234567.js names ../_npm/c@1/01234567.js",
      "_import/a.01234567.js names ./b.01234567.js"
    ]);
  });

  it("is a warning where it is a page that a link leads to, or a font of a package's stylesheet", async () => {
    const {problems, warnings} = await check({
      "forecast.html": page("", '<a href="./nowhere">x</a>'),
      "_npm/katex@0.16.0/dist/katex.min.css": "@font-face {src: url(fonts/x.woff2)}"
    });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/^_npm\/katex.* names fonts\/x\.woff2/),
      expect.stringMatching(/^forecast\.html links to \.\/nowhere, .*Correct the link/)
    ]);
  });

  it("is looked for below the site's base, and what is beside it isn't the site's", async () => {
    const head =
      '<img src="/team/dashboard/_file/a.01234567.png"><img src="/team/other/x.png"><img src="/team/dashboard/no.png">';
    const {problems} = await check({"forecast.html": page(head)}, {base: "/team/dashboard/"});
    expect(problems).toEqual([expect.stringContaining("/team/dashboard/no.png")]);
  });

  it("of the page for unknown paths is looked for from its base", async () => {
    const {problems} = await check({
      "404.html": page('<base href="/"><img src="./_file/a.01234567.png"><img src="./no.png">')
    });
    expect(problems).toEqual([expect.stringContaining("404.html names ./no.png")]);
  });
});

describe("a file with nothing in it", () => {
  it.each(["forecast.html", "_file/data/x.01234567.csv", "_npm/d3@7.0.0/01234567.js"])(
    "is told: %s",
    async (name) => {
      const {problems} = await check({[name]: ""});
      expect(problems).toEqual([
        expect.stringMatching(new RegExp(`^${name.replaceAll(".", "\\.")} is (?:an empty page|empty)`))
      ]);
    }
  );

  it("or half of something: a page without a body, a module that ends in the middle", async () => {
    const {problems} = await check({
      "forecast.html": "<!DOCTYPE html><html><head>",
      "_npm/d3@7.0.0/01234567.js": "export const a = {"
    });
    expect(problems).toEqual([
      expect.stringMatching(/01234567\.js is incomplete or damaged/),
      expect.stringMatching(/^forecast\.html is incomplete/)
    ]);
  });

  it("and a site without a front page", async () => {
    const folder = await write(await temporaryFolder(), {"forecast.html": page("")});
    expect((await checkSite(folder)).problems).toEqual([expect.stringMatching(/^index\.html is missing/)]);
  });
});

describe("the key", () => {
  const key = 'aB3+/"kéy-0123456789?';

  it("is found in whatever file, however it is written, and isn't in what is told", async () => {
    const forms: Record<string, string | Uint8Array> = {
      "plain.txt": `key=${key};`,
      "url.txt": `?key=${encodeURIComponent(key)}&`,
      "json.json": JSON.stringify({key}),
      "basic.txt": `Basic ${Buffer.from(`ann@example.com:${key}`).toString("base64")}`,
      "binary.parquet": Buffer.concat([Buffer.from([0, 255, 0]), Buffer.from(key), Buffer.from([0])])
    };
    const {problems} = await check(forms, {secrets: [key]});
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(Object.keys(forms).sort());
    expect(problems.join()).toMatch(/has the API key in it.*make a new key/);
    expect(problems.join()).not.toContain(key);
    expect((await check({}, {secrets: [key, ""]})).problems).toEqual([]);
  });

  it("is found in base64 with anything before and after it", async () => {
    const around = fc.uint8Array({maxLength: 20});
    await fc.assert(
      fc.asyncProperty(
        fc.string({minLength: 16, maxLength: 60}),
        around,
        around,
        fc.constantFrom("base64" as const, "base64url" as const),
        async (secret, before, after, as) => {
          const encoded = Buffer.concat([before, Buffer.from(secret), after]).toString(as);
          const {problems} = await checkSite(
            await write(await temporaryFolder(), {"index.html": page(""), "x.txt": encoded}),
            {secrets: [secret]}
          );
          expect(problems).toHaveLength(1);
        }
      ),
      {numRuns: 30}
    );
  });
});

describe("data", () => {
  const shape = (rows: number | null, columns: string[]) => [{file: "data/x.parquet", rows, columns}];

  it("that lost all rows, or columns, is told with what is gone", async () => {
    const {problems} = await check({}, {data: {before: shape(3, ["a", "b", "c"]), now: shape(0, ["c"])}});
    expect(problems).toEqual([
      expect.stringMatching(/^data\/x\.parquet has no rows, and had 3 in the edition before/),
      expect.stringMatching(/^data\/x\.parquet no longer has the columns "a", "b"\. Change the pages/)
    ]);
  });

  const parts = (...years: number[]) => [
    {file: "data/sales.parts.json", rows: null, columns: []},
    {file: "data/sales.parquet", rows: 9, columns: ["a"]},
    ...years.map((year) => ({file: `data/sales.${year}.parquet`, rows: 3, columns: ["a"]}))
  ];

  it("that lost a part is told with its name, and may have been spoiled in all of its parts", async () => {
    const data = {before: parts(2019, 2020, 2021), now: parts(2020, 2022)};
    const {problems, lost} = await check({}, {data});
    expect(problems).toEqual([
      expect.stringMatching(
        /^data\/sales\.2019\.parquet is gone, which was a part in the edition before \(rows: 3\)\./
      ),
      expect.stringMatching(/^data\/sales\.2021\.parquet is gone/)
    ]);
    expect(lost).toEqual(["data/sales.parts.json", "data/sales.2020.parquet", "data/sales.2022.parquet"]);
  });

  it.each([
    ["has more parts", parts(2019), parts(2019, 2020)],
    ["has no parts any more", parts(2019), shape(1, ["a"])],
    ["has parts for the first time", parts(2019).slice(2), parts()],
    [
      "is no part, but begins alike",
      [...parts(2019), {file: "data/sales-2018.parquet", rows: 3, columns: ["a"]}],
      parts(2019)
    ],
    ["was empty before", shape(0, ["a"]), shape(0, ["a"])],
    ["has more columns", shape(1, ["a"]), shape(2, ["a", "b"])],
    ["is new", [], shape(0, [])],
    ["is gone", shape(1, ["a"]), []],
    ["is no table", shape(null, []), shape(null, [])]
  ])("that %s is no problem", async (_, before, now) => {
    expect((await check({}, {data: {before, now}})).problems).toEqual([]);
  });
});
