// Walks through XML as it comes in, for the few parts of a workbook. Documents that declare entities of their own are refused.
import {SaxesParser} from "saxes";
import {FacetError} from "../failure.js";

export type Attributes = Record<string, string>;

export interface Handlers {
  /** Names, those of attributes too, are without their prefix. */
  open?: (name: string, attributes: Attributes) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** Characters that a single tag or text may have. */
const longest = 2 ** 22;

/** Elements within elements: the parser keeps them all. */
const deepest = 100;

/** Calls the handlers in the document's order; an element without content is opened and closed. */
export async function readXml(chunks: AsyncIterable<Buffer>, {open, close, text}: Handlers): Promise<void> {
  const parser = new SaxesParser<{xmlns: false; position: false}>({xmlns: false, position: false});
  // What came since the parser last called back: it holds that in memory.
  let held = 0;
  let depth = 0;
  const onEach =
    <Value>(handle: (value: Value) => void) =>
    (value: Value) => {
      held = 0;
      handle(value);
    };
  parser.on(
    "opentag",
    onEach(({name, attributes}) => {
      if (++depth > deepest)
        throw new FacetError(`the workbook's XML is nested more than ${deepest} deep, as no workbook is`);
      open?.(local(name), withoutPrefixes(attributes));
    })
  );
  parser.on(
    "closetag",
    onEach(({name}) => {
      depth--;
      close?.(local(name));
    })
  );
  parser.on(
    "text",
    onEach((part) => text?.(part))
  );
  parser.on(
    "cdata",
    onEach((part) => text?.(part))
  );
  parser.on(
    "comment",
    onEach(() => undefined)
  );
  parser.on("doctype", () => {
    throw new FacetError("the workbook's XML declares a document type, which no workbook needs");
  });
  parser.on("error", (error) => {
    throw new FacetError(`the workbook's XML is broken (${error.message}): save it again`);
  });
  const decoder = new TextDecoder("utf-8");
  const write = (part: string) => {
    held += part.length;
    parser.write(part);
    if (held > longest)
      throw new FacetError(`the workbook holds a text of more than ${longest} characters: save it as csv`);
  };
  for await (const chunk of chunks) write(decoder.decode(chunk, {stream: true}));
  write(decoder.decode());
  parser.close();
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

const withoutPrefixes = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]));
