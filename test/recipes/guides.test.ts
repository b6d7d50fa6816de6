// The guide to the recipes names each of them.
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {repository} from "./recipe.js";

it("names each recipe", () => {
  const guide = readFileSync(join(repository, "docs/recipes.md"), "utf8");
  const linked = Array.from(guide.matchAll(/\]\(\.\.\/recipes\/([^)]+)\)/g), ([, file]) => file!);
  expect(linked.sort()).toEqual(readdirSync(join(repository, "recipes")).sort());
});
