// The pages of a project, from the templates that come with this package.
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {packageFolder} from "./package-folder.js";

/** A page to write. */
export interface Page {
  template: "forecast" | "accuracy" | "table" | "model" | "flow" | "index";
  /** From the source root, without extension. */
  path: string;
  /** Plain text. */
  title: string;
  /** What stands in the places `{{name}}` of the template, escaped for where that is. */
  values: Record<string, string>;
}

/** The page's Markdown. */
export function pageText({template, values}: Page): string {
  const text = readFileSync(join(packageFolder, "templates/pages", `${template}.md`), "utf8");
  return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`the template ${template}.md has ${place}, and there is no value for it`);
    return value;
  });
}
