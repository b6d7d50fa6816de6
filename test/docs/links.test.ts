// Every link of the README and of docs leads to a file that exists, and to a heading that is there; every page is in the navigation, and
// its sections in its contents.
import {describe, expect, it} from "vitest";
import {sections} from "../../docs/site/pages.js";
import {leadsSomewhere, linksOf, pages} from "./pages.js";

describe("links", () => {
  it.each([...pages.keys()])("of %s lead somewhere", (path) => {
    expect(linksOf(pages.get(path)!).filter((link) => !leadsSomewhere(path, link))).toEqual([]);
  });

  it("are found where there are some", () => {
    expect(linksOf("See [a](a.md#b), `[b](b.md)` and [c](https://example.com).")).toEqual(["a.md#b"]);
    expect(leadsSomewhere("docs/charts.md", "metrics.md#calibration")).toBe(true);
    expect(leadsSomewhere("docs/charts.md", "metrics.md#nothing-of-this-name")).toBe(false);
    expect(leadsSomewhere("docs/charts.md", "no-such-page.md")).toBe(false);
  });
});

it("a page says what it is about before its first section, which Framework would draw as a subtitle and leave out of the contents", () => {
  const written = [...pages].filter(([path]) => !path.startsWith("docs/api/"));
  expect(written.length).toBeGreaterThan(30);
  expect(written.flatMap(([path, text]) => (/^# .*\n\s*## /.test(text) ? [path] : []))).toEqual([]);
});

describe("the navigation", () => {
  const listed = sections.flatMap((section) => section.pages.map(({path}) => `docs${path}.md`));

  it("has only pages that exist, each once", () => {
    expect(listed.filter((path) => !pages.has(path))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("has every page, but for the first one and those that the API's page lists", () => {
    const others = [...pages.keys()].filter(
      (path) => path !== "README.md" && path !== "docs/index.md" && !path.startsWith("docs/api/")
    );
    expect(others.filter((path) => !listed.includes(path))).toEqual([]);
  });
});
