// The conditions that DuckDB's plan puts on a table's rows, read as far as they are certain: what isn't, restricts nothing.

/** A condition. `undefined` among others is one that isn't understood, and so may hold for any row. */
export type Filter =
  | {and: (Filter | undefined)[]}
  | {or: (Filter | undefined)[]}
  | {column: number; op: Comparison; value: Constant}
  | {column: number; isNull: boolean};

export type Comparison = "=" | "<" | "<=" | ">" | ">=";

/** A constant as the plan writes it: its text, and the type that it is cast to, if the plan says one. */
export interface Constant {
  text: string;
  isText: boolean;
  type: string;
}

type Token = {word: string} | {constant: Constant} | {group: Token[]};

/**
 * Reads a condition such as `((t_0 IN (1, 2)) AND (t_1 >= '2015-01-01'::DATE))`, where `prefix` and a number name a column.
 * Undefined if nothing in it is certain.
 */
export function parseFilter(text: string, prefix: string): Filter | undefined {
  const tokens = tokenize(text);
  return tokens && condition(tokens, prefix);
}

const pattern =
  /\s+|(?<text>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.]))|(?<word>[A-Za-z_]\w*|[<>=!]+|[(),])|::(?<type>[A-Z]+(?:_[A-Z]+)?(?: WITH TIME ZONE)?)(?![\w(])|(?<other>[^])/y;

/** Undefined if the parentheses don't match. */
function tokenize(text: string): Token[] | undefined {
  const stack: Token[][] = [[]];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const {text: quoted, number, word, type, other} = match.groups!;
    const top = stack.at(-1)!;
    const last = top.at(-1);
    if (word === "(") stack.push([]);
    else if (word === ")") {
      if (stack.length < 2) return undefined;
      stack.pop();
      stack.at(-1)!.push({group: top});
    } else if (quoted?.includes("\n")) {
      top.push({word: "text"}); // The plan leaves out empty lines, so its text may be another.
    } else if (quoted !== undefined) {
      top.push({constant: {text: quoted.slice(1, -1).replaceAll("''", "'"), isText: true, type: ""}});
    } else if (number !== undefined) top.push({constant: {text: number, isText: false, type: ""}});
    else if (type !== undefined && last && "constant" in last && !last.constant.type)
      last.constant.type = type;
    else if (word !== undefined) top.push({word});
    else if (other !== undefined || type !== undefined) top.push({word: match[0]});
  }
  return stack.length === 1 ? stack[0] : undefined;
}

const wordOf = (token: Token | undefined) => (token && "word" in token ? token.word : undefined);

function condition(tokens: Token[], prefix: string): Filter | undefined {
  const [only] = tokens;
  if (tokens.length === 1 && only && "group" in only) return condition(only.group, prefix);
  const words = new Set(tokens.map(wordOf));
  // In these an AND means something else.
  if (["BETWEEN", "CASE", "WHEN", "OVER"].some((word) => words.has(word))) return undefined;
  if (words.has("AND") && words.has("OR")) return undefined;
  if (words.has("AND")) return list(tokens, "AND", prefix);
  if (words.has("OR")) return list(tokens, "OR", prefix);
  return simple(tokens, prefix);
}

/** Conditions with AND or OR between them; one alone is none of these. */
function list(tokens: Token[], word: "AND" | "OR", prefix: string): Filter | undefined {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (wordOf(token) === word) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  if (parts.length < 2) return undefined;
  const conditions = parts.map((part) => condition(part, prefix));
  return word === "AND" ? {and: conditions} : {or: conditions};
}

function simple(tokens: Token[], prefix: string): Filter | undefined {
  const name = wordOf(tokens[0]);
  const number = name?.startsWith(prefix) ? name.slice(prefix.length) : "";
  if (!/^\d+$/.test(number)) return undefined;
  const column = Number(number);
  const rest = tokens.slice(1);
  const words = rest.map(wordOf).join(" ");
  if (words === "IS NULL") return {column, isNull: true};
  if (words === "IS NOT NULL") return {column, isNull: false};
  const [operator, operand] = rest;
  if (rest.length !== 2 || !operand) return undefined;
  const op = wordOf(operator);
  if (op === "IN" && "group" in operand) return membership(column, operand.group);
  if (!["=", "<", "<=", ">", ">="].includes(op ?? "") || !("constant" in operand)) return undefined;
  return {column, op: op as Comparison, value: operand.constant};
}

function membership(column: number, items: Token[]): Filter | undefined {
  const isList = items.every((item, i) => (i % 2 ? wordOf(item) === "," : "constant" in item));
  if (!isList || !items.length) return undefined;
  const constants = items.flatMap((item) => ("constant" in item ? [item.constant] : []));
  return {or: constants.map((value) => ({column, op: "=", value}))};
}
