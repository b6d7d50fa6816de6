// JSON with every digit of its numbers, where JSON.parse alone rounds them to doubles.

/** A number that a double doesn't hold as it is written. */
export class LongNumber {
  constructor(readonly text: string) {}
}

const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** The value of a JSON text, with `LongNumber` for numbers that would not be what is written. Throws as JSON.parse does. */
export function parseJson(text: string): unknown {
  const value = JSON.parse(text) as unknown;
  if (!/\d[\d.]{15}|\d[eE][+-]?\d{3}/.test(text)) return value;
  const mark = unusedCharacter(text);
  let isMarked = false;
  const marked = text.replace(tokens, (token) => {
    if (token.startsWith('"') || isHeld(token)) return token;
    isMarked = true;
    return `"${mark}${token}"`;
  });
  if (!isMarked) return value;
  return JSON.parse(marked, (_, inner: unknown) =>
    typeof inner === "string" && inner.startsWith(mark) ? new LongNumber(inner.slice(1)) : inner
  );
}

/** The JSON text of what `parseJson` gave. */
export function jsonText(value: unknown): string {
  if (value instanceof LongNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${jsonText(inner)}`);
  return `{${members.join(",")}}`;
}

/** Whether a number's text, given back by JavaScript, has the same digits. */
function isHeld(token: string): boolean {
  const number = Number(token);
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(number);
  return Number.isFinite(number) && significant(token) === significant(String(number));
}

/** A number's digits without the zeros before and after them. */
const significant = (text: string) =>
  text
    .replace(/[eE].*/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+|0+$/g, "");

/** A character that stands nowhere in a JSON text, escaped neither. */
function unusedCharacter(text: string): string {
  const lower = text.toLowerCase();
  for (let code = 0xe000; ; code++) {
    const character = String.fromCharCode(code);
    if (!text.includes(character) && !lower.includes(`\\u${code.toString(16)}`)) return character;
  }
}
