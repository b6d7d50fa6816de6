// Values as Python writes them: help texts are those of the platform's own client, which users know.

/** The length of help's lines, as in the platform's document. */
export const width = 80;

/** `True`, `None`, `'text'`, `['a', 1]`, `{'key': 0.5}`. */
export function pythonLiteral(value: unknown): string {
  if (value == null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pythonNumber(value);
  if (typeof value === "string") return pythonText(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const entries = Object.entries(value).map(([key, entry]) => `${pythonText(key)}: ${pythonLiteral(entry)}`);
  return `{${entries.join(", ")}}`;
}

/** A literal that starts after `before` and is followed by `after`: on one line if it fits, else an entry a line. */
export function pythonLayout(value: unknown, indent: number, before: number, after = 0): string {
  const literal = pythonLiteral(value);
  const isFlat = typeof value !== "object" || value === null || literal.length === 2;
  if (isFlat || before + literal.length + after <= width) return literal;
  const inner = indent + 2;
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((entry) => ["", entry])
    : Object.entries(value).map(([key, entry]) => [`${pythonText(key)}: `, entry]);
  const lines = entries.map(([head, entry], i) => {
    const comma = i < entries.length - 1 ? "," : "";
    return `${pad(inner)}${head}${pythonLayout(entry, inner, inner + head.length, comma.length)}${comma}`;
  });
  return [literal[0], ...lines, pad(indent) + literal.at(-1)].join("\n");
}

/** Words packed into lines, each starting after `indent`, the last with `after` behind it. */
export function pack(words: readonly string[], separator: string, indent: number, after = 0): string[] {
  const lines: string[] = [];
  for (const [i, word] of words.entries()) {
    const room = width - indent - (i === words.length - 1 ? after : 0);
    const longer = `${lines.at(-1)}${separator}${word}`;
    if (lines.length > 0 && longer.length <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line, i) => (i < lines.length - 1 ? line + separator.trimEnd() : line));
}

export const pad = (indent: number): string => " ".repeat(indent);

/** Python switches to exponents at other numbers than JavaScript, and writes them with two digits: `1e-09`. */
function pythonNumber(value: number): string {
  const [digits, exponent] = value.toExponential().split("e") as [string, string];
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value);
  if (!(Number(exponent) < -4 || Number(exponent) >= 16)) return String(value);
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

function pythonText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replace(/[\\\p{Cc}]/gu, escape);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

const escapes: Record<string, string> = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"};
const escape = (letter: string) =>
  escapes[letter] ?? `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`;
