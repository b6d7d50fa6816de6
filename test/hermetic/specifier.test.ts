// The names of a CDN's files, and the ones that are no package's.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {PackageError} from "../../lib/hermetic/package-error.js";
import {cachePath, formatSpecifier, parseSpecifier} from "../../lib/hermetic/specifier.js";

describe("parseSpecifier", () => {
  it("reads a package's main module", () =>
    expect(parseSpecifier("d3@7.9.2/+esm")).toEqual({name: "d3", version: "7.9.2", path: "", module: true}));

  it("reads a module in a scoped package", () =>
    expect(parseSpecifier("@a/b@1.0.0-rc.1/dir/c.js/+esm")).toEqual({
      name: "@a/b",
      version: "1.0.0-rc.1",
      path: "dir/c.js",
      module: true
    }));

  it("reads a plain file", () =>
    expect(parseSpecifier("@duckdb/duckdb-wasm@1.29.0/dist/duckdb-eh.wasm")).toEqual({
      name: "@duckdb/duckdb-wasm",
      version: "1.29.0",
      path: "dist/duckdb-eh.wasm",
      module: false
    }));

  it.each([
    "",
    "..",
    "../../etc/passwd",
    ".hidden@1",
    "@scope",
    "a b",
    "a@1/../../b",
    "a@1/b\\..\\c",
    "C:\\a"
  ])("refuses %j", (text) => expect(() => parseSpecifier(text)).toThrow(PackageError));

  it("never lets a path out of its package", () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const {name, path} = parseSpecifier(text);
          expect(`${name}/${path}`.split("/")).not.toContain("..");
        } catch (error) {
          expect(error).toBeInstanceOf(PackageError);
        }
      })
    ));

  it("is undone by formatSpecifier", () =>
    fc.assert(
      fc.property(
        fc.record({
          name: fc.stringMatching(/^(@[a-z]+\/)?[a-z][a-z0-9.-]*$/),
          version: fc.option(fc.stringMatching(/^\d+\.\d+\.\d+$/), {nil: undefined}),
          path: fc.stringMatching(/^([a-z]+(\/[a-z]+(\.js)?)*)?$/),
          module: fc.boolean()
        }),
        (specifier) => {
          expect(parseSpecifier(formatSpecifier(specifier))).toEqual(specifier);
        }
      )
    ));
});

describe("cachePath", () => {
  it.each([
    ["d3@7.9.2/+esm", "_npm/d3@7.9.2/_esm.js"],
    ["react-dom@19.0.0/client/+esm", "_npm/react-dom@19.0.0/client._esm.js"],
    ["a@1.0.0/b.js/+esm", "_npm/a@1.0.0/b.js._esm.js"],
    ["a@1.0.0/b.wasm", "_npm/a@1.0.0/b.wasm"]
  ])("of %s is Framework's", (text, path) => expect(cachePath(parseSpecifier(text))).toBe(path));
});
