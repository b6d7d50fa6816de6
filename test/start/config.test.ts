// The text of ikigai.config.ts: of a new project, and one that entries are added to.
import {runInThisContext} from "node:vm";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {checkConfig, dataFiles} from "../../lib/config/index.js";
import {insertEntries} from "../../lib/start/config-edit.js";
import {configText} from "../../lib/start/config-text.js";
import {appEntries, choose} from "../../lib/start/plan.js";
import type {Entries} from "../../lib/start/entries.js";
import type {FoundApp} from "../../lib/start/found.js";
import {pageText} from "../../lib/start/pages.js";
import {hostileNames} from "./hostile.js";

/** What the text exports. */
function run(text: string): unknown {
  const body = text.replace(/^import .*$/gm, "").replace("export default", "return");
  const main = runInThisContext(`((defineConfig) => {${body}\n})`) as (
    defineConfig: <T>(config: T) => T
  ) => unknown;
  return main((config) => config);
}

const named = (names: readonly string[]): FoundApp => ({
  id: "app-1",
  name: "Shop",
  datasets: names.map((name, i) => ({
    id: `d${i}`,
    name,
    bytes: 1,
    columns: [
      {name: "ds", kind: "time"},
      {name: `y${name.replace(/\p{Cc}/gu, "")}`, kind: i % 2 ? "number" : "text"},
      {name: "yhat", kind: "number"}
    ]
  })),
  models: names.map((name, i) => ({id: `m${i}`, name, versions: i % 3})),
  flows: names.map((name, i) => ({id: `f${i}`, name, variables: [{name, value: name}], writes: [name]}))
});

describe("of a new project", () => {
  it("is a valid config whatever names there are, and its pages name only files that it gives", () => {
    const lists = fc.array(fc.oneof(fc.constantFrom(...hostileNames), fc.string({unit: "binary"})), {
      maxLength: 12
    });
    fc.assert(
      fc.property(fc.oneof(fc.constant(hostileNames), lists), (names) => {
        const app = named(names);
        const entries = appEntries(choose(app, true), app);
        const config = checkConfig(run(configText(app.name, entries)), "ikigai.config.ts");
        const files = new Set(dataFiles(config).keys());
        const pages = entries.flatMap((one) => one.pages);
        expect(new Set(pages.map(({path}) => path.toLowerCase())).size).toBe(pages.length);
        for (const page of pages)
          for (const [, file] of pageText(page).matchAll(/FileAttachment\("\.\.\/data\/([^"]+)\.\w+"\)/g))
            expect(files).toContain(file);
        // Each is found again: by a name that only it has, or by its id.
        for (const {dataset} of Object.values(config.datasets)) {
          const meant = app.datasets.filter(({id, name}) => id === dataset || name === dataset);
          expect(meant).toHaveLength(1);
        }
      }),
      {numRuns: 60}
    );
  });

  it("begins with datasets of forecasts and the newest, and says what it leaves out", () => {
    const plain = Array.from({length: 20}, (_, i) => ({
      id: `d${i}`,
      name: `t${i}`,
      bytes: 1,
      columns: [{name: "a", kind: "text" as const}]
    }));
    const forecast = {...named(["x", "z"]).datasets[1]!, id: "last"};
    const app: FoundApp = {
      ...named([]),
      datasets: [...plain, forecast, {...plain[0]!, id: "e", name: "empty", columns: []}]
    };
    const choice = choose(app);
    expect(choice.app.datasets.map(({id}) => id)).toEqual(["last", ...plain.slice(0, 11).map(({id}) => id)]);
    expect(choice.leftOut.datasets).toBe(9);
    expect(choice.empty).toEqual(["empty"]);
    expect(choose(app, true).app.datasets).toHaveLength(21);
  });
});

describe("that entries are added to", () => {
  const added: Entries[] = [
    {
      datasets: {"new-one": {dataset: "New `${one}`", sql: "SELECT 1\nFROM dataset"}},
      flows: {go: {flow: "Go"}},
      pages: []
    }
  ];
  const more = {
    datasets: {"new-one": {dataset: "New `${one}`", sql: "SELECT 1\n        FROM dataset"}},
    flows: {go: {flow: "Go"}}
  };

  it.each([
    ["no sections", 'export default defineConfig({app: "a"});', {}],
    ["an empty one", 'export default defineConfig({app: "a", datasets: {}});', {}],
    ["one with a comment", 'export default defineConfig({app: "a", datasets: {\n    // none yet\n  }});', {}],
    [
      "entries",
      'export default defineConfig({\n  app: "a",\n  datasets: {\n    b: {dataset: "B"}\n  }\n});',
      {b: {dataset: "B"}}
    ],
    [
      "commas at the ends",
      'export default defineConfig({\n  app: "a",\n  datasets: {\n    b: {dataset: "B"}, // the last\n  },\n});',
      {b: {dataset: "B"}}
    ],
    [
      "braces in texts",
      "export default defineConfig({app: 'a', datasets: {b: {dataset: `}${'{'}` + '}'}}});",
      {b: {dataset: "}{}"}}
    ],
    [
      "keys in quotes, and no defineConfig",
      'export default {"app": "a", "datasets": {"b": {dataset: "\\"}"}}};',
      {b: {dataset: '"}'}}
    ]
  ])("has %s", (_, text, datasets) => {
    const result = insertEntries(text, added);
    expect(run(result!)).toEqual({app: "a", datasets: {...datasets, ...more.datasets}, flows: more.flows});
  });

  it.each([
    "const config = {}; export default config;",
    'export default defineConfig({app: "a", datasets: others});',
    'export default defineConfig({app: "a", datasets});',
    'export default defineConfig({app: "a'
  ])("can't be added to: %s", (text) => expect(insertEntries(text, added)).toBeUndefined());
});
