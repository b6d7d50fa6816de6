// Names from outside as text of the files that are written: one function for each language.
import {wellFormed} from "./well-formed.js";

/** Longer names would fill a menu. */
const longestTitle = 80;

/** A name as one line of plain text that isn't empty: without control characters, cut where it is long. */
export function plainText(name: string, fallback = "(no name)"): string {
  const line = wellFormed(name)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]+/gu, (found) => (found === "\u200D" ? found : " "))
    .replace(/\s+/g, " ")
    .trim();
  const letters = Array.from(line);
  const text =
    letters.length > longestTitle
      ? `${letters
          .slice(0, longestTitle - 1)
          .join("")
          .trimEnd()}…`
      : line;
  return text || fallback;
}

/**
 * A line of plain text in Markdown that Framework reads: every sign that could begin a construct of Markdown, HTML or `${}` is written as
 * an entity.
 */
export const markdownText = (text: string): string =>
  plainText(text).replace(/[!-'*+./:-@[-`{-~]|^[-(]|(?<=^\d+)\)/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * A link to a page. Markdown percent-encodes an address, and Framework looks for the page by what Markdown made of it, so that it takes
 * one with letters outside ASCII for broken; in HTML it stays as it is.
 * @param text plain text
 * @param path from the folder of the page that links to it, made of keys, which need no escape
 */
export function linkText(text: string, path: string): string {
  const label = markdownText(text);
  return /^[\w/-]+$/.test(path) ? `[${label}](./${path})` : `<a href="./${path}">${label}</a>`;
}

/** A text as a string of JavaScript or TypeScript, which is one of JSON, too; `<` is escaped, so that it may stand in HTML. */
export const scriptString = (text: string): string =>
  JSON.stringify(wellFormed(text)).replace(
    /[<\u007F-\u009F\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`
  );

/** A text as a string of YAML, in quotes. */
export const yamlString = (text: string): string => scriptString(text);

/** A text of several lines as a template literal of JavaScript. */
export const templateLiteral = (text: string): string =>
  `\`${wellFormed(text)
    .replace(/[\\`]|\$(?=\{)/g, "\\$&")
    .replace(/\r/g, "\\r")}\``;

/** A key of an object literal. */
export const scriptKey = (key: string): string =>
  /^[a-z_$][\w$]*$/i.test(key) && key !== "__proto__" ? key : scriptString(key);
