// The styles of the demo and of started projects say each thing once.
import {readFileSync} from "node:fs";
import {expect, it} from "vitest";

interface Rule {
  /** The at-rules around it. */
  within: string;
  selector: string;
  declarations: string[];
}

/** The rules of a sheet, also those within at-rules. */
function rulesOf(css: string): Rule[] {
  const rules: Rule[] = [];
  const open: string[] = [];
  let text = "";
  for (const letter of css.replaceAll(/\/\*[^]*?\*\//g, "")) {
    if (letter === "{") {
      open.push(text.trim().replaceAll(/\s+/g, " "));
      text = "";
    } else if (letter === "}") {
      const selector = open.pop()!;
      const declarations = text.split(";").flatMap((one) => one.trim().replaceAll(/\s+/g, " ") || []);
      if (declarations.length) rules.push({within: open.join(" "), selector, declarations});
      text = "";
    } else text += letter;
  }
  return rules;
}

it.each(["src/style.css", "templates/style.css"])("%s has no rule twice", (file) => {
  const rules = rulesOf(readFileSync(file, "utf8"));
  expect(rules.length).toBeGreaterThan(5);
  const same = rules.flatMap((one, i) =>
    rules.slice(i + 1).flatMap((other) => {
      if (one.within !== other.within) return [];
      const shared = one.declarations.filter((declaration) => other.declarations.includes(declaration));
      return one.selector === other.selector || shared.length > 4
        ? [`${one.selector} and ${other.selector}: ${shared.join("; ")}`]
        : [];
    })
  );
  expect(same).toEqual([]);
});
