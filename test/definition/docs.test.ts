// The samples of docs/flow-definitions.md: each is checked and run, and must print what stands below it.
import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {format} from "node:util";
import ts from "typescript";
import {expect, it} from "vitest";
import {FlowBuilder, FlowDefinition} from "../../lib/definition/index.js";
import {compile} from "./compile.js";
import {facets, models} from "./platform-specs.js";

const text = readFileSync(resolve(import.meta.dirname, "../../docs/flow-definitions.md"), "utf8");
const samples = [...text.matchAll(/```ts\n((?:(?!```).)*)```\n\n```(text|json)\n(.*?)```/gs)].map(
  ([, code, kind, output]) => ({code: code!, kind: kind!, output: output!})
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
  else expect(printed).toBe(output);
});

it("is right TypeScript", {timeout: 120_000}, () => {
  const script = `
    import {FlowBuilder, FlowDefinition} from "ikigai-kit/definition";
    import type {CustomFacetUse, FacetTypes, ModelTypes} from "ikigai-kit/definition";
    declare const console: {log(...values: unknown[]): void};
    declare const facetTypes: FacetTypes;
    declare const modelTypes: ModelTypes;
    ${samples.map(({code}) => `{\n${code}}\n`).join("")}`;
  expect(compile(script)).toEqual([]);
});
