// The samples in TypeScript that scripts run: what the text around them gives, and how they are run.
import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {join} from "node:path";
import ts from "typescript";
import {tableFromArrays} from "apache-arrow";
import * as client from "../../lib/client/index.js";
import * as config from "../../lib/config/index.js";
import * as platformRoom from "../../lib/platform/index.js";
import * as loaders from "../../data-loaders/index.js";
import type {RunningPlatform, SeedApp} from "../../lib/platform/index.js";
import {exported, flow, imported} from "../../lib/platform/seed/flow.js";
import {declares, lacks} from "./names.js";

/** What samples name: an app with a dataset, a model and a flow whose run can choose where it writes. */
const sales = "day,store,sold\n2024-01-01,North,3\n2024-01-02,South,0\n";
const copy = (name: string) =>
  flow(name, [imported("Demand forecast"), {...exported("Copy"), name: "save"}], {
    target: {facet_name: "save", name: "dataset_name"}
  });
export const app: SeedApp = {
  name: "Demand planning",
  description: "",
  datasets: [{name: "Demand forecast", csv: sales}],
  models: [
    {name: "Demand aiCast", modelType: "Ai Cast", subModelType: "Base", description: "", versions: []}
  ],
  flows: [copy("Re-forecast")]
};

/** Their types, for samples that are read by themselves. */
const declarations: Record<string, string> = {
  ikigai: `import("ikigai-kit/client").Ikigai`,
  app: `import("ikigai-kit/client").App`,
  dataset: `import("ikigai-kit/client").Dataset`,
  flow: `import("ikigai-kit/client").Flow`,
  hash: `import("node:crypto").Hash`,
  arrowTable: `import("apache-arrow").Table`,
  createReadStream: `typeof import("node:fs").createReadStream`,
  startPlatform: `typeof import("ikigai-kit/platform").startPlatform`,
  Ikigai: `typeof import("ikigai-kit/client").Ikigai`,
  userEmail: "string",
  apiKey: "string",
  data: "string"
};

/** A sample as a module, with what it lacks declared. */
export function declared(code: string): string {
  const names = Object.keys(declarations).filter(lacks(code));
  return [...names.map((name) => `declare const ${name}: ${declarations[name]!};`), code, "export {};"].join(
    "\n"
  );
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/** What runs samples, in the working directory, on a platform that has {@link app}. */
export async function scriptRunner(
  platform: RunningPlatform,
  folder: string
): Promise<(code: string) => Promise<void>> {
  const ikigai = new client.Ikigai(platform);
  const there = await ikigai.apps.get(app.name);
  /** Samples name no base URL: theirs is the platform's of the cloud. */
  class Ikigai extends client.Ikigai {
    constructor(options: ConstructorParameters<typeof client.Ikigai>[0]) {
      super({...options, ...platform});
    }
  }
  const modules: Record<string, object> = {
    "ikigai-kit": config,
    "ikigai-kit/client": {...client, Ikigai},
    "ikigai-kit/data-loaders": loaders,
    "ikigai-kit/platform": platformRoom
  };
  const given: Record<string, unknown> = {
    ikigai,
    app: there,
    dataset: await there.datasets.get("Demand forecast"),
    flow: await there.flows.get("Re-forecast"),
    hash: createHash("sha256"),
    arrowTable: tableFromArrays({sold: new Float64Array([1, 2])}),
    createReadStream,
    startPlatform: platformRoom.startPlatform,
    Ikigai,
    userEmail: platform.userEmail,
    apiKey: platform.apiKey,
    data: join(folder, "other")
  };
  const quiet = {log: () => undefined, warn: () => undefined};
  return async (code) => {
    const names = Object.keys(given).filter((name) => !declares(code, name));
    const script = ts
      .transpile(code, {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ES2022,
        verbatimModuleSyntax: true
      })
      .replace(/^import (\{.*?\}) from (".*?");/gm, "const $1 = modules[$2];");
    const run = new AsyncFunction("modules", "console", ...names, script);
    await run(modules, quiet, ...names.map((name) => given[name]));
  };
}
