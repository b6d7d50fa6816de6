// Adds entries to the text of an ikigai.config.ts that somebody may have written by hand.
import {configObject, type ObjectLiteral} from "./config-scan.js";
import {entriesOf, entryText, sections} from "./config-text.js";
import type {Entries} from "./entries.js";

/** The text with the entries at the ends of their sections, or undefined where it isn't written so that they can be added. */
export function insertEntries(source: string, entries: readonly Entries[]): string | undefined {
  let text = source;
  for (const section of sections) {
    const added = entriesOf(entries, section);
    if (added.length === 0) continue;
    const config = configObject(text);
    if (!config) return undefined;
    const found = config.objects.get(section);
    const lines = added.map(([key, value]) => entryText(key, value, 2)).join(",\n");
    if (found) text = append(text, found, lines, "  ");
    // One that isn't an object literal, such as a variable, can't be added to.
    else if (
      new RegExp(`(^|[\\s,{"'])${section}["']?\\s*(?:[:,]|$)`).test(text.slice(config.start, config.end))
    )
      return undefined;
    else text = append(text, config, `  ${section}: {\n${lines}\n  }`, "");
  }
  return text;
}

/** The text with lines at the end of an object literal. */
function append(text: string, object: ObjectLiteral, lines: string, indent: string): string {
  const {start, end, isEmpty, hasComma, last} = object;
  if (isEmpty) {
    const comment = text.slice(start, end).trimEnd();
    return `${text.slice(0, start)}${comment}\n${lines}\n${indent}${text.slice(end)}`;
  }
  const rest = text.slice(last, end).trimEnd(); // comments
  return `${text.slice(0, last)}${hasComma ? "" : ","}${rest}\n${lines}\n${indent}${text.slice(end)}`;
}
