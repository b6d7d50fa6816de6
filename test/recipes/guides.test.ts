// The guides to the recipes and to static hosts: they name each recipe, and what they link to exists.
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {repository} from "./recipe.js";

const docs = join(repository, "docs");
const linksOf = (guide: string) =>
  Array.from(readFileSync(join(docs, guide), "utf8").matchAll(/\]\(([^)]+)\)/g), ([, link]) => link!);

it("each recipe is told of", () => {
  const linked = linksOf("recipes.md").filter((link) => link.startsWith("../recipes/"));
  expect(linked.map((link) => link.slice("../recipes/".length)).sort()).toEqual(
    readdirSync(join(repository, "recipes")).sort()
  );
});

/** As GitHub names a heading. */
const anchors = (path: string) =>
  Array.from(readFileSync(path, "utf8").matchAll(/^#+ (.*)$/gm), ([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-")
  );

it.each(["recipes.md", "hosting.md", "gateway.md", "publishing.md"])(
  "the links of %s lead somewhere",
  (guide) => {
    const missing = linksOf(guide).filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [file, anchor] = link.split("#") as [string, string?];
      const path = join(docs, file || guide);
      return !existsSync(path) || (anchor !== undefined && !anchors(path).includes(anchor));
    });
    expect(missing).toEqual([]);
  }
);
