// The recipes, as they are and with a test's own addresses and folders in the place of those that a user replaces.
import {readFileSync} from "node:fs";
import {join, resolve} from "node:path";

export const repository = resolve(import.meta.dirname, "../..");

export const readRecipe = (name: string): string => readFileSync(join(repository, "recipes", name), "utf8");

/** Replaces each text wherever it stands. Throws an Error for one that the recipe doesn't have, so that no test passes beside it. */
export function replaced(text: string, replacements: Record<string, string>): string {
  let result = text;
  for (const [from, to] of Object.entries(replacements)) {
    if (!result.includes(from)) throw new Error(`the recipe doesn't have ${JSON.stringify(from)}`);
    result = result.replaceAll(from, to);
  }
  return result;
}
