// What an option of the picker shows: the name, with what was found marked, and a detail.
import {h} from "../dom/index.js";
import {foundParts, type Part} from "./fold.js";

/** Characters of a long name's end that stay in sight: names such as SKU-000123-NORTH differ there. */
const tailLength = 12;

/** A name of more than this many characters is cut in the middle where it has no room. */
const longName = 24;

export function optionContent(name: string, words: readonly string[], detail: string | undefined): Node {
  const parts = foundParts(name, words);
  const cut = name.length > longName ? name.length - tailLength : name.length;
  const [head, tail] = split(parts, cut);
  const row = h(
    "span",
    {class: "ikigai-name", dir: "auto", title: name},
    h("span", {class: "ikigai-head"}, ...head.map(mark)),
    tail.length > 0 && h("span", {class: "ikigai-tail"}, ...tail.map(mark))
  );
  const content = document.createDocumentFragment();
  content.append(row);
  if (detail) content.append(h("span", {class: "ikigai-detail"}, detail));
  return content;
}

const mark = ({text, isFound}: Part) => (isFound ? h("mark", {}, text) : text);

/** The parts before a place and those after it; a part that spans it is moved to the tail, for it may end within a character. */
function split(parts: readonly Part[], at: number): [Part[], Part[]] {
  let length = 0;
  const head: Part[] = [];
  for (const [i, part] of parts.entries()) {
    if (length + part.text.length > at) {
      const room = at - length;
      const graphemes = Array.from(
        new Intl.Segmenter(undefined, {granularity: "grapheme"}).segment(part.text)
      );
      const first = graphemes.find(({index}) => index >= room)?.index ?? part.text.length;
      const [before, after] = [part.text.slice(0, first), part.text.slice(first)];
      if (before) head.push({...part, text: before});
      return [head, [...(after ? [{...part, text: after}] : []), ...parts.slice(i + 1)]];
    }
    head.push(part);
    length += part.text.length;
  }
  return [head, []];
}
