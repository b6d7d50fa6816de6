// Walks through XML as it comes in, for the few parts of a workbook. Knows elements, attributes, text, CDATA and the
// entities that XML itself has; documents that declare entities of their own are refused.
import {FacetError} from "../failure.js";

export interface Handlers {
  /** The name is without its prefix. */
  open?: (name: string, attributes: string) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** Characters that a single tag or text may have. */
const longest = 2 ** 22;

/** Calls the handlers in the document's order; an element without content is opened and closed. */
export async function readXml(chunks: AsyncIterable<Buffer>, handlers: Handlers): Promise<void> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of chunks) rest = walk(rest + decoder.decode(chunk, {stream: true}), handlers);
  if (walk(rest + decoder.decode(), handlers).trim() !== "")
    throw new FacetError("the workbook's XML ends in the middle: save it again");
}

/** Walks as far as the text is whole, and gives back what isn't. */
function walk(text: string, {open, close, text: onText}: Handlers): string {
  let at = 0;
  while (at < text.length) {
    if (text[at] !== "<") {
      const next = text.indexOf("<", at);
      // Text goes up to the next tag: until that is here, more of it may come.
      if (next < 0) break;
      onText?.(unescape(text.slice(at, next)));
      at = next;
      continue;
    }
    const end = tagEnd(text, at);
    if (end < 0) break;
    if (text.startsWith("<![CDATA[", at)) onText?.(text.slice(at + 9, end - 2));
    else if (text.startsWith("<!DOCTYPE", at))
      throw new FacetError("the workbook's XML declares a document type, which no workbook needs");
    else if (text[at + 1] === "/") close?.(local(text.slice(at + 2, end).trim()));
    else if (text[at + 1] !== "?" && text[at + 1] !== "!") {
      const empty = text[end - 1] === "/";
      const [, name = "", attributes = ""] =
        /^([^\s/]+)([^]*)$/.exec(text.slice(at + 1, empty ? end - 1 : end)) ?? [];
      open?.(local(name), attributes);
      if (empty) close?.(local(name));
    }
    at = end + 1;
  }
  if (text.length - at > longest)
    throw new FacetError(`the workbook holds a text of more than ${longest} characters: save it as csv`);
  return text.slice(at);
}

/** Where a tag's `>` is, -1 while it hasn't come. */
function tagEnd(text: string, at: number): number {
  if (text.startsWith("<![CDATA[", at)) return plus(text.indexOf("]]>", at), 2);
  if (text.startsWith("<!--", at)) return plus(text.indexOf("-->", at + 4), 2);
  // The beginning of either may be all that is here yet.
  if ("<![CDATA[".startsWith(text.slice(at, at + 9)) || "<!--".startsWith(text.slice(at, at + 4))) return -1;
  for (let i = at; i < text.length; i++) {
    const c = text[i];
    if (c === ">") return i;
    if (c === '"' || c === "'") {
      i = text.indexOf(c, i + 1);
      if (i < 0) return -1;
    }
  }
  return -1;
}

const plus = (index: number, more: number) => (index < 0 ? -1 : index + more);

const local = (name: string) => name.slice(name.indexOf(":") + 1);

const patterns = new Map<string, RegExp>();

/** The value of an attribute, without its prefix, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  const pattern =
    patterns.get(name) ?? new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
  patterns.set(name, pattern);
  const match = pattern.exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? undefined : unescape(value);
}

const entities: Record<string, string> = {lt: "<", gt: ">", amp: "&", quot: '"', apos: "'"};

function unescape(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return entities[name] ?? whole;
      const code = hex ? parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
  );
}
