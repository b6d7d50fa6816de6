// Finds the places in the text of ikigai.config.ts where an entry can be added, without running it.

/** An object literal in a source text. */
export interface ObjectLiteral {
  /** Where its first character after `{` is, and where its `}` is. */
  start: number;
  end: number;
  /** Its properties whose values are object literals, too, by their keys. */
  objects: Map<string, ObjectLiteral>;
  /** Whether it has anything in it but comments, and whether that ends in a comma; the place after it. */
  isEmpty: boolean;
  hasComma: boolean;
  last: number;
}

/** What comes next in a source text: a string, template or comment is one, so are brackets, words and other signs. */
const token =
  /\s+|\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`|[\p{L}_$][\p{L}\p{N}_$]*|[^]/uy;

/** The object that is given to `defineConfig`, or that is the default export; undefined where neither is found. */
export function configObject(source: string): ObjectLiteral | undefined {
  const begin = /\bdefineConfig(?:<[^>]*>)?\(\s*(?=\{)|\bexport\s+default\s*(?=\{)/g;
  for (let match = begin.exec(source); match; match = begin.exec(source)) {
    const found = readObject(source, match.index + match[0].length);
    if (found) return found;
  }
  return undefined;
}

/** The object literal that begins at this place; undefined where it isn't closed. */
function readObject(source: string, at: number): ObjectLiteral | undefined {
  const object: ObjectLiteral = {
    start: at + 1,
    end: -1,
    objects: new Map(),
    isEmpty: true,
    hasComma: false,
    last: at + 1
  };
  let depth = 0; // of brackets within a value
  let key: string | undefined;
  let expectsKey = true;
  let isValueNext = false;
  for (let place = at + 1; place < source.length;) {
    const text = nextToken(source, place);
    if (text === undefined) return undefined;
    const end = place + text.length;
    if (/^\s|^\/\/|^\/\*/.test(text)) {
      place = end;
      continue;
    }
    if (text === "}" && depth === 0) return {...object, end: place};
    if (text === "{" && isValueNext && depth === 0) {
      const inner = readObject(source, place);
      if (!inner) return undefined;
      if (key !== undefined) object.objects.set(key, inner);
      place = inner.end + 1;
    } else {
      if (/^[{([]$/.test(text)) depth++;
      else if (/^[})\]]$/.test(text)) depth--;
      if (depth < 0) return undefined;
      place = end;
    }
    if (depth === 0 && expectsKey && /^["'\p{L}_$]/u.test(text))
      key = /^["']/.test(text) ? text.slice(1, -1) : text;
    isValueNext = text === ":" && depth === 0;
    expectsKey = text === "," && depth === 0;
    object.isEmpty = false;
    object.hasComma = expectsKey;
    object.last = place;
  }
  return undefined;
}

/** The text of the token at a place; undefined where it isn't closed. */
function nextToken(source: string, place: number): string | undefined {
  token.lastIndex = place;
  const text = token.exec(source)?.[0];
  if (text !== "`") return text === '"' || text === "'" ? undefined : text;
  const end = endOfTemplate(source, place + 1);
  return end === undefined ? undefined : source.slice(place, end);
}

/** Where a template literal ends, with what it has in `${}`. */
function endOfTemplate(source: string, place: number): number | undefined {
  while (place < source.length) {
    if (source[place] === "\\") place += 2;
    else if (source[place] === "`") return place + 1;
    else if (source.startsWith("${", place)) {
      let depth = 1;
      for (place += 2; depth > 0;) {
        const text = nextToken(source, place);
        if (text === undefined || place >= source.length) return undefined;
        if (text === "{") depth++;
        else if (text === "}") depth--;
        place += text.length;
      }
    } else place++;
  }
  return undefined;
}
