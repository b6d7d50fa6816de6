// The path below which everything is served, such as "/team/dashboard/".

/** Of Framework's own links and the API's paths none needs escaping; a base that did would be another in every place. */
const segment = /^[A-Za-z0-9._~-]+$/;

/** Checks a base. Throws an Error with one that is right, or with what a base may hold. */
export function checkBase(base: string): string {
  const parts = base.split("/").filter(Boolean);
  const right = `/${parts.map((part) => `${part}/`).join("")}`;
  if (!parts.every((part) => segment.test(part) && !/^\.+$/.test(part))) {
    throw new Error(
      `The base ${JSON.stringify(base)} can't be a path of the site: between slashes it may have letters, digits and . _ ~ -`
    );
  }
  if (base !== right)
    throw new Error(`The base ${JSON.stringify(base)} should be written ${JSON.stringify(right)}.`);
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
