// Statements with values: what is bound, as what type, and where a question mark is none.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {mentions, positional, statement} from "../../lib/database/statement.js";

/** The statement of a template literal. */
const sql = (strings: TemplateStringsArray, ...values: unknown[]) => statement(strings, values);

describe("statement", () => {
  it("keeps values apart from the text, and gives each its type", () => {
    expect(
      sql`SELECT ${"it's"}, ${1}, ${0.5}, ${true}, ${undefined}, ${10n}, ${NaN}, ${new Date(0)}`
    ).toEqual({
      text: "SELECT ?, CAST(? AS BIGINT), ?, ?, ?, CAST(? AS HUGEINT), CAST(? AS DOUBLE), CAST(? AS TIMESTAMP)",
      params: ["it's", 1, 0.5, true, null, "10", "NaN", "1970-01-01T00:00:00.000Z"]
    });
  });

  it("writes a list as IN wants it, also an empty one", () => {
    expect(sql`a IN ${["x", "y"]}`).toEqual({text: "a IN (?, ?)", params: ["x", "y"]});
    expect(sql`a IN ${[]}`).toEqual({text: "a IN (SELECT NULL WHERE false)", params: []});
  });

  it("takes the text alone, as in sql([text])", () => {
    expect(statement(["SELECT 1 WHERE 'a?' = ''"], [])).toEqual({
      text: "SELECT 1 WHERE 'a?' = ''",
      params: []
    });
  });

  it("refuses what SQL has no value for", () => {
    expect(() => sql`SELECT ${{a: 1}}`).toThrow(
      "A value of the statement is [object Object]: SQL takes numbers"
    );
    expect(() => sql`SELECT ${new Date("soon")}`).toThrow("invalid date");
    expect(() => sql`SELECT ${["a\ud800"]}`).toThrow(
      String.raw`A value of the statement isn't text: "a\ud800" has half of a surrogate pair`
    );
  });

  it("binds every string as it is", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (values) => {
        expect(statement(["", ...values.map(() => "")], values).params).toEqual(values);
      })
    );
  });
});

describe("positional", () => {
  it("finds the placeholders that are outside of strings, names and comments", () => {
    const text = `SELECT '?', 'it''s ?', "a?", ? -- really?\n, /* ? */ $$?$$, $t$ ? $t$, ?`;
    expect(positional(text, ["x", "y"])).toEqual({text, params: ["x", "y"]});
  });

  it("refuses a wrong number of values", () => {
    expect(() => positional("SELECT ?", [])).toThrow(
      "The statement has 1 placeholder (?) and got 0 values: SELECT ?"
    );
    expect(() => positional("SELECT $1", [1, 2])).toThrow("0 placeholders (?) and got 2 values");
  });
});

describe("names", () => {
  it("are mentioned as words, in whatever case", () => {
    expect(mentions("SELECT * FROM Forecast f", "forecast")).toBe(true);
    expect(mentions('FROM "forecast"', "forecast")).toBe(true);
    expect(mentions("FROM forecasts JOIN old_forecast", "forecast")).toBe(false);
    expect(mentions("FROM forecasts, forecast", "forecast")).toBe(true);
    expect(mentions('FROM "a b"', "a b")).toBe(true);
    expect(mentions("FROM naïve", "na")).toBe(false);
  });
});
