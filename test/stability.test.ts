// What each export promises is said in its docstring and in docs/stability.md.
import {readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {expect, it} from "vitest";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const {exports} = JSON.parse(read("package.json")) as {exports: Record<string, {types: string} | string>};

/** The source of each export, by what is imported. */
const sources = Object.entries(exports).flatMap(([path, target]) =>
  typeof target === "string"
    ? []
    : [[`ikigai-kit${path.slice(1)}`, target.types.replace(/^\.\/build\/(.*)\.d\.ts$/, "$1.ts")] as const]
);

const documented = new Map(
  [...read("docs/stability.md").matchAll(/^\| `(ikigai-kit\S*)` \| (\w+) \|$/gm)].map(([, name, level]) => [
    name,
    level
  ])
);

it.each(sources)("%s states its stability", (name, file) => {
  const [, level] =
    /^\/\*\*[^]*? \* Stability: (stable|experimental|internal)\.\n \*\n \* @module/.exec(read(file)) ?? [];
  expect(level, `${file} begins with a docstring that has "Stability: …" before @module`).toBeDefined();
  expect(documented.get(name)).toBe(level);
});

it("documents no export that isn't there", () => {
  expect([...documented.keys()].sort()).toEqual(sources.map(([name]) => name).sort());
});
