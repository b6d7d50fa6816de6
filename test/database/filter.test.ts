// Conditions of DuckDB's plans: what is read of them, and what restricts nothing because it isn't certain.
import {describe, expect, it} from "vitest";
import {parseFilter} from "../../lib/database/filter.js";

const read = (text: string) => parseFilter(text, "t1_c");
const number = (text: string) => ({text, isText: false, type: ""});
const text = (text: string, type = "") => ({text, isText: true, type});

describe("parseFilter", () => {
  it("reads what is pushed into a scan", () => {
    expect(read("t1_c0>=-3 AND t1_c0 IS NOT NULL")).toEqual({
      and: [
        {column: 0, op: ">=", value: number("-3")},
        {column: 0, isNull: false}
      ]
    });
    expect(read("t1_c2<'2015-01-01 00:00:00'::TIMESTAMP WITH TIME ZONE")).toEqual({
      column: 2,
      op: "<",
      value: text("2015-01-01 00:00:00", "TIMESTAMP WITH TIME ZONE")
    });
  });

  it("reads lists, alternatives and nested conditions", () => {
    const one = (value: string) => ({column: 1, op: "=", value: text(value)});
    expect(read("(t1_c1 IN ('a', 'it''s, (b) AND c'))")).toEqual({or: [one("a"), one("it's, (b) AND c")]});
    expect(read("((t1_c1 = 'a') OR ((t1_c0 IS NULL) AND (t1_c1 = 'b')))")).toEqual({
      or: [one("a"), {and: [{column: 0, isNull: true}, one("b")]}]
    });
  });

  it("keeps what is certain beside what isn't, where both must hold", () => {
    expect(read("(IN (...) AND (t1_c0 = 1) AND prefix(t1_c1, 'ab'))")).toEqual({
      and: [undefined, {column: 0, op: "=", value: number("1")}, undefined]
    });
    expect(read("((t1_c0 = 1) OR prefix(t1_c1, 'ab'))")).toEqual({
      or: [{column: 0, op: "=", value: number("1")}, undefined]
    });
  });

  it.each([
    "(NOT (t1_c0 = 1))",
    "(t1_c0 NOT IN (1, 2))",
    "(t1_c0 != 1)",
    "(t1_c0 BETWEEN 1 AND 2)",
    "(t1_c0 = t1_c1)",
    "(t1_c0 = (1 + 2))",
    "(CAST(t1_c0 AS DOUBLE) = 1.5)",
    "(t2_c0 = 1)",
    "(a = 1)",
    "(t1_c0 = 'x'::ENUM('x', 'y'))",
    "(t1_c0 = 1.5::DECIMAL(3,1))",
    "CASE  WHEN ((t1_c0 = 1)) THEN (true) ELSE false END",
    "(t1_c0 = 1",
    "t1_c0 = 1)",
    "(t1_c0 IS DISTINCT FROM 1)",
    "(t1_c0 = 1) AND (t1_c1 = 2) OR (t1_c0 = 3)",
    "(t1_c0 IN (1, t1_c1))",
    "(t1_c0 = 'a\nb')",
    "(t1_c0 IN ('a', 'a\nb'))"
  ])("reads nothing of %s", (condition) => {
    expect(read(condition)).toBeUndefined();
  });
});
