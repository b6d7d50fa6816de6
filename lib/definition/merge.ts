// Merges new values into earlier ones.
import {isMap} from "./values.js";

type Values = Readonly<Record<string, unknown>>;

/** Maps are merged at every depth; anything else, a list too, is replaced whole. */
export const merge = (before: Values, after: Values): Values => ({
  ...before,
  ...Object.fromEntries(
    Object.entries(after).map(([name, value]) => {
      const old = Object.hasOwn(before, name) ? before[name] : undefined;
      return [name, isMap(old) && isMap(value) ? merge(old, value) : value];
    })
  )
});
