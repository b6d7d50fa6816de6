// Finding and running ikigai.config.ts, and what is said when that fails.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {ConfigError, loadConfig} from "../../lib/config/index.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ikigai-config-"));
});
afterEach(() => rm(root, {recursive: true}));

const write = (text: string) => writeFile(join(root, "ikigai.config.ts"), text);

describe("loadConfig", () => {
  it("runs TypeScript, imports included", async () => {
    await writeFile(join(root, "names.ts"), `export const app: string = "From another file";`);
    await write(`import {app} from "./names.js"; const c: {app: string} = {app}; export default c;`);
    expect((await loadConfig(root)).app).toBe("From another file");
  });

  it.each(["module", "commonjs"])("runs it in a package of type %s", async (type) => {
    await writeFile(join(root, "package.json"), JSON.stringify({type}));
    await write(`const config: {app: string} = {app: "Typed"}; export default config;`);
    expect((await loadConfig(root)).app).toBe("Typed");
  });

  it("reads an edited config again", async () => {
    await write(`export default {app: "One"}`);
    expect((await loadConfig(root)).app).toBe("One");
    await write(`export default {app: "Two"}`);
    expect((await loadConfig(root)).app).toBe("Two");
  });

  it.each([
    [`export const config = {app: "A"};`, /exports no config; begin it with "export default defineConfig/],
    [`export default {app: `, /ikigai\.config\.ts can't be loaded: /],
    [`throw new Error("no luck")`, /ikigai\.config\.ts can't be loaded: no luck/],
    [
      `import "not-installed"; export default {}`,
      /can't be loaded: \S*ikigai\.config\.ts:1:8: Could not resolve "not-installed"/
    ],
    [
      `export default {app: "A", datasest: {}}`,
      /ikigai\.config\.ts needs fixing:\n.*did you mean "datasets"\?/
    ]
  ])("says what is wrong with %s", async (text, message) => {
    await write(text);
    const error = await loadConfig(root).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toContain(root);
  });

  it("says how to begin where there is no config", async () => {
    await expect(loadConfig(root)).rejects.toThrow(
      /There is no .*ikigai\.config\.ts\. Run this in the project's folder/
    );
  });
});
