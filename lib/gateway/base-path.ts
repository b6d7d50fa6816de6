// The path below which everything is served, such as "/team/dashboard/".
import {baseProblem} from "../config/base-path.js";

/** Checks a base. Throws an Error with what is wrong, and one that is right. */
export function checkBase(base: string): string {
  const problem = baseProblem(base);
  if (problem !== undefined) throw new Error(`The base ${JSON.stringify(base)} ${problem}.`);
  return base;
}

/** A URL's path below the base, beginning with a slash, query included; undefined for what is elsewhere. */
export const belowBase = (base: string, url: string): string | undefined =>
  url.startsWith(base) ? url.slice(base.length - 1) : undefined;

/** Where the site begins, if a URL is the base without its last slash. */
export function baseItself(base: string, url: string): string | undefined {
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  return base !== "/" && `${path}/` === base ? base + (query < 0 ? "" : url.slice(query)) : undefined;
}
