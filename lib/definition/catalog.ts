// A catalog: an object whose properties are found by name in any casing. `facetTypes.MID.COUNT`, `.Count` and `["count"]` are the same.
import {listed, nameKey, nearestName} from "../names/index.js";
import {ValidationError} from "../wire/validation-error.js";

interface Contents {
  /** What its entries are, for errors and for a debugger: `MID facet type`. */
  of: string;
  entries: ReadonlyMap<string, object>;
  /** The names of the entries that are listed as its keys; the others are still found. */
  shown: readonly string[];
  /** Its other properties, such as `help`. */
  members: object;
  /** A hint for the error on an unknown name. */
  hint?: (name: string) => string | undefined;
}

/**
 * Names that no facet or model has: `await`, `JSON.stringify`, Observable's runtime (which looks for generators), test
 * runners and inspectors check whether an object has them, and must get undefined rather than an error.
 */
const isProbe = (name: string) =>
  /^(then|next|toJSON|asymmetricMatch|nodeType|tagName|inspect|length|[^\p{L}\p{N}].*)$/u.test(name);

/** Makes a catalog. An unknown name throws `ValidationError` with the nearest known name. */
export function catalog({of, entries, shown, members, hint}: Contents): object {
  const byKey = new Map(Array.from(entries, ([name, entry]) => [nameKey(name), entry]));
  const target = Object.fromEntries(shown.map((name) => [name, entries.get(name)]));
  for (const [name, value] of Object.entries(members)) Object.defineProperty(target, name, {value});
  Object.defineProperty(target, Symbol.toStringTag, {value: of});
  Object.freeze(target);
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === "symbol" || name in target) return Reflect.get(target, name) as unknown;
      const entry = byKey.get(nameKey(name));
      if (entry || isProbe(name)) return entry;
      throw new ValidationError([unknownName(of, name, shown, hint?.(name))]);
    },
    has: (_, name) => (typeof name === "string" && byKey.has(nameKey(name))) || name in target
  });
}

function unknownName(of: string, name: string, names: readonly string[], hint?: string): string {
  const nearest = nearestName(name, names);
  const suggestion = hint ?? (nearest === undefined ? undefined : `did you mean ${nearest}?`);
  if (suggestion) return `There is no ${of} ${JSON.stringify(name)}: ${suggestion}`;
  const all = names.length > 0 ? `There are ${listed(names)}.` : "There are none.";
  return `There is no ${of} ${JSON.stringify(name)}. ${all}`;
}
