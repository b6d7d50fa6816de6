// Nested values as one row a leaf.

/** A leaf's place and value: `{a: {b: 1}}` has the leaf `["a.b", 1]`. */
export type Leaf = [path: string, value: unknown];

/**
 * Lists the leaves of nested objects, in order. Keys are joined by dots, and quoted where they have a dot themselves, so that no two
 * leaves share a path.
 * @param inLists whether the elements of lists are leaves too, by position; else a list is a leaf
 */
export function leaves(value: unknown, inLists: boolean, path: string[] = []): Leaf[] {
  if (typeof value === "object" && value !== null && (inLists || !Array.isArray(value))) {
    return Object.entries(value).flatMap(([key, child]) => leaves(child, inLists, [...path, key]));
  }
  return [[path.map((key) => (/^[^."]+$/.test(key) ? key : JSON.stringify(key))).join("."), value]];
}
