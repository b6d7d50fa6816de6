// Of many lines the few that are drawn in color.
import {palette} from "./palette.js";

/** Names in the order that people expect: "v2" before "v10". */
const natural = new Intl.Collator("en", {numeric: true});

/**
 * The names to highlight: those given that there are; by default all, or, if there are more than the palette has colors, the five with
 * the lowest error, or, where no error is known, the last five by name.
 */
export function highlighted(
  names: readonly string[],
  given: readonly string[] | undefined,
  errors: ReadonlyMap<string, number>
): string[] {
  if (given) return names.filter((name) => given.includes(name));
  if (names.length <= palette.length) return [...names];
  const few = palette.length - 1;
  const known = names.filter((name) => errors.has(name));
  const best = known.sort((a, b) => errors.get(a)! - errors.get(b)!).slice(0, few);
  const chosen = best.length ? best : [...names].sort((a, b) => natural.compare(a, b)).slice(-few);
  return names.filter((name) => chosen.includes(name));
}

/** The mean absolute error of each line, of those that have a value where the actual one is known. */
export function meanErrors(
  lines: ReadonlyMap<string, ReadonlyMap<number, number>>,
  actual: ReadonlyMap<number, number>
): Map<string, number> {
  const errors = new Map<string, number>();
  for (const [name, line] of lines) {
    let [sum, count] = [0, 0];
    for (const [time, value] of line) {
      const known = actual.get(time);
      if (known === undefined) continue;
      sum += Math.abs(value - known);
      count++;
    }
    if (count) errors.set(name, sum / count);
  }
  return errors;
}
