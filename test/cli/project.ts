// Projects in temporary folders, for the command to work in: copies of this one, whole or with a small site in place of its own.
import {cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, dirname, join, resolve} from "node:path";
import {startPlatform, type SeedApp} from "../../lib/platform/index.js";

export const repository = resolve(import.meta.dirname, "../..");

const frame = ["package.json", "package-lock.json"];
const demo = ["src", "lib/platform/seed/data", "observablehq.config.ts", "ikigai.config.ts"];

export interface Project {
  root: string;
  write(path: string, content: string): Promise<void>;
  remove: () => Promise<void>;
}

/** A copy with the demo's pages, in this folder or a new one. */
export const demoProject = (root?: string) => project([...frame, ...demo], root);

/**
 * A copy with one page, of one dataset: {@link shop}'s sales. Each other page would take Framework about a quarter of a second of CPU in
 * each build, and a config in TypeScript 0.4 seconds.
 */
export async function smallProject(): Promise<Project> {
  const small = await project([...frame, "src/data"]);
  await small.write("observablehq.config.js", siteConfig);
  await small.write("ikigai.config.ts", config({dataset: "Sales"}));
  await small.write("src/index.md", page);
  return small;
}

const siteConfig = `import {hermeticConfig} from "ikigai-kit/hermetic";

export default {
  ...hermeticConfig,
  title: "Shop",
  root: "src",
  pages: [],
  head: '<link rel="icon" href="data:,">', // browsers ask for one, and a test finds that there is none
  toc: false,
  pager: false
};
`;

/** What {@link smallProject} says it needs. */
export const config = (entry: object, rest: object = {}) =>
  `import {defineConfig} from "ikigai-kit";\n` +
  `export default defineConfig(${JSON.stringify({app: "Shop", datasets: {sales: entry}, ...rest})});\n`;

const page = `# Sales

\`\`\`js
const sales = FileAttachment("data/sales.csv").csv({typed: true});
\`\`\`

Sold: \${d3.sum(sales, (sale) => sale.units)}
`;

export const shop: SeedApp = {
  name: "Shop",
  description: "",
  datasets: [{name: "Sales", csv: "day,units\n2024-01-01,20\n2024-01-02,22\n"}],
  models: []
};

/** A local platform's state folder that has been seeded already, so that starting one on it takes no time; and its key. */
export async function preparedState(apps: SeedApp[] = [shop]): Promise<{
  data: string;
  apiKey: string;
  remove: () => Promise<void>;
}> {
  const data = await temporaryFolder();
  const {apiKey, close} = await startPlatform({data, seed: apps});
  await close();
  return {data, apiKey, remove: () => remove(data)};
}

export const temporaryFolder = async () => realpath(await mkdtemp(join(tmpdir(), "ikigai-kit-test-")));

export const remove = (folder: string) => rm(folder, {recursive: true, force: true});

async function project(parts: string[], folder?: string): Promise<Project> {
  const root = folder ?? (await temporaryFolder());
  for (const part of parts) {
    // Without what was built or pulled here before.
    const filter = (path: string) => basename(path) !== ".observablehq";
    await cp(join(repository, part), join(root, part), {recursive: true, filter});
  }
  for (const part of ["node_modules", "build"]) await symlink(join(repository, part), join(root, part));
  return {
    root,
    async write(path, content) {
      await mkdir(dirname(join(root, path)), {recursive: true});
      await writeFile(join(root, path), content);
    },
    remove: () => remove(root)
  };
}
