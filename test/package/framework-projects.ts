// Projects of Observable Framework that know nothing of Ikigai, each made in another way; what a reader of their first page sees.
import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";

type Files = Record<string, string | Uint8Array>;

export interface FrameworkProject {
  files: Files;
  /** The project's folder in it. */
  folder?: string;
  /** A page, and a text that it shows when all is well. */
  page: string;
  shows: string;
  /** An element that is drawn. */
  drawn: string;
}

const require = createRequire(import.meta.url);
const templates = join(
  dirname(require.resolve("@observablehq/framework/package.json")),
  "templates",
  "default"
);

/** What `npm init @observablehq` makes, with the two lines of the guide, and a stand-in for the host that its loader asks. */
export function template(): FrameworkProject {
  const files: Files = {};
  for (const entry of readdirSync(templates, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(templates.length + 1).replace(/\.tmpl$/, "");
    const content = readFileSync(path);
    files[name] = path.endsWith(".tmpl") ? fill(content.toString("utf8")) : content;
  }
  files["observablehq.config.js"] = (files["observablehq.config.js"] as string).replace(
    "export default {",
    'import {hermeticConfig} from "ikigai-kit/hermetic";\nexport default {\n  ...hermeticConfig,'
  );
  files["src/data/launches.csv.js"] = `${host}\n${String(files["src/data/launches.csv.js"])}`;
  return {files, page: "example-dashboard", shows: "Rocket launches", drawn: "figure svg, svg[class*=plot]"};
}

const values: Record<string, string> = {
  appTitleString: '"A site"',
  appTitleHtml: "A site",
  frameworkVersionString: '"1.13.4"',
  installCommand: "npm install",
  runCommand: "npm run"
};

const fill = (text: string) => text.replace(/\{\{ (\w+) \}\}/g, (all, name: string) => values[name] ?? all);

const host = String.raw`globalThis.fetch = async (url) =>
  new Response(url.endsWith("lv.tsv") ? "#LV_Name\tLV_Family\nR7\tR-7\n" : "Launch_Date\tLVState\tLV_Type\n1957 Oct  4 1928\tSU\tR7\n1961 Apr 12 0607\tSU\tR7\n");`;

/** Python, a shell script and an archive, pages in docs, SQL on a CSV: a data team's. */
export const dataTeam: FrameworkProject = {
  files: {
    "package.json": '{"name": "team", "private": true, "type": "module"}',
    "observablehq.config.js": `import {hermeticConfig} from "ikigai-kit/hermetic";
export default {
  ...hermeticConfig,
  root: "docs",
  output: "public",
  title: "Team",
  head: '<link rel="icon" href="data:,">',
  loaders: {"data/sales.csv": {maxAge: "1 day"}}
};
`,
    "docs/data/sales.csv.py":
      'print("day,units")\nfor day in range(1, 4):\n    print(f"2024-01-0{day},{day * 10}")\n',
    "docs/data/note.txt.sh": "echo from a shell\n",
    "docs/data/all.zip.py":
      'import sys, zipfile\nwith zipfile.ZipFile(sys.stdout.buffer, "w") as archive:\n    archive.writestr("inner.json", "[1, 2, 3]")\n',
    "docs/index.md": `---
sql:
  sales: ./data/sales.csv
---
# Sales

\`\`\`sql id=[total]
SELECT sum(units)::INT AS units FROM sales
\`\`\`

\`\`\`js
const inner = await FileAttachment("data/all/inner.json").json();
const note = await FileAttachment("data/note.txt").text();
display(Plot.barY(inner).plot());
display(html\`<output>\${[total.units, inner.length, note.trim()].join(", ")}</output>\`);
\`\`\`
`
  },
  page: "",
  shows: "60, 3, from a shell",
  drawn: "svg rect"
};

/** TypeScript, JSX, components, a page for each of a list, bare imports: a product team's. */
export const productTeam: FrameworkProject = {
  files: {
    "package.json": '{"name": "product", "private": true, "type": "module"}',
    "observablehq.config.ts": `import {hermeticConfig} from "ikigai-kit/hermetic";
export default {
  ...hermeticConfig,
  root: "src",
  title: "Product",
  head: '<link rel="icon" href="data:,">',
  dynamicPaths: ["/city/oslo", "/city/bergen"]
};
`,
    "src/index.md": "# Cities\n\n[Oslo](./city/oslo)\n",
    "src/city/[city].md": `# City

\`\`\`js
import {describe} from "../components/describe.js";
const rows = await FileAttachment(\`../data/\${observable.params.city}.json\`).json();
display(Plot.lineY(rows).plot());
display(describe(observable.params.city, rows));
\`\`\`
`,
    "src/components/describe.ts": `import {sum} from "d3-array";
import {html} from "npm:htl";
export const describe = (city: string, rows: number[]): HTMLElement => html\`<output>\${city}: \${sum(rows)}</output>\`;
`,
    "src/data/[city].json.ts": `const city: string = process.argv[2]!.replace("--city=", "");
process.stdout.write(JSON.stringify(city === "oslo" ? [1, 2, 3] : [4]));
`
  },
  page: "city/oslo",
  shows: "oslo: 6",
  drawn: "[aria-label=line] path"
};

/** A workspace below a repository's root, whose packages lie above it, with a package of its own beside it. */
export const workspace: FrameworkProject = {
  files: {
    "package.json": '{"name": "repository", "private": true, "workspaces": ["packages/*", "sites/*"]}',
    "sites/report/package.json": '{"name": "report", "version": "1.0.0", "private": true, "type": "module"}',
    "sites/report/observablehq.config.js": `import {hermeticConfig} from "ikigai-kit/hermetic";
export default {
  ...hermeticConfig,
  root: "pages",
  title: "Report",
  theme: "dark",
  head: '<link rel="icon" href="data:,">'
};
`,
    "sites/report/pages/numbers.json.js": "process.stdout.write(JSON.stringify([5, 6]));\n",
    "sites/report/pages/index.md": `# Report

\`\`\`js
import * as d3 from "npm:d3";
const numbers = await FileAttachment("numbers.json").json();
display(Inputs.table(numbers.map((number) => ({number}))));
display(html\`<output>\${d3.max(numbers)}</output>\`);
\`\`\`

\`\`\`dot
digraph {a -> b}
\`\`\`
`
  },
  folder: "sites/report",
  page: "",
  shows: "6",
  drawn: "svg .node"
};
