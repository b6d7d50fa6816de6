// Says what exists when something was asked for that doesn't.
import {nearestFirst} from "../../definition/name.js";

/** The names, nearest to the wanted one first, at most ten, as a sentence's end: `it has: a, b and 3 more`. */
export function listNearest(wanted: string, names: string[]): string {
  // What is wanted comes from a definition, and may be of any length.
  const near = nearestFirst(wanted.slice(0, 64), names);
  const shown = near.slice(0, 10).map((name) => `'${name.length > 60 ? `${name.slice(0, 59)}…` : name}'`);
  const more = near.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
