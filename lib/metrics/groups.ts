// Numbers the groups of rows as SQL's GROUP BY tells them apart, without making a text of each row's key.
import {column, rows, type Data} from "./column.js";
import {ascending} from "./order.js";

/** The groups of rows. */
export interface Groups {
  /** The group of each row, from 0 in the order in which groups first appear. */
  of: Int32Array;
  /** The first row of each group. */
  first: number[];
}

/** The groups of `length` rows by their values in these columns, within the groups `within` if given; one group without any. */
export function groupsOf(keys: readonly (readonly unknown[])[], length: number, within?: Groups): Groups {
  let groups = within ?? {of: new Int32Array(length), first: length ? [0] : []};
  for (const key of keys) {
    const coded = numbered(key, length);
    groups = groups.first.length > 1 ? combine(groups, coded.of) : coded;
  }
  return groups;
}

function combine({of, first}: Groups, coded: Int32Array): Groups {
  const codes = coded.reduce((most, code) => Math.max(most, code), 0) + 1;
  const numbers = numbering(first.length * codes, of.length);
  const result: Groups = {of: new Int32Array(of.length), first: []};
  for (let i = 0; i < of.length; ++i) {
    const number = numbers(of[i]! * codes + coded[i]!);
    if (number === result.first.length) result.first.push(i);
    result.of[i] = number;
  }
  return result;
}

/** A function that numbers the whole numbers below `limit` as they come: by an array if that isn't much larger than `length`. */
function numbering(limit: number, length: number): (key: number) => number {
  let next = 0;
  if (limit <= 8 * length) {
    const known = new Int32Array(limit).fill(-1);
    return (key) => (known[key]! >= 0 ? known[key]! : (known[key] = next++));
  }
  const known = new Map<number, number>();
  return (key) => {
    const number = known.get(key);
    if (number === undefined) known.set(key, next);
    return number ?? next++;
  };
}

/** Numbers the values of a column, with the same number for those that SQL's GROUP BY sees as one. */
function numbered(values: readonly unknown[], length: number): Groups {
  const groups: Groups = {of: new Int32Array(length), first: []};
  // Rows are mostly in the order of something: to look at the one before, and whether numbers only grow, is much faster than a map.
  const start = numberedWhileGrowing(values, length, groups);
  if (start === length) return groups;
  const plain = new Map<unknown, number>();
  const objects = new Map<unknown, number>();
  groups.first.forEach((i, number) => {
    const value = values[i];
    if (value instanceof Date) objects.set(value.getTime(), number);
    else plain.set(value, number);
  });
  let [before, number]: [unknown, number] = [undefined, -1];
  for (let i = start; i < length; ++i) {
    const value = values[i] ?? null;
    if (value !== before || number < 0) {
      const isObject = typeof value === "object" && value !== null;
      const key = isObject ? (value instanceof Date ? value.getTime() : JSON.stringify(value)) : value;
      const codes = isObject ? objects : plain;
      const known = codes.get(key);
      number = known ?? groups.first.push(i) - 1;
      if (known === undefined) codes.set(key, number);
      before = value;
    }
    groups.of[i] = number;
  }
  return groups;
}

/** Numbers the values as long as they are numbers, or times, none below the one before; returns how many these are. */
function numberedWhileGrowing(values: readonly unknown[], length: number, {of, first}: Groups): number {
  const areDates = values[0] instanceof Date;
  let last = NaN;
  for (let i = 0; i < length; ++i) {
    const value = values[i];
    if (areDates ? !(value instanceof Date) : typeof value !== "number") return i;
    const number = Number(value);
    if (!(i === 0 || number >= last) || isNaN(number)) return i;
    if (number !== last) first.push(i);
    last = number;
    of[i] = first.length - 1;
  }
  return length;
}

/** Orders keys as ORDER BY does, with null last. */
export function compareKeys(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length; ++i) {
    const order = ascending(a[i], b[i]);
    if (order) return order;
  }
  return 0;
}

/** The rows of each group, with the group's values of `by`, in ascending order of these, with null last. */
export function grouped(
  data: Data,
  by: readonly string[]
): {key: Record<string, unknown>; index: number[]}[] {
  const keys = by.map((name) => column(data, name));
  const groups = groupsOf(keys, keys[0]?.length ?? lengthOf(data));
  const index = groups.first.map((): number[] => []);
  groups.of.forEach((group, i) => index[group]!.push(i));
  return groups.first
    .map((first, group) => ({values: keys.map((key) => key[first] ?? null), index: index[group]!}))
    .sort((a, b) => compareKeys(a.values, b.values))
    .map(({values, index}) => ({key: Object.fromEntries(by.map((name, i) => [name, values[i]])), index}));
}

/** The number of rows. */
function lengthOf(data: Data): number {
  if (Array.isArray(data)) return data.length;
  if ("numRows" in data && typeof data.numRows === "number") return data.numRows;
  return Symbol.iterator in data
    ? rows(data).length
    : Math.max(0, ...Object.values(data).map((v) => v.length));
}
