// Entries, and pages that name them, which are added while a command reads the project's pages, as `ikigai-kit add` does.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, it, onTestFinished, vi} from "vitest";
import {withConfigLock} from "../../lib/site/index.js";
import {run, start} from "./command.js";
import {config, shop, smallProject} from "./project.js";
import {sharedPlatform} from "./shared-platform.js";

vi.setConfig({testTimeout: 120_000}); // Framework reads the pages

const {account} = sharedPlatform([
  {...shop, datasets: [...shop.datasets, ...["Prices", "Stock"].map((name) => ({name, csv: "a\n1\n"}))]}
]);

/** A project with another entry and its page, added as soon as Framework begins to read its pages: commands have read the config then. */
async function changing(entry: object, code: string) {
  const project = await smallProject();
  onTestFinished(() => project.remove());
  const late = config({dataset: "Sales"}, {datasets: {sales: {dataset: "Sales"}, late: entry}});
  await project.write(
    "observablehq.config.js",
    `import {existsSync, writeFileSync} from "node:fs";
import {hermeticConfig} from "ikigai-kit/hermetic";
const page = ${JSON.stringify(join(project.root, "src/late.md"))};
// Not yet where its folders alone are asked for, which comes before the config is read.
if (process.argv[2] !== "folders" && !existsSync(page)) {
  writeFileSync(${JSON.stringify(join(project.root, "ikigai.config.ts"))}, ${JSON.stringify(late)});
  writeFileSync(page, ${JSON.stringify(`# Late\n\n\`\`\`js\n${code}\n\`\`\`\n`)});
}
export default {...hermeticConfig, root: "src"};
`
  );
  return project.root;
}

const page = 'FileAttachment("data/late.csv");';

it("are pulled", async () => {
  const cwd = await changing({dataset: "Sales"}, page);
  const {code, stderr} = await run(["refresh"], {cwd, env: account()});
  expect(stderr).toMatch(
    /^… data\n✓ data {6}2 files.*\n {2}data\/late\.csv: it is new\n {2}data\/sales\.csv: it is new\n$/
  );
  expect(code).toBe(0);
});

it("are built, also an entry in parts", async () => {
  const entry = {dataset: "Sales", partition: {by: "day", every: "year"}};
  const cwd = await changing(entry, 'import parts from "./data/late.js";\ndisplay(parts.length);');
  const {code, stderr} = await run(["build"], {cwd, env: account()});
  expect(stderr).toMatch(/✓ data {6}3 files.*\n… build\n✓ build .*\n$/);
  expect(code).toBe(0);
});

it("are no fault to doctor", async () => {
  const cwd = await changing({dataset: "Sales"}, page);
  const {stdout} = await run(["doctor"], {cwd, env: account()});
  expect(stdout).toMatch(/^✓ pages$/m);
});

it("are in a preview without a warning", async () => {
  const cwd = await changing({dataset: "Sales"}, page);
  const command = start(["dev", "--port", "0"], {cwd, env: account()});
  onTestFinished(() => command.kill());
  const [url] = await command.says(/http:\/\/127\.0\.0\.1:\d+\/(?=\s)/);
  expect(command.stderr).toMatch(/^… data\n✓ data {6}2 files.*\n$/);
  expect(await (await fetch(url)).text()).not.toContain("ikigai-problems");
  expect(await command.interrupt()).toBe(0);
});

it("are all kept where several commands add at the same time", async () => {
  const project = await smallProject();
  onTestFinished(() => project.remove());
  const names = ["Prices", "Stock"];
  const adds = names.map((name) => start(["add", "dataset", name], {cwd: project.root, env: account()}));
  onTestFinished(() => adds.forEach((add) => add.kill()));
  const waits = /waiting for another command that changes ikigai\.config\.ts/;
  await withConfigLock(project.root, {}, () => Promise.all(adds.map((add) => add.says(waits))));
  for (const add of adds) expect(await add.ended, add.stderr).toBe(0);
  const text = await readFile(join(project.root, "ikigai.config.ts"), "utf8");
  for (const name of ["Sales", ...names]) expect(text).toMatch(new RegExp(`dataset"?: ?"${name}"`));
});
