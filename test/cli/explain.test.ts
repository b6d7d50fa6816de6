// Errors as the user reads them.
import {afterEach, describe, expect, it, vi} from "vitest";
import {explain} from "../../lib/cli/explain.js";

afterEach(() => vi.unstubAllEnvs());

describe("explain", () => {
  it("gives the message, without the stack", () => {
    expect(explain(new Error("There is no app."))).toBe("ikigai-kit: There is no app.\n");
  });

  it("says how to install a package that isn't there", () => {
    const error = Object.assign(new Error("Cannot find package 'apache-arrow' imported from /x/y.js"), {
      code: "ERR_MODULE_NOT_FOUND"
    });
    expect(explain(error)).toBe(
      "ikigai-kit: Cannot find package 'apache-arrow' imported from /x/y.js\n" +
        "  install it: npm install apache-arrow, or yarn add apache-arrow\n"
    );
  });

  it.each([
    ["ikigai-kit", "ikigai-kit"],
    ["ikigai-kit/charts", "ikigai-kit"],
    ["@scope/one/part", "@scope/one"]
  ])("says how to install %s, which a file of the project imports", (path, name) => {
    expect(explain(new Error(`ikigai.config.ts:1:28: Could not resolve "${path}"`))).toMatch(
      `\n  install the project's packages first: npm install. If package.json doesn't name ${name}, add it there\n`
    );
  });

  it.each(["./other.js", "../other.js", "/x/other.js"])("has nothing to install for %s", (path) => {
    expect(explain(new Error(`ikigai.config.ts:1:28: Could not resolve "${path}"`))).not.toMatch("install");
  });

  it("gives what caused it below", () => {
    const refused = new Error("connect ECONNREFUSED");
    const network = new Error("The platform can't be reached", {cause: refused});
    expect(explain(new Error("datasets.sales can't be pulled", {cause: network}))).toBe(
      "ikigai-kit: datasets.sales can't be pulled\n" +
        "  because: The platform can't be reached\n" +
        "  because: connect ECONNREFUSED\n"
    );
  });

  it("doesn't repeat a cause that the message tells already", () => {
    const cause = new Error("the disk is full");
    expect(explain(new Error("datasets.sales: the disk is full", {cause}))).toBe(
      "ikigai-kit: datasets.sales: the disk is full\n"
    );
  });

  it("doesn't repeat what a disk has refused in Node's words", () => {
    const cause = Object.assign(new Error("EISDIR: illegal operation on a directory, read"), {
      code: "EISDIR"
    });
    expect(explain(new Error("Can't read /x: /x is a folder (EISDIR)", {cause}))).toBe(
      "ikigai-kit: Can't read /x: /x is a folder (EISDIR)\n"
    );
  });

  it("ends even where causes go in a circle", () => {
    const a = new Error("a");
    const b = new Error("b", {cause: a});
    a.cause = b;
    expect(explain(new Error("x", {cause: a}))).toBe(
      "ikigai-kit: x\n  because: a\n  because: b\n  because: a\n"
    );
  });

  it("says what was thrown though it is no error", () => {
    expect(explain("out of luck")).toBe("ikigai-kit: out of luck\n");
    expect(explain(undefined)).toBe("ikigai-kit: undefined\n");
  });

  it("gives the stack when IKIGAI_KIT_DEBUG=1 asks for it", () => {
    vi.stubEnv("IKIGAI_KIT_DEBUG", "1");
    expect(explain(new Error("There is no app."))).toMatch(
      /^ikigai-kit: Error: There is no app\.\n +at .*explain\.test\.ts/
    );
  });
});
