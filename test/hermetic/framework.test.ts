// Framework itself, run whole: how a build fails, how a preview follows, how a CDN is let in.
import {existsSync, readFileSync} from "node:fs";
import {createServer, type AddressInfo} from "node:net";
import {join} from "node:path";
import {describe, expect, it, vi} from "vitest";
import {FrameworkError, runFramework} from "../../lib/hermetic/index.js";
import {config, project, write} from "./project.js";

vi.setConfig({testTimeout: 120_000}); // each starts Framework, which takes seconds

/** A project with one page that runs this code. */
const site = (code: string, files: Record<string, string | object> = {}) =>
  project({
    "package.json": {name: "site", version: "0.0.0", type: "module", exports: {"./own": "./build/own.js"}},
    "observablehq.config.js": config,
    "src/index.md": `# Page\n\n\`\`\`js\n${code}\n\`\`\`\n`,
    "build/own.js": `export const own = "first";`,
    ...files
  });

/** Builds it; gives what Framework printed and how it failed. */
async function build(root: string, env?: Record<string, string>) {
  let output = "";
  const onOutput = (text: string) => (output += text);
  const error: unknown = await runFramework("build", {root, env, onOutput}).catch((error: unknown) => error);
  return {output, error};
}

const dependency = {
  "node_modules/dep/package.json": {name: "dep", version: "1.2.3", type: "module"},
  "node_modules/dep/index.js": `export const dep = "of dep";`
};

describe("a build fails", () => {
  it.each([
    ["a package that isn't installed", `import "npm:@not/there";`, "npm install @not/there"],
    ["a version that isn't installed", `import "npm:dep@^2";`, `dep 1.2.3 is installed: write npm:dep, or`],
    ["a bare import of what isn't installed", `import "not-there/x";`, "npm install not-there"],
    ["a bare import of the project itself", `import "site/own";`, "write npm:site/own"],
    ["what is no package", `import "npm:../../etc/passwd";`, "is not the name of a package"]
  ])("for %s", async (_, code, message) => {
    const {output, error} = await build(site(code, dependency));
    expect(error).toBeInstanceOf(FrameworkError);
    expect(error).toMatchObject({exitCode: 1, message: expect.stringContaining(message) as string});
    expect(output).toContain(message);
    expect(output).not.toMatch(/\n +at /); // no stack to dig the message out of
  });

  it("when Framework does, with its own words in the output", async () => {
    const {output, error} = await build(
      site("", {"observablehq.config.js": `throw new Error("my mistake");`})
    );
    expect(error).toMatchObject({exitCode: 1, message: "observable build failed: it ended with exit code 1"});
    expect(output).toContain("my mistake");
  });
});

describe("a build", () => {
  it("needs no host, notices what changed, and keeps the rest", async () => {
    const root = site(
      `import {own} from "npm:site/own"; import {dep} from "npm:dep"; display(own + dep);`,
      dependency
    );
    const built = /npm:(\S+)\/\+esm/g;
    const made = ({output}: {output: string}) => [...output.matchAll(built)].map(([, name]) => name);
    const first = await build(root);
    expect(first.error).toBeUndefined();
    expect(made(first)).toEqual(["site@0.0.0/own", "dep@1.2.3"]);
    expect(made(await build(root))).toEqual([]);
    write(root, "build/own.js", `export const own = "other";`); // as long as before
    expect(made(await build(root))).toEqual(["site@0.0.0/own"]);
    expect(existsSync(join(root, "foreign.log"))).toBe(false);
  });

  it("warns of a config that would ask other hosts", async () => {
    const {output, error} = await build(
      site("", {"observablehq.config.js": `export default {root: "src"};`})
    );
    expect(error).toBeUndefined();
    expect(output).toMatch(/Every page will load a stylesheet from fonts\.googleapis\.com.*hermeticConfig/);
  });

  it("leaves Framework to its CDN with IKIGAI_KIT_CDN=1, and doesn't mix the two", async () => {
    const root = site(`import "npm:dep";`, dependency);
    expect((await build(root)).error).toBeUndefined();
    const cached = join(root, "src/.observablehq/cache/_npm/dep@1.2.3/_esm.js");
    expect(existsSync(cached)).toBe(true);
    const {error} = await build(root, {IKIGAI_KIT_CDN: "1"});
    expect(error).toBeInstanceOf(FrameworkError);
    expect(existsSync(cached)).toBe(false);
    const asked = readFileSync(join(root, "foreign.log"), "utf8");
    expect(asked).toMatch(/^https:\/\/registry\..*\/dep\/latest\n/);
  });
});

describe("a preview", () => {
  it("serves a local package again once that is built again, and ends when its signal aborts", async () => {
    const root = site(`import {own} from "npm:site/own"; display(own);`);
    const port = await freePort();
    const ending = new AbortController();
    const preview = runFramework("preview", {
      root,
      args: ["--port", String(port), "--no-open"],
      signal: ending.signal,
      onOutput: () => undefined
    });
    const ended = expect(preview).rejects.toThrow("that is all");
    const module = async () => (await fetch(`http://127.0.0.1:${port}/_npm/site@0.0.0/own._esm.js`)).text();
    await vi.waitFor(async () => expect(await module()).toContain("first"), {timeout: 60_000, interval: 200});
    write(root, "build/own.js", `export const own = "second";`);
    await vi.waitFor(async () => expect(await module()).toContain("second"), {
      timeout: 60_000,
      interval: 100
    });
    ending.abort(new Error("that is all"));
    await ended;
    await expect(module()).rejects.toThrow();
  });

  it("isn't even started if its signal has already aborted", () =>
    expect(
      runFramework("preview", {root: "/nowhere", signal: AbortSignal.abort(new Error("never mind"))})
    ).rejects.toThrow("never mind"));
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
