// What a printed Python value is made of, and what of it another one lacks.

/** A scalar's kind, a record (a call's keywords; a dictionary has no name), or a list. */
export type Shape = string | {name: string; fields: Record<string, Shape>} | {items: Shape[]};

/**
 * Where `actual` lacks what `expected` shows, each as its path; having more is fine. A list's items are compared one by
 * one, and where `actual` has fewer, with its last one.
 * @param freeKeys fields whose keys are data (column names): only their first values are compared
 */
export function missing(
  expected: Shape,
  actual: Shape | undefined,
  freeKeys: string[] = [],
  path = ""
): string[] {
  if (actual === undefined) return [path];
  if (typeof expected === "string") return expected === actual ? [] : [path];
  if (typeof actual === "string") return [path];
  if ("items" in expected) {
    if (!("items" in actual)) return [path];
    return expected.items.flatMap((item, i) =>
      missing(item, actual.items[Math.min(i, actual.items.length - 1)], freeKeys, path)
    );
  }
  if ("items" in actual || expected.name !== actual.name) return [path || expected.name];
  const place = expected.name || path;
  return Object.entries(expected.fields).flatMap(([key, field]) => {
    const inner = place ? `${place}.${key}` : key;
    const other = actual.fields[key];
    if (!freeKeys.includes(key) || typeof field !== "object" || !("fields" in field)) {
      return missing(field, other, freeKeys, inner);
    }
    const [first] = Object.values(field.fields);
    const known = typeof other === "object" && "fields" in other ? Object.values(other.fields)[0] : undefined;
    return first === undefined ? [] : missing(first, known, freeKeys, `${inner}.*`);
  });
}
