import {describe, expect, it} from "vitest";
import {identifier, identifiers, literal} from "../../lib/tabular/quote.js";

describe("quoting", () => {
  it("doubles the quotes inside names and texts", () => {
    expect(identifier('we"ird')).toBe('"we""ird"');
    expect(literal("it's")).toBe("'it''s'");
    expect(identifiers(["a", 'b"'])).toBe('"a", "b"""');
  });

  it("refuses a NUL character, where DuckDB would end the statement", () => {
    expect(() => identifier("a\0b")).toThrow('"a\\u0000b" holds a NUL character');
    expect(() => literal("a\0b")).toThrow("NUL character");
  });
});
