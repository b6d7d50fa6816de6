// ikigai.config.ts as text: the whole, and an entry.
import {scriptKey, scriptString, templateLiteral} from "./escape.js";
import type {Entries} from "./entries.js";

/** The sections of the config that are written here. */
export const sections = ["datasets", "models", "flows"] as const;

/** One of them. */
export type Section = (typeof sections)[number];

/** The file for an app with these entries. `app` is its name, or its id where the name doesn't find it. */
export function configText(app: string, entries: readonly Entries[]): string {
  const lines = sections.flatMap((section) => {
    const texts = entriesOf(entries, section).map(([key, value]) => entryText(key, value, 2));
    return texts.length > 0 ? [`  ${section}: {\n${texts.join(",\n")}\n  }`] : [];
  });
  return [
    '// What this site takes from Ikigai. A page reads an entry of datasets as FileAttachment("data/KEY.parquet"), or .arrow, .csv, .json.',
    'import {defineConfig} from "ikigai-kit";',
    "",
    "export default defineConfig({",
    [`  app: ${scriptString(app)}`, ...lines].join(",\n"),
    "});",
    ""
  ].join("\n");
}

/** The entries of a section, by their keys. */
export const entriesOf = (entries: readonly Entries[], section: Section): [string, object][] =>
  entries.flatMap((one) => Object.entries<object>(one[section] ?? {}));

/** `key: value`, indented by so many steps of two spaces. */
export const entryText = (key: string, value: object, depth: number): string =>
  `${"  ".repeat(depth)}${scriptKey(key)}: ${valueText(value, depth, key)}`;

const longestLine = 110;

/** The value of a key. The lines of a query are indented; other texts stay as they are. */
function valueText(value: unknown, depth: number, key?: string): string {
  const inner = "  ".repeat(depth + 1);
  if (typeof value === "string")
    return key === "sql" && value.includes("\n")
      ? templateLiteral(value.replaceAll("\n", `\n${inner}`))
      : scriptString(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value)
    ? value.map((one) => valueText(one, depth + 1))
    : Object.entries(value).map(([key, one]) => `${scriptKey(key)}: ${valueText(one, depth + 1, key)}`);
  const line = `${open}${parts.join(", ")}${close}`;
  if (line.length + inner.length < longestLine && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}
