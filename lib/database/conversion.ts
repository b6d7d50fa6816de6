// Types that Parquet has and its decoder doesn't give as DuckDB itself would: UUID, INTERVAL and TIME WITH TIME ZONE, in lists, structs
// and maps too. How they are made, in SQL, of what the decoder gives.
import {identifier} from "../tabular/quote.js";
import type {Footer, Span} from "./footer.js";
import type {List, Struct} from "./thrift.js";

/** Makes of what the decoder gives, as SQL, what it stands for. */
export type Conversion = (given: string) => string;

interface Node {
  element: Struct;
  children: Node[];
}

const number = (from: Struct | undefined, id: number): number | undefined => {
  const value = from?.get(id)?.value;
  return typeof value === "number" ? value : undefined;
};
const logical = (element: Struct): Struct | undefined => element.get(10)?.value as Struct | undefined;

/** Whether an entry of a schema says that it is an INTERVAL, of which the decoder reads other days and no months. */
export const isInterval = (element: Struct): boolean => number(element, 6) === 21;

const isUuid = (element: Struct) => logical(element)?.has(14) === true;
const hasZone = (element: Struct) =>
  (logical(element)?.get(7)?.value as Struct | undefined)?.get(1)?.value === true;
const isList = (element: Struct) => number(element, 6) === 3 || logical(element)?.has(3) === true;
const isMap = (element: Struct) =>
  [1, 2].includes(number(element, 6) ?? 0) || logical(element)?.has(2) === true;
const isRepeated = ({element}: Node) => number(element, 3) === 2;

/** How a column's values are converted; undefined where they needn't be. */
export function conversionOf({metadata}: Footer, {first}: Span): Conversion | undefined {
  const elements = (metadata.get(2)!.value as List).items as Struct[];
  let at = first;
  const take = (): Node => {
    const element = elements[at++]!;
    return {element, children: Array.from({length: number(element, 5) ?? 0}, take)};
  };
  return ofNode(take(), 0);
}

/** What isn't laid out as the format's specification says stays as it is: bytes, which are no wrong values. */
function ofNode(node: Node, depth: number): Conversion | undefined {
  const {element, children} = node;
  const [only] = children;
  if (isRepeated(node)) return undefined;
  if (!only) return ofLeaf(element);
  const item = `item${depth}`;
  if (isList(element)) {
    const [value] = only.children;
    const convert = isRepeated(only) && only.children.length === 1 && ofNode(value!, depth + 1);
    return convert ? (given) => `list_transform(${given}, ${item} -> ${convert(item)})` : undefined;
  }
  if (isMap(element)) {
    const entry = isRepeated(only) && ofFields(only.children, ["key", "value"], depth + 1);
    if (!entry) return undefined;
    return (given) =>
      unlessNull(given, `map_from_entries(list_transform(map_entries(${given}), ${item} -> ${entry(item)}))`);
  }
  const names = children.map(({element}) => new TextDecoder().decode(element.get(4)?.value as Uint8Array));
  const fields = ofFields(children, names, depth + 1);
  return fields && ((given) => unlessNull(given, fields(given)));
}

function ofFields(nodes: readonly Node[], names: readonly string[], depth: number): Conversion | undefined {
  const conversions = nodes.map((node) => ofNode(node, depth));
  if (conversions.every((convert) => !convert)) return undefined;
  return (given) => {
    const fields = names.map((name, i) => {
      const field = `${given}.${identifier(name)}`;
      return `${identifier(name)} := ${conversions[i]?.(field) ?? field}`;
    });
    return `struct_pack(${fields.join(", ")})`;
  };
}

function ofLeaf(element: Struct): Conversion | undefined {
  if (isUuid(element)) return (given) => `hex(${given})::UUID`;
  if (hasZone(element)) return (given) => `${given}::TIMETZ`;
  return isInterval(element) ? ofInterval : undefined;
}

/** Months, days and milliseconds, of four bytes each, the lowest first. */
function ofInterval(given: string): string {
  const digits = (byte: number) => `substr(hex(${given}), ${2 * byte + 1}, 2)`;
  const integer = (byte: number) =>
    `('0x' || ${[3, 2, 1, 0].map((i) => digits(byte + i)).join(" || ")})::BIGINT`;
  return `(to_months(${integer(0)}::INTEGER) + to_days(${integer(4)}::INTEGER) + to_milliseconds(${integer(8)}))`;
}

const unlessNull = (given: string, made: string) => `CASE WHEN ${given} IS NOT NULL THEN ${made} END`;
