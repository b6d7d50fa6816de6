// Groups rows by up to two columns, fast enough for a million of them.
import {byName} from "../../names/by-name.js";

/** The rows of one group: its keys, and where its rows stand in `order`. */
export interface Group<A, B> {
  first: A;
  second: B;
  start: number;
  end: number;
}

export interface Groups<A, B> {
  /** The numbers of the rows, those of a group beside each other and in their order. */
  order: Uint32Array;
  /** In ascending order of the keys. */
  groups: Group<A, B>[];
}

/** A number for each value, in ascending order of the values. */
function codesOf<T extends string | number>(values: T[]): {codes: Uint32Array; keys: T[]} {
  const found = new Map<T, number>();
  const codes = new Uint32Array(values.length);
  for (let i = 0; i < values.length; ++i) {
    let code = found.get(values[i]!);
    if (code === undefined) found.set(values[i]!, (code = found.size));
    codes[i] = code;
  }
  const keys = [...found.keys()].sort(inOrder);
  const rank = new Uint32Array(keys.length);
  for (const [i, key] of keys.entries()) rank[found.get(key)!] = i;
  for (let i = 0; i < codes.length; ++i) codes[i] = rank[codes[i]!]!;
  return {codes, keys};
}

const inOrder = (a: string | number, b: string | number): number =>
  typeof a === "string" ? byName(a, String(b)) : a - Number(b);

/** Sorts rows by their code, without comparing them, and keeps the order of equal ones. */
function sortedBy(codes: Uint32Array, size: number, rows?: Uint32Array): Uint32Array {
  const next = new Uint32Array(size + 1);
  for (const code of codes) ++next[code + 1]!;
  for (let i = 0; i < size; ++i) next[i + 1]! += next[i]!;
  const order = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; ++i) {
    const row = rows ? rows[i]! : i;
    order[next[codes[row]!]!++] = row;
  }
  return order;
}

/** The groups of rows with the same two keys; both have one value for each row. */
export function groupRows<A extends string | number, B extends string | number>(
  first: A[],
  second: B[]
): Groups<A, B> {
  const [a, b] = [codesOf(first), codesOf(second)];
  const order = sortedBy(a.codes, a.keys.length, sortedBy(b.codes, b.keys.length));
  const groups: Group<A, B>[] = [];
  for (let start = 0, end; start < order.length; start = end) {
    const row = order[start]!;
    const [codeA, codeB] = [a.codes[row], b.codes[row]];
    end = start + 1;
    while (end < order.length && a.codes[order[end]!] === codeA && b.codes[order[end]!] === codeB) ++end;
    groups.push({first: first[row]!, second: second[row]!, start, end});
  }
  return {order, groups};
}
