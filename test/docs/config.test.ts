// docs/configuration.md has every key that the config's schema knows.
import {expect, it} from "vitest";
import {z} from "zod";
import {configSchema} from "../../lib/config/schema.js";
import {pages} from "./pages.js";

/** The names of all properties of a JSON schema, however deep. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  return Object.entries(schema).flatMap(([name, value]) =>
    name === "properties"
      ? [...Object.keys(value as object), ...Object.values(value as object).flatMap(keysOf)]
      : keysOf(value)
  );
}

const keys = [...new Set(keysOf(z.toJSONSchema(configSchema, {unrepresentable: "any", io: "input"})))].sort();
const page = pages.get("docs/configuration.md")!;

it("finds keys at every depth", () => {
  expect(keys).toEqual(expect.arrayContaining(["app", "datasets", "dataset", "trustedProxies", "perViewer"]));
});

it.each(keys)("describes %s", (key) => {
  // In a span of code, by itself or within an example such as `{keep: 3}`.
  expect(new RegExp(`\`[^\`\\n]*\\b${key}\\b[^\`\\n]*\``).test(page)).toBe(true);
});
