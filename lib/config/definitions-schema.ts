// Where pages may save flows that they built, and who are allowed to do so.
import {z} from "zod";
import type {CheckedDefinitions} from "./checked-config.js";
import type {Config, DefinitionsEntry} from "./config.js";
import {name, strict} from "./strict.js";

const count = (most: number, what: string) =>
  z.int().min(1, "should be 1 or more").max(most, `should be ${most} ${what} at most`);

const entry = strict({
  app: name.optional(),
  users: z.array(name).min(1, "is empty: nobody could save; leave it out to let everybody").optional(),
  keep: count(3650, "days").optional(),
  most: count(500, "flows").optional(),
  overwrite: z.array(name).optional()
});

/** Days for which a saved flow is kept. */
export const defaultKeep = 30;

/** What the config says: one entry, or several; a name alone is an app that is open to everybody. */
export const definitions = z.union([z.literal(true), entry, z.array(z.union([name, entry]))], {
  error:
    "should be true, the names of apps, or one or more objects that have no keys but app, users, keep, most and overwrite"
});

/** An app has one entry, or it wouldn't be clear whom it is open to. */
export function checkDefinitions(config: Config, context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [i, {app}] of checkedDefinitions(config).entries()) {
    if (seen.has(app)) {
      const message = `names the app "${app}" twice; write one entry for it`;
      context.addIssue({code: "custom", path: ["allowDefinitions", i], message});
    }
    seen.add(app);
  }
}

/** The entries with their defaults. */
export function checkedDefinitions({
  app,
  allowDefinitions: given = []
}: Pick<Config, "app" | "allowDefinitions">): CheckedDefinitions[] {
  const entries: (string | DefinitionsEntry)[] =
    given === true ? [{}] : Array.isArray(given) ? given : [given];
  return entries.map((one) => ({
    app,
    keep: defaultKeep,
    most: 20,
    overwrite: [],
    ...(typeof one === "string" ? {app: one} : one)
  }));
}
