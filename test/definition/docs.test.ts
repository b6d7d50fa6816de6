// The samples of docs/flow-definitions.md: each is checked and run, and must print what stands below it.
import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {format} from "node:util";
import ts from "typescript";
import {expect, it} from "vitest";
import {FlowBuilder, FlowDefinition} from "../../lib/definition/index.js";
import {sections} from "../document/markdown.js";
import {compile} from "./compile.js";
import {facets, models} from "./platform-specs.js";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/flow-definitions.md"), "utf8");
const samples = sections(page).flatMap(({blocks}) =>
  blocks.flatMap(({language, text: code}, i) => {
    const next = blocks[i + 1];
    if (language !== "ts" || !["text", "json"].includes(next?.language ?? "")) return [];
    return [{code, kind: next!.language, output: next!.text}];
  })
);

/** What a sample prints. */
function run(code: string): string {
  const printed: string[] = [];
  const given = {
    FlowBuilder,
    FlowDefinition,
    facetTypes: facets,
    modelTypes: models,
    console: {log: (...values: unknown[]) => printed.push(`${format(...values)}\n`)}
  };
  const script = ts.transpile(code, {target: ts.ScriptTarget.ES2022});
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the docs' own code
  new Function(...Object.keys(given), script)(...Object.values(given));
  return printed.join("");
}

it("has samples", () => expect(samples.length).toBeGreaterThan(15));

it.each(samples)("prints what it says: $code", ({code, kind, output}) => {
  const printed = run(code);
  if (kind === "json") expect(JSON.parse(printed)).toEqual(JSON.parse(output));
  else expect(printed).toBe(`${output}\n`);
});

it("is right TypeScript", {timeout: 120_000}, () => {
  const script = `
    import {FlowBuilder, FlowDefinition} from "ikigai-kit/definition";
    import type {CustomFacetUse, FacetTypes, ModelTypes} from "ikigai-kit/definition";
    declare const console: {log(...values: unknown[]): void};
    declare const facetTypes: FacetTypes;
    declare const modelTypes: ModelTypes;
    ${samples.map(({code}) => `{\n${code}\n}\n`).join("")}`;
  expect(compile(script)).toEqual([]);
});
