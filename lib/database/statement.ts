// SQL text and the values bound to it: placeholders that keep a value's type, and names quoted safely.

/** A statement whose values travel apart from its text. */
export interface Statement {
  text: string;
  /** In the order of the text's question marks; each is something that JSON can carry. */
  params: (string | number | boolean | null)[];
}

/**
 * The statement of a template literal: `` statement(["… WHERE sector = ", ""], ["Retail"]) ``. A list becomes the
 * parenthesis that `IN` wants, also when it is empty.
 */
export function statement(strings: readonly string[], values: readonly unknown[]): Statement {
  const params: Statement["params"] = [];
  const text = strings.reduce((text, string, i) => text + placeholder(values[i - 1], params) + string);
  return {text, params};
}

/** The statement of a text with a `?` for each value; those in strings, names and comments don't count. */
export function positional(text: string, values: readonly unknown[]): Statement {
  const strings = split(text);
  if (strings.length - 1 !== values.length)
    throw new Error(
      `The statement has ${count(strings.length - 1, "placeholder")} (?) and got ${count(values.length, "value")}: ${text}`
    );
  return statement(strings, values);
}

/** Whether the text may refer to a table: its name stands in it as a word, in whatever case. */
export function mentions(text: string, table: string): boolean {
  const name = table.toLowerCase();
  const lower = text.toLowerCase();
  for (let i = lower.indexOf(name); i >= 0; i = lower.indexOf(name, i + 1)) {
    if (!/[\p{L}\p{N}_]/u.test(`${lower[i - 1] ?? ""}${lower[i + name.length] ?? ""}`)) return true;
  }
  return false;
}

// DuckDB-WASM sends values as JSON, where every number is a double and a date is a string, and DuckDB then refuses
// `range(3.0)` and `time < '2015-01-01'`: the casts give the values their types back.
function placeholder(value: unknown, params: Statement["params"]): string {
  const bind = (param: Statement["params"][number], type?: string) => {
    params.push(param);
    return type ? `CAST(? AS ${type})` : "?";
  };
  if (value == null) return bind(null);
  if (typeof value === "string" && /\p{Surrogate}/u.test(value))
    throw new TypeError(
      `A value of the statement isn't text: ${JSON.stringify(value.slice(0, 100))} has half of a surrogate pair`
    );
  if (typeof value === "string" || typeof value === "boolean") return bind(value);
  if (typeof value === "bigint") return bind(`${value}`, "HUGEINT");
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return bind(value, "BIGINT");
    return Number.isFinite(value) ? bind(value) : bind(`${value}`, "DOUBLE"); // JSON has no NaN
  }
  if (value instanceof Date) {
    if (isNaN(+value)) throw new TypeError("A value of the statement is an invalid date");
    return bind(value.toISOString().replace(/^\+0*/, ""), "TIMESTAMP"); // DuckDB knows no plus before a year
  }
  if (Array.isArray(value)) {
    if (!value.length) return "(SELECT NULL WHERE false)"; // () is no SQL
    return `(${value.map((item) => placeholder(item, params)).join(", ")})`;
  }
  throw new TypeError(
    `A value of the statement is ${Object.prototype.toString.call(value)}: SQL takes numbers, strings, booleans, dates, ` +
      "null, and lists of these after IN"
  );
}

const strings = /'(?:[^']|'')*'/;
const names = /"(?:[^"]|"")*"/;
const comments = /--[^\n]*|\/\*[\s\S]*?\*\//;
const dollars = /\$(\w*)\$[\s\S]*?\$\1\$/;
/** What has nothing to say to the grammar: strings, quoted names and comments; and question marks. */
export const opaque = new RegExp(
  [strings, names, comments, dollars].map((r) => r.source).join("|") + "|\\?",
  "g"
);

function split(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const match of text.matchAll(opaque)) {
    if (match[0] !== "?") continue;
    parts.push(text.slice(start, match.index));
    start = match.index + 1;
  }
  return [...parts, text.slice(start)];
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;
