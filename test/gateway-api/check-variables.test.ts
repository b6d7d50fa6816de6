// What a flow's variables may hold, as the form and the gateway both check it.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {checkVariables, variableFault, type Variable} from "../../lib/gateway-api/index.js";

const variables: Record<string, Variable> = {
  horizon: {type: "integer", min: 1, max: 52, default: 12},
  since: {type: "date", min: "2010-01-01"},
  note: {type: "text"}
};

describe("the values of a run", () => {
  it("are taken as given, with defaults where none is", () => {
    expect(checkVariables(variables, {since: "2012-02-29"})).toEqual({
      values: {horizon: 12, since: "2012-02-29"}
    });
    expect(checkVariables(variables, {horizon: null, note: ""})).toEqual({values: {horizon: 12, note: ""}});
  });

  it("are refused together, each with its reason", () => {
    expect(checkVariables(variables, {horizon: 0, since: "2009-12-31", weeks: 3})).toEqual({
      faults: {
        weeks: "is not a variable of this flow; it has horizon, since, note",
        horizon: "should be at least 1",
        since: "should be on or after 2010-01-01"
      }
    });
  });

  it("hold no names of Object's own", () => {
    const given = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 1, "toString": 2}') as Record<
      string,
      unknown
    >;
    const {faults} = checkVariables(variables, given);
    expect(Object.keys(faults!)).toEqual(["__proto__", "constructor", "toString"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("are refused or stay as they were, whatever is given", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (given, horizon) => {
        const {values, faults} = checkVariables(variables, {...given, horizon});
        expect(values === undefined).not.toBe(faults === undefined);
        if (values) for (const name of Object.keys(values)) expect(Object.keys(variables)).toContain(name);
      })
    );
  });
});

describe("a value", () => {
  it.each<[Variable, unknown, string | undefined]>([
    [{type: "integer"}, 1.5, "should be a whole number"],
    [{type: "integer"}, "1", "should be a whole number"],
    [{type: "integer"}, 2 ** 53, "should be a whole number"],
    [{type: "integer", max: 3}, 4, "should be at most 3"],
    [{type: "number"}, Infinity, "should be a number"],
    [{type: "number", min: 0}, -0.5, "should be at least 0"],
    [{type: "text", pattern: "[A-Z]{3}"}, "ABCD", "should match [A-Z]{3}"],
    [{type: "text", pattern: "[A-Z]{3}"}, "ABC", undefined],
    [{type: "text"}, "x".repeat(4001), "is longer than 4,000 characters"],
    [{type: "text"}, 1, "should be text"],
    [{type: "boolean"}, "true", "should be true or false"],
    [{type: "date"}, "2026-02-30", "should be a day, written YYYY-MM-DD"],
    [{type: "date"}, "2026-2-3", "should be a day, written YYYY-MM-DD"],
    [{type: "date", max: "2026-01-01"}, "2026-01-02", "should be on or before 2026-01-01"],
    [{type: "choice", options: ["a", "b"]}, "c", "should be one of a, b"],
    [{type: "choice", options: ["a"]}, ["a"], "should be one of a"],
    [{type: "integer", required: true}, undefined, "is needed"],
    [{type: "integer"}, undefined, undefined]
  ])("%j: %j", (variable, value, fault) => expect(variableFault(variable, value)).toBe(fault));
});
