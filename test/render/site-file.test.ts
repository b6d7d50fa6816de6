// Which files of a site a URL or a page's name means: none outside its folder.
import {mkdtemp, realpath, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {origin, pathOf, readPage, readSiteFile} from "../../lib/render/site-file.js";
import {write} from "../site/support.js";

let site: string;
let root: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "ikigai-render-")));
  site = join(root, "dist");
  await write(root, {
    "secret.html": "secret",
    "dist/index.html": "start",
    "dist/accuracy.html": "accuracy",
    "dist/team/index.html": "team",
    "dist/team/weekly report.html": "weekly",
    "dist/_file/page.html": "attached"
  });
  await symlink(join(root, "secret.html"), join(site, "link.html"));
  await symlink(site, join(root, "current"));
});

afterAll(() => rm(root, {recursive: true, force: true}));

describe("a page", () => {
  it.each([
    ["index", "/index", "start"],
    ["/", "/index", "start"],
    ["", "/index", "start"],
    ["/accuracy", "/accuracy", "accuracy"],
    ["accuracy.html", "/accuracy", "accuracy"],
    ["team", "/team/index", "team"],
    ["/team/", "/team/index", "team"],
    ["team/weekly report", "/team/weekly report", "weekly"]
  ])("is found by the name %j", async (name, path, html) => {
    expect(await readPage(site, name)).toEqual({path, html});
    expect(await readPage(join(root, "current"), name)).toEqual({path, html});
  });

  it.each([
    "../secret",
    "/../secret",
    "..%2fsecret",
    "team/../../secret",
    "link",
    'a"b',
    "_file/page",
    "\0",
    "//x",
    "C:\\x"
  ])("is refused by the name %j", async (name) => {
    const message = await readPage(site, name).catch((error: Error) => error.message);
    expect(message).toContain(`the site has no page ${JSON.stringify(name)}; it has `);
    expect(message).toContain("accuracy");
  });

  it("needs a site", async () => {
    await expect(readPage(join(root, "none"), "index")).rejects.toThrow(
      /there is no folder .*none; build the site/
    );
    await writeFile(join(root, "file"), "");
    await expect(readPage(join(site, "_file", "nothing"), "index")).rejects.toThrow(/there is no folder/);
  });
});

describe("a URL", () => {
  it("means a file of the site, or nothing", async () => {
    expect(pathOf(`${origin}/team/weekly%20report.html`)).toBe("team/weekly report.html");
    expect(pathOf("http://elsewhere.invalid/index.html")).toBeUndefined();
    expect(pathOf("node:fs")).toBeUndefined();
    expect(pathOf(`${origin}/..%2fsecret.html`)).toBeUndefined();
    expect(pathOf(`${origin}/%00`)).toBeUndefined();
    expect(pathOf(`${origin}/%ff`)).toBeUndefined();
    expect(await readSiteFile(site, "link.html")).toBeUndefined();
    expect(await readSiteFile(site, "team")).toBeUndefined();
    expect(String(await readSiteFile(site, "index.html"))).toBe("start");
  });

  it("never leaves the folder, whatever it is made of", () => {
    const part = fc.constantFrom("..", ".", "/", "%2e", "%2f", "\\", "%5c", "a", "C:", "%00", "?", "#", "//");
    fc.assert(
      fc.property(fc.array(part, {maxLength: 12}), (parts) => {
        const path = pathOf(new URL(`${origin}/${parts.join("")}`));
        if (path === undefined) return;
        expect(join("/site", path).startsWith("/site/")).toBe(true);
        expect(path).not.toMatch(/(^|\/)\.\.(\/|$)|\\|\0/);
      })
    );
  });
});
