// What `loaders` of observablehq.config may say.
import {expect, it} from "vitest";
import {loaderAges} from "../../lib/site/loader-ages.js";

const hour = 3_600_000;

it("takes the first pattern that fits", () => {
  const age = loaderAges({
    loaders: {
      "data/quakes.json": {maxAge: "1 hour"},
      "data/*": {maxAge: "1.5 days"},
      "**/*.zip": {maxAge: "90 seconds"}
    }
  });
  expect(age("data/quakes.json")).toBe(hour);
  expect(age("data/other.json")).toBe(36 * hour);
  expect(age("data/deep/other.json")).toBeUndefined();
  expect(age("data/deep/a.zip")).toBe(90_000);
});

it("takes other signs of a pattern as they are", () => {
  const age = loaderAges({loaders: {"data/[a].csv": {maxAge: "5 minutes"}, "a+b(c).csv": {maxAge: "1 day"}}});
  expect(age("data/[a].csv")).toBe(300_000);
  expect(age("data/a.csv")).toBeUndefined();
  expect(age("a+b(c).csv")).toBe(24 * hour);
  expect(age("aab(c)xcsv")).toBeUndefined();
});

it("says nothing where the config doesn't", () => {
  expect(loaderAges({})("data/a.csv")).toBeUndefined();
});

it.each([
  [{"a.csv": {maxAge: "soon"}}, 'loaders["a.csv"].maxAge of observablehq.config is "soon"'],
  [{"a.csv": {maxAge: 5}}, 'loaders["a.csv"].maxAge of observablehq.config'],
  [{"a.csv": {age: "1 day"}}, 'loaders["a.csv"].maxAge of observablehq.config']
])("names the entry that is wrong: %j", (loaders, message) => {
  expect(() => loaderAges({loaders})).toThrow(message);
});
