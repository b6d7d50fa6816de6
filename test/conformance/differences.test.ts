// The list of deliberate differences is what docs/conformance.md shows, and says what a reader needs.
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {polls, type Difference} from "./comparison.js";
import {differences} from "./differences.js";
import {areas} from "./operations/index.js";

const page = readFileSync(join(import.meta.dirname, "../../docs/conformance.md"), "utf8");

const code = (items: string[]) => items.map((item) => `\`${item}\``).join("<br>");

/** What Python and TypeScript ask. */
function asked(difference: Difference): [python: string, typescript: string] {
  if ("instead" in difference) {
    const {instead} = difference;
    return [code(instead.map(([python]) => python)), code(instead.map(([, typescript]) => typescript))];
  }
  if ("only" in difference) {
    const asks = code(difference.asks);
    return difference.only === "python" ? [asks, ""] : ["", asks];
  }
  return [
    "",
    code(difference.bodies.flatMap((body) => difference.blanks.map((field) => `${body}: ${field} = {}`)))
  ];
}

const table = [
  "| Python asks | TypeScript asks | why |",
  "| --- | --- | --- |",
  ...differences.map((difference) => `| ${[...asked(difference), difference.why].join(" | ")} |`)
].join("\n");

it("is the table in the documentation: where this fails, paste what was expected", () => {
  const [, shown] = /<!-- differences -->\n\n([^]*?)\n\n<!-- \/differences -->/.exec(page) ?? [];
  expect(shown).toBe(table);
});

it("names the calls that are asked until something has ended as the documentation does", () => {
  for (const poll of polls) expect(page).toContain(`\`${poll}\``);
});

it("places differences in operations that there are", () => {
  const places = areas.flatMap(({title, operations}) => [title, ...operations.map(({does}) => does)]);
  const named = differences.flatMap((difference) => ("in" in difference ? difference.in : []));
  expect(named.filter((place) => !places.includes(place))).toEqual([]);
});
