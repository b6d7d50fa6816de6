// The samples of the README and of docs: what they import of the kit is exported, and whole files of TypeScript compile. The samples of
// flow-definitions.md and python-to-typescript.md are also run, by tests of their own.
import {describe, expect, it} from "vitest";
import {compile} from "../definition/compile.js";
import {pages} from "./pages.js";

const samples = [...pages]
  .filter(([path]) => !path.startsWith("docs/api/"))
  .flatMap(([path, text]) =>
    Array.from(text.matchAll(/^```(ts|js)[^\n]*\n([^]*?)^```$/gm), ([, language, code], i) => ({
      where: `${path}, sample ${i + 1}`,
      language,
      code: code!
    }))
  );

/** Named imports of the kit: the room, and the names. */
const importsOf = (code: string) =>
  Array.from(
    code.matchAll(/import (?:type )?\{([^}]+)\} from "(?:npm:)?ikigai-kit(?:\/([a-z-]+))?"/g),
    ([, names, room = "config"]) => ({
      room,
      names: names!.split(",").map((name) => name.trim().replace(/^type |\s+as .*$/g, ""))
    })
  );

/** The reference of a room, which another test holds to its exports. */
const exportsOf = (room: string) => pages.get(`docs/api/${room}.md`) ?? "";

describe("what a sample imports", () => {
  const importing = samples.filter(({code}) => importsOf(code).length > 0);

  it("is found", () => expect(importing.length).toBeGreaterThan(30));

  it.each(importing)("is exported: $where", ({code}) => {
    const missing = importsOf(code).flatMap(({room, names}) =>
      names
        .filter((name) => !new RegExp(`\\b${name}\\b`).test(exportsOf(room)))
        .map((name) => `${room}: ${name}`)
    );
    expect(missing).toEqual([]);
  });
});

describe("a sample that is a whole file", () => {
  const whole = samples.filter(
    ({language, code}) =>
      language === "ts" && code.includes('from "ikigai-kit') && code.includes("export default")
  );

  it("is found", () => expect(whole.length).toBeGreaterThan(5));

  it.each(whole)("compiles: $where", {timeout: 180_000}, ({code}) => {
    expect(compile(code, {node: true})).toEqual([]);
  });
});
