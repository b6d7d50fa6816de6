// TypeScript files of a project, run by whatever Node there is.
import {spawnSync} from "node:child_process";
import {mkdir, mkdtemp, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {importTypeScript} from "../../lib/typescript/index.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-typescript-"));
});
afterEach(() => rm(folder, {recursive: true}));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await mkdir(dirname(file), {recursive: true});
  await writeFile(file, text);
  return file;
}

/** A package that is installed in the project. */
async function install(name: string, text: string, fields: object = {}) {
  await write(
    `node_modules/${name}/package.json`,
    JSON.stringify({name, version: "1.0.0", type: "module", exports: "./index.js", ...fields})
  );
  return write(`node_modules/${name}/index.js`, text);
}

describe("an import", () => {
  it("runs what TypeScript alone has: types, enums, and fields set by a constructor", async () => {
    const file = await write(
      "a.ts",
      `enum Color {Red = 2}
       class A { constructor(readonly color: Color) {} }
       export default new A(Color.Red).color satisfies number;`
    );
    expect((await importTypeScript(file)).default).toBe(2);
  });

  it.each(["module", "commonjs", undefined])(
    "waits at the top level, in a package of type %s",
    async (type) => {
      await write("package.json", JSON.stringify({type}));
      const file = await write("a.ts", `export const answer: number = await Promise.resolve(42);`);
      expect((await importTypeScript(file)).answer).toBe(42);
    }
  );

  it("takes in the project's other files: TypeScript named as JavaScript or without extension, JavaScript, JSON", async () => {
    await write("parts/one.ts", `export const one: number = 1;`);
    await write("parts/two.ts", `export const two: number = 2;`);
    await write("three.js", `export const three = 3;`);
    await write("four.json", `{"four": 4}`);
    const file = await write(
      "a.ts",
      `import {one} from "./parts/one.js"; import {two} from "./parts/two"; import {three} from "./three.js";
       import json from "./four.json";
       export default [one, two, three, json.four];`
    );
    expect((await importTypeScript(file)).default).toEqual([1, 2, 3, 4]);
  });

  it("leaves packages to Node, which loads each once", async () => {
    const installed = await install("counter", `export const counter = {count: 0};`);
    const file = await write(
      "a.ts",
      `import {counter} from "counter"; import {sep} from "node:path"; import fs from "fs";
       counter.count++;
       export default [counter, sep, typeof fs.existsSync];`
    );
    await importTypeScript(file);
    const {counter} = (await import(pathToFileURL(installed).href)) as {counter: {count: number}};
    expect((await importTypeScript(file)).default).toEqual([counter, expect.any(String), "function"]);
    expect(counter.count).toBe(2);
  });

  it("finds a package as Node does, not as a bundler would", async () => {
    await install("dual", `export default "for Node";`, {
      exports: {module: "./bundler.js", default: "./index.js"},
      module: "./bundler.js"
    });
    await write("node_modules/dual/bundler.js", `export default "for bundlers";`);
    const file = await write("a.ts", `import dual from "dual"; export default dual;`);
    expect((await importTypeScript(file)).default).toBe("for Node");
  });

  it("tells each file its own place", async () => {
    await write("parts/b.ts", `export const there = [import.meta.url, import.meta.dirname];`);
    const file = await write(
      "a.ts",
      `import {there} from "./parts/b.js";
       export default [import.meta.url, import.meta.filename, import.meta.dirname, __filename, there];`
    );
    const parts = join(folder, "parts");
    expect((await importTypeScript(file)).default).toEqual([
      pathToFileURL(file).href,
      file,
      folder,
      file,
      [pathToFileURL(join(parts, "b.ts")).href, parts]
    ]);
  });

  it("reads the file and what it imports again, each time", async () => {
    const file = await write("a.ts", `export {b as default} from "./b.js";`);
    await write("b.ts", `export const b = "one";`);
    expect((await importTypeScript(file)).default).toBe("one");
    await write("b.ts", `export const b = "two";`);
    expect((await importTypeScript(file)).default).toBe("two");
  });

  it.each([
    [`export default {a: `, /a\.ts:1:20: Unexpected end of file/],
    [`\nimport "not-installed";`, /a\.ts:2:8: Could not resolve "not-installed"/],
    [`import "./gone.js";`, /a\.ts:1:8: Could not resolve "\.\/gone\.js"/],
    [`throw new RangeError("no luck");`, /^no luck$/]
  ])("of %j says what is wrong, and where", async (text, message) => {
    const file = await write("a.ts", text);
    const error: unknown = await importTypeScript(file).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(message);
  });

  it("leaves no file behind, whatever comes of it", async () => {
    const ours = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith("ikigai-kit-module-"));
    const before = await ours();
    await importTypeScript(await write("a.ts", `export default 1;`));
    await importTypeScript(await write("b.ts", `throw new Error("no luck");`)).catch(() => {});
    expect((await ours()).filter((name) => !before.includes(name))).toEqual([]);
  });
});

describe("a file that is run", () => {
  const script = resolve(import.meta.dirname, "../../build/lib/typescript/run.js");
  const run = (...args: string[]) => {
    const options = {encoding: "utf8", cwd: folder, env: {...process.env, TMPDIR: folder}} as const;
    return spawnSync(process.execPath, [script, ...args], options);
  };

  it("gets its arguments as from node itself", async () => {
    const file = await write(
      "[name].ts",
      `const args: string[] = process.argv.slice(1); console.log(JSON.stringify(args));`
    );
    const {stdout, status} = run("[name].ts", "--name=a b", "c");
    expect(JSON.parse(stdout)).toEqual([file, "--name=a b", "c"]);
    expect(status).toBe(0);
  });

  it("tells in a stack the lines of the file", async () => {
    await write(
      "b.ts",
      `interface A {\n  a: string;\n}\nexport function fails(): never {\n  throw new Error("no luck");\n}`
    );
    await write("a.ts", `import {fails} from "./b.js";\n\nfails();`);
    const {stderr, status} = run("a.ts");
    expect(stderr).toMatch(/Error: no luck\n.*\/b\.ts:5:9\)?\n.*\/a\.ts:3:1\)?\n/);
    expect(status).toBe(1);
  });

  it("that can't be read fails with the place and no stack", async () => {
    await write("a.ts", `\nconst a: = 1;`);
    const {stderr, status} = run("a.ts");
    expect(stderr).toBe('a.ts:2:10: Unexpected "="\n');
    expect(status).toBe(1);
  });

  it("leaves no file behind where it ends the process by itself", async () => {
    await write("a.ts", `process.exit(3);`);
    expect(run("a.ts").status).toBe(3);
    expect(await readdir(folder)).toEqual(["a.ts"]);
  });
});
