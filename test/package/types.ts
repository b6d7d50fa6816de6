// The declarations of an installed kit, read by TypeScript as strictly as it can.
import {execFileSync} from "node:child_process";
import {readFileSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {expect} from "vitest";
import type {Project} from "./project.js";

const repository = resolve(import.meta.dirname, "../..");

/** Every export has types that lead to no package that isn't installed. */
export async function checkTypes({root}: Project): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(root, "node_modules/ikigai-kit/package.json"), "utf8")) as {
    exports: Record<string, unknown>;
  };
  const names = Object.keys(manifest.exports).filter((name) => name !== "./package.json");
  const source = names
    .map((name, index) => `export * as e${index} from "ikigai-kit${name.slice(1)}";`)
    .join("\n");
  writeFileSync(join(root, "all.ts"), source);
  const compilerOptions = {
    module: "NodeNext",
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable", "ESNext.Disposable"],
    strict: true,
    noEmit: true,
    typeRoots: [join(repository, "node_modules/@types")],
    types: ["node"]
  };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({compilerOptions, files: ["all.ts"]}));
  let said = "";
  try {
    execFileSync(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", root], {
      encoding: "utf8"
    });
  } catch (error) {
    said = (error as {stdout: string}).stdout;
  }
  expect(said.split("\n").filter((line) => /node_modules\/ikigai-kit\/|^all\.ts/.test(line))).toEqual([]);
}
