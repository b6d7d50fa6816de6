// The stand-in for fetch: what it answers itself, and what it lets through.
import {symlinkSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {NpmCache} from "../../lib/hermetic/cache.js";
import {InstalledCdn} from "../../lib/hermetic/cdn.js";
import {PackageError} from "../../lib/hermetic/package-error.js";
import {hermeticFetch} from "../../lib/hermetic/fetch.js";
import {NodeModules} from "../../lib/hermetic/node-modules.js";
import {project} from "./project.js";

const cdnHost = "https://cdn.jsdelivr.net/npm";
const registry = "https://registry.example";

function setup() {
  const root = project({
    "secret.txt": "secret",
    "node_modules/a/package.json": {name: "a", version: "1.2.3", type: "module"},
    "node_modules/a/index.js": "export const a = 1;",
    "node_modules/a/style.css": "b {}",
    "node_modules/@s/c/package.json": {name: "@s/c", version: "2.0.0"}
  });
  symlinkSync(join(root, "secret.txt"), join(root, "node_modules/a/link.txt"));
  const modules = new NodeModules(join(root, "src"));
  const cdn = new InstalledCdn(modules, NpmCache.open(join(root, "src/.observablehq/cache"), modules));
  const through: string[] = [];
  const problems: PackageError[] = [];
  const stock: typeof fetch = async (href) => {
    through.push(href as string);
    return new Response("from afar");
  };
  return {fetch: hermeticFetch(cdn, (problem) => problems.push(problem), stock), cdn, through, problems};
}

const json = async (response: Promise<Response>): Promise<unknown> => (await response).json();

describe("hermeticFetch", () => {
  it("answers for versions with the installed one", async () => {
    const {fetch, through} = setup();
    expect(await json(fetch(`${registry}/a`))).toEqual({versions: {"1.2.3": {}}});
    expect(await json(fetch(`${registry}/a/latest`))).toEqual({version: "1.2.3"});
    expect(await json(fetch(`${registry}/@s/c`))).toEqual({versions: {"2.0.0": {}}});
    expect(await json(fetch(`${registry}/@s/c/latest`))).toEqual({version: "2.0.0"});
    expect(through).toEqual([]);
  });

  it("gives a package that isn't installed a version, and fails when a file of it is asked for", async () => {
    const {fetch, problems} = setup();
    const {version} = (await json(fetch(`${registry}/leaflet/latest`))) as {version: string};
    await expect(fetch(`${cdnHost}/leaflet@${version}/dist/leaflet.css`)).rejects.toThrow(
      "npm:leaflet is imported, but leaflet is not installed\n  npm install leaflet"
    );
    expect(problems).toEqual([expect.any(PackageError)]);
  });

  it("gives modules as JavaScript, which Framework looks for imports in", async () => {
    const {fetch} = setup();
    const response = await fetch(`${cdnHost}/a@1.2.3/+esm`);
    expect(response.headers.get("content-type")).toBe("application/javascript");
    expect(await response.text()).toMatch(/export ?\{\w+ as a\}/);
  });

  it("gives files as they are", async () => {
    const {fetch} = setup();
    const response = await fetch(new URL(`${cdnHost}/a@1.2.3/style.css`));
    expect(response.headers.get("content-type")).not.toMatch(/javascript/);
    expect(await response.text()).toBe("b {}");
  });

  it.each([
    [
      "a@999.0.0/+esm",
      "npm:a@999.0.0 is requested, but a 1.2.3 is installed: write npm:a, or\n  npm install a@999.0.0"
    ],
    ["nope@1.0.0/+esm", "npm:nope is imported, but nope is not installed\n  npm install nope@1.0.0"],
    ["a@1.2.3/gone.css", "npm:a@1.2.3/gone.css: a 1.2.3 has no such file"],
    ["a@1.2.3/link.txt", "npm:a@1.2.3/link.txt: a 1.2.3 has no such file"],
    ["a@1.2.3/../../secret.txt", "npm:a@1.2.3/../../secret.txt: a path can't leave its package"],
    ["..@1.0.0/../etc/passwd/+esm", `".." is not the name of a package`]
  ])("refuses %s", async (path, message) => {
    await expect(setup().fetch(`${cdnHost}/${path}`)).rejects.toThrow(message);
  });

  it("refuses tags, which only the registry knows", async () => {
    await expect(setup().fetch(`${registry}/a/next`)).rejects.toThrow(
      `npm:a@next: only the registry knows what "next" means: write npm:a, which is 1.2.3 here\n  npm install a@next`
    );
  });

  it("says why no version fits a range", () => {
    const {cdn} = setup();
    expect(cdn.mismatch({name: "a", version: "^2", path: "", module: false}).message).toBe(
      'npm:a@^2 is requested, but a 1.2.3 is installed: write npm:a, or\n  npm install "a@^2"'
    );
    expect(cdn.mismatch({name: "b", version: "^2", path: "", module: false}).message).toBe(
      'npm:b is imported, but b is not installed\n  npm install "b@^2"'
    );
  });

  it.each([
    [
      "https://extensions.duckdb.org/v1.1.1/wasm_eh/parquet.duckdb_extension.wasm",
      /"parquet".*hermeticConfig/
    ],
    ["https://npm.example/@jsr/std__path", /jsr:@std\/path can't come from node_modules/]
  ])("says what to do instead of asking %s", async (href, message) => {
    await expect(setup().fetch(href)).rejects.toThrow(message);
  });

  it("lets everything else through", async () => {
    const {fetch, through} = setup();
    const response = await fetch("https://api.example/data.json", {method: "POST"});
    expect(await response.text()).toBe("from afar");
    expect(through).toEqual(["https://api.example/data.json"]);
  });
});
