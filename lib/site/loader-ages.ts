// How old what a project's own loaders have made may become, by `loaders` of its observablehq.config.
import * as z from "zod";

const units = {second: 1, minute: 60, hour: 3_600, day: 86_400};
type Unit = keyof typeof units;

const maxAge = z.string().transform((text, context) => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) (second|minute|hour|day)s?$/.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * units[unit as Unit] * 1_000;
  context.addIssue(
    `is ${JSON.stringify(text)}; it should be a time such as "90 seconds", "6 hours" or "1 day"`
  );
  return z.NEVER;
});

const ages = z.record(z.string(), z.strictObject({maxAge}));

/**
 * Reads what a config says of loaders: `{"data/quakes.json": {maxAge: "1 hour"}, "data/*": {maxAge: "1 day"}}`. The result gives the
 * milliseconds for a file's path from the source root, by the first pattern that fits; undefined where none does.
 * @throws Error naming the entry and the fix
 */
export function loaderAges(config: {loaders?: unknown}): (path: string) => number | undefined {
  const {success, data = {}, error} = ages.safeParse(config.loaders ?? {});
  if (!success) {
    const [{path, message} = {path: [], message: ""}] = error.issues;
    const entry = path
      .map((key, index) => (index === 0 ? `[${JSON.stringify(key)}]` : `.${String(key)}`))
      .join("");
    throw new Error(`loaders${entry} of observablehq.config ${message}`);
  }
  const patterns = Object.entries(data).map(([pattern, {maxAge}]) => ({test: matcher(pattern), maxAge}));
  return (path) => patterns.find(({test}) => test.test(path))?.maxAge;
}

/** `*` is anything without a slash, `**` anything. */
const matcher = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split(/(\*\*|\*)/)
      .map((part) => ({"**": ".*", "*": "[^/]*"})[part] ?? part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"))
      .join("")}$`
  );
