// A site that Framework built, with a page for each thing that is to be seen, or to go wrong, in a picture.
import {cp, mkdir, rm, symlink} from "node:fs/promises";
import {join} from "node:path";
import {buildSite, openProject} from "../../lib/site/index.js";
import {repository, temporaryFolder} from "../cli/project.js";
import {write} from "../site/support.js";

/** A page of blocks of code. */
const page = (...blocks: string[]) =>
  `# Page\n\n${blocks.map((code) => `\`\`\`js\n${code}\n\`\`\`\n`).join("\n")}`;

const pages: Record<string, string> = {
  "index.md": `# Start

\`\`\`js
const sales = FileAttachment("data/sales.csv").csv({typed: true});
\`\`\`

<div class="card">
  <h2>Units sold</h2>
  <h3>In \${sales.length} days</h3>
  <div id="units">\${resize((width) => Plot.plot({width, height: 200, marks: [Plot.lineY(sales, {x: "day", y: "units", stroke: "var(--theme-foreground-focus)"})]}))}</div>
</div>

\${Plot.plot({ariaLabel: "Bars", title: "By region", subtitle: "Colors & <signs>", caption: "A caption", color: {legend: true}, marks: [Plot.barY(sales, {x: "day", y: "units", fill: "region"})]})}

\${Plot.plot({ariaLabel: "Ramp", color: {legend: true, scheme: "blues"}, marks: [Plot.dot(sales, {x: "day", y: "units", fill: "units", tip: true}), Plot.tip(["A static tip"], {x: new Date("2024-01-03"), y: 20})]})}
`,
  "database.md": `---
sql:
  sales: ./data/sales.csv
---

# Database

\`\`\`sql id=byRegion
SELECT region, sum(units)::DOUBLE AS units FROM sales GROUP BY region ORDER BY region
\`\`\`

${page('display(Plot.plot({ariaLabel: "By SQL", marks: [Plot.barX(byRegion, {x: "units", y: "region"})]}));')}
\`\`\`js
import {database} from "npm:ikigai-kit/database";
const db = database({sales: FileAttachment("data/sales.csv")});
const rows = (await db.query("SELECT region, count(*)::DOUBLE AS days FROM sales GROUP BY region ORDER BY region")).toArray();
\`\`\`

\${Plot.plot({ariaLabel: "By database", marks: [Plot.barX(rows, {x: "days", y: "region"})]})}
`,
  "times.md": page(
    'display(Plot.plot({ariaLabel: "Hours", x: {type: "time"}, marks: [Plot.dotX(d3.range(8).map((hour) => new Date(2024, 0, 1, hour * 3))), Plot.text([new Date(2024, 5, 1)], {frameAnchor: "middle", text: (date) => date.toLocaleString()}), Plot.dot(d3.range(5), {x: new Date(2024, 0, 1, 3), y: () => Math.random()})]}));'
  ),
  "kit.md": page(
    'import {forecastChart} from "npm:ikigai-kit/charts";',
    'const rows = d3.range(24).map((i) => ({month: new Date(Date.UTC(2024, i)), actual: i < 18 ? 100 + i : undefined, forecast: i > 14 ? 101 + i : undefined, lower: i > 14 ? 90 + i : undefined, upper: i > 14 ? 110 + i : undefined}));\ndisplay(forecastChart(rows, {time: "month", level: 0.9, unit: "pieces", title: "Forecast of pieces"}));'
  ),
  "theme.md": page(
    'display(Plot.plot({ariaLabel: "Dark", marks: [Plot.text([`dark is ${dark}, ${matchMedia("(prefers-color-scheme: dark)").matches}`], {frameAnchor: "middle"})]}));'
  ),
  "inputs.md": page(
    'const choice = view(Inputs.select(["first", "second"], {value: "second"}));\nconst many = view(Inputs.range([0, 10], {step: 1, value: 4}));\nconst kind = view(Inputs.radio(["a", "b"], {value: "b"}));',
    'display(Plot.plot({ariaLabel: "Chosen", marks: [Plot.text([`${choice} ${many} ${kind}`], {frameAnchor: "middle"})]}));'
  ),
  "none.md": "# Words alone\n\nNo chart here.\n",
  "button.md": page(
    "const pressed = view(Inputs.button('Go', {value: undefined}));",
    "const later = await new Promise((resolve) => pressed > 0 && resolve(pressed));\ndisplay(Plot.plot({marks: [Plot.frame()]}));"
  ),
  "fails.md": page(
    'const broken = (() => { throw new Error("no such thing"); })();',
    'display(Plot.plot({ariaLabel: "Fine", marks: [Plot.frame()]}));'
  ),
  "fails-late.md":
    page('display(Plot.plot({ariaLabel: "Fine", marks: [Plot.frame()]}));') +
    '\n${resize(async (width) => { await 0; throw new Error("drawn too late"); })}\n',
  "undefined.md": page("const size = missingName + 1;", "display(Plot.plot({marks: [Plot.frame()]}));"),
  "endless.md": page("const endless = await new Promise(() => {});", "display(endless);"),
  "busy.md": page("const busy = (() => { while (true); })();"),
  "network.md": page(`const answers = await Promise.all([
  fetch(ADDRESS).then(() => "reached", (error) => error.message),
  new Promise((resolve) => {
    try {
      const Request = document.defaultView.XMLHttpRequest ?? document.body.appendChild(document.createElement("iframe")).contentWindow.XMLHttpRequest;
      const request = new Request();
      request.onload = () => resolve("reached");
      request.onerror = () => resolve("refused");
      request.open("GET", ADDRESS);
      request.send();
    } catch (error) {
      resolve(error.message);
    }
  }),
  import(ADDRESS + "/module.js").then(() => "reached", (error) => error.message),
  import("node:fs").then(() => "reached", (error) => error.message),
  fetch("/../../package.json").then((response) => String(response.status)),
  String(\`\${[WebSocket, EventSource, globalThis.require].filter(Boolean).length} of Node, \${Object.keys(process.env).length} variables\`)
]);
display(Plot.plot({ariaLabel: "Network", marks: [Plot.text(answers, {y: (d, i) => i, frameAnchor: "left"})]}));`),
  "team/report.md": page('display(Plot.plot({ariaLabel: "Nested", marks: [Plot.text(["in a folder"])]}));')
};

