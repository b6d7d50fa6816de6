// A catalog: things found by name in any casing, as properties. `facetTypes.MID.COUNT`, `.Count` and `["count"]` are one.
import {listed, nameKey, nearestName} from "../names/index.js";
import {ValidationError} from "../wire/validation-error.js";

interface Contents {
  /** What its entries are, for errors and for a debugger: `MID facet type`. */
  of: string;
  entries: ReadonlyMap<string, object>;
  /** The names of the entries that it shows as its keys; the others are still found. */
  shown: readonly string[];
  /** What else it has, such as `help`. */
  members: object;
  /** More to say to one who asks for a name that isn't there. */
  hint?: (name: string) => string | undefined;
}

/**
 * Names that aren't meant for us: `await`, `JSON.stringify`, Observable's runtime (which looks for generators), test
 * runners and inspectors look whether an object has them, and must find that it hasn't rather than an error.
 */
const isProbe = (name: string) =>
  /^(then|next|toJSON|asymmetricMatch|nodeType|tagName|inspect|length|[^\p{L}\p{N}].*)$/u.test(name);

/** A name that it doesn't have throws `ValidationError` with the nearest. */
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
  const mend = hint ?? (nearest === undefined ? undefined : `did you mean ${nearest}?`);
  if (mend) return `There is no ${of} ${JSON.stringify(name)}: ${mend}`;
  const all = names.length > 0 ? `There are ${listed(names)}.` : "There are none.";
  return `There is no ${of} ${JSON.stringify(name)}. ${all}`;
}
