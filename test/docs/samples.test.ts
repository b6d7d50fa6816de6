// The samples of the README and docs in TypeScript: each is right TypeScript, configs are as their schema says, and scripts run on a local
// platform. Of those that pages run, the imports are checked. Whole pages of samples have tests of their own.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import ts from "typescript";
import {afterAll, beforeAll, expect, it, vi} from "vitest";
import {checkConfig} from "../../lib/config/schema.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {compileAll} from "../definition/compile.js";
import {samples, runElsewhere, scriptSamples, pageSamples, whole} from "./samples.js";
import {app, declared, scriptRunner} from "./script-samples.js";

const kitImports = (code: string) =>
  Array.from(
    code.matchAll(/^import [^;]*? from "(npm:)?ikigai-kit[^;]*;/gm),
    ([statement]) => statement
  ).join("\n");

it("are right TypeScript, and import what there is", {timeout: 400_000}, () => {
  const scripts = samples
    .filter(({page}) => !runElsewhere.includes(page))
    .map(({where, language, code}): [string, string] => [
      `${where.replace(/\W/g, "-")}.ts`,
      language === "ts" ? declared(whole({code})) : `${kitImports(code)}\nexport {};`
    ]);
  const config = `declare const config: import("ikigai-kit").Config;\nexport default config;\n`;
  expect(compileAll({...Object.fromEntries(scripts), "ikigai.config.ts": config}, {node: true})).toEqual([]);
});

const configs = samples
  .map(({where, code}) => ({where, code: whole({code})}))
  .filter(({code}) => code.includes("export default defineConfig("));

it.each(configs)("$where is a config", ({code}) => {
  const text = ts.transpile(code, {target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022});
  const body = text.replace(/^import .*$/gm, "").replace("export default", "return");
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the docs' own code
  const config: unknown = new Function("defineConfig", body)((value: unknown) => value);
  expect(() => checkConfig(config, "the sample")).not.toThrow();
});

let folder: string;
let platform: RunningPlatform;
let run: (code: string) => Promise<void>;
const home = process.cwd();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-samples-"));
  platform = await startPlatform({data: join(folder, "state"), seed: [app]});
  vi.stubEnv("IKIGAI_USER_EMAIL", platform.userEmail);
  vi.stubEnv("IKIGAI_API_KEY", platform.apiKey);
  vi.stubEnv("IKIGAI_BASE_URL", platform.baseUrl);
  await writeFile(join(folder, "sales.csv"), "store,sold\nNorth,3\n");
  const entries = ["demand-forecast", "demand-by-week"];
  const config = {
    app: app.name,
    datasets: Object.fromEntries(entries.map((entry) => [entry, {dataset: "Demand forecast"}]))
  };
  await writeFile(join(folder, "ikigai.config.ts"), `export default ${JSON.stringify(config)};\n`);
  process.chdir(folder);
  run = await scriptRunner(platform, folder);
});

afterAll(async () => {
  process.chdir(home);
  vi.unstubAllEnvs();
  await platform?.close();
  if (folder) await rm(folder, {recursive: true});
});

it("has samples of each kind", () => {
  expect(configs.length).toBeGreaterThan(10);
  expect(scriptSamples.length).toBeGreaterThan(15);
  expect(pageSamples.length).toBeGreaterThan(80);
});

it.each(scriptSamples)("$where runs", ({code}) => run(code));
