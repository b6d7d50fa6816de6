// docs/dependencies.md has a row for each package that package.json depends on, in the section that it belongs to.
import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {expect, it} from "vitest";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(resolve(root, "docs/dependencies.md"), "utf8");
const manifest = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as Record<
  "dependencies" | "peerDependencies" | "devDependencies",
  Record<string, string>
>;

/** The packages in the first column of a section's table. */
function rows(title: string): string[] {
  const [, section] = page.split(`\n## ${title}\n`);
  const [text] = section?.split("\n## ") ?? [];
  const cells = Array.from(text?.matchAll(/^\| (`[^|]*) \|/gm) ?? [], ([, cell]) => cell!);
  return cells.flatMap((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name]) => name!)).sort();
}

const names = (kind: keyof typeof manifest) => Object.keys(manifest[kind]).sort();

it("has what an installed kit needs", () => {
  expect(rows("At run time")).toEqual(names("dependencies"));
});

it("has the peers", () => {
  expect(rows("Peers")).toEqual(names("peerDependencies"));
});

it("has what is only installed here", () => {
  const shown = [...rows("Bundled"), ...rows("For development")].sort();
  // A peer is also installed here, and may have a row for that.
  const isShownElsewhere = (name: string) => name in manifest.peerDependencies && !shown.includes(name);
  expect(shown).toEqual(names("devDependencies").filter((name) => !isShownElsewhere(name)));
});