const sales = ["day,region,units"]
  .concat(
    Array.from(
      {length: 12},
      (_, i) => `2024-01-${String(i + 1).padStart(2, "0")},${i % 2 ? "North" : "Süd"},${10 + i * 3}`
    )
  )
  .join("\n");

/** Builds it. `address` is of a server that no page should reach. */
export async function buildPictureSite(
  address: string
): Promise<{site: string; remove: () => Promise<void>}> {
  const root = await temporaryFolder();
  await mkdir(join(root, "src"), {recursive: true});
  // The pages import the kit by its name, so the project passes for the kit.
  for (const name of ["node_modules", "build"]) await symlink(join(repository, name), join(root, name));
  for (const name of ["package.json", "package-lock.json"])
    await cp(join(repository, name), join(root, name));
  await write(root, {
    "observablehq.config.js":
      'import {hermeticConfig} from "ikigai-kit/hermetic";\nexport default {...hermeticConfig, title: "Pictures", root: "src", theme: ["air", "near-midnight"]};\n',
    "src/data/sales.csv": sales,
    ...Object.fromEntries(
      Object.entries(pages).map(([name, text]) => [
        `src/${name}`,
        text.replaceAll("ADDRESS", JSON.stringify(address))
      ])
    )
  });
  const open = await openProject({root, command: "build", onOutput: () => {}, onWarning: () => {}});
  try {
    const site = await buildSite(open);
    return {site, remove: () => rm(root, {recursive: true, force: true})};
  } finally {
    await open.close();
  }
}
