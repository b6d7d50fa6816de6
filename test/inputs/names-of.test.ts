// The names that a picker offers, from whatever a page has.
import {tableFromArrays, vectorFromArray, Dictionary, Int32, Utf8} from "apache-arrow";
import {describe, expect, it} from "vitest";
import {namesOf} from "../../lib/inputs/names-of.js";

describe("namesOf", () => {
  it("takes lists, columns, tables and rows, each name once", () => {
    expect(namesOf(["b", "a", "b", null, "", undefined, 7, 8n], undefined)).toEqual(["b", "a", "7", "8"]);
    const column = vectorFromArray(["x", "y", "x", null], new Dictionary(new Utf8(), new Int32()));
    expect(namesOf(column, undefined)).toEqual(["x", "y"]);
    expect(namesOf(tableFromArrays({sku: ["x", "y"]}), undefined)).toEqual(["x", "y"]);
    expect(namesOf(tableFromArrays({error: [1, 2], sku: ["x", "y"]}), "sku")).toEqual(["x", "y"]);
    expect(namesOf([{sku: "x"}, {sku: "y"}], undefined)).toEqual(["x", "y"]);
    expect(
      namesOf(
        [
          {sku: "x", n: 1},
          {sku: null, n: 2}
        ],
        "sku"
      )
    ).toEqual(["x"]);
    expect(namesOf([], undefined)).toEqual([]);
  });

  it("says what is missing", () => {
    const table = tableFromArrays({error: [1, 2], sku: ["x", "y"]});
    expect(() => namesOf(table, undefined)).toThrow(
      'seriesPicker: say which column has the names, such as {column: "error"}; there are "error", "sku"'
    );
    expect(() => namesOf(table, "skus")).toThrow(
      'seriesPicker: there is no column "skus", but "error", "sku"'
    );
    expect(() => namesOf([{a: 1}], "b")).toThrow('there is no column "b", but "a"');
    expect(() => namesOf([["x"]], "0")).not.toThrow();
    expect(() => namesOf(Promise.resolve([]) as never, undefined)).toThrow(
      "If they are a promise, await it first"
    );
    expect(() => namesOf([{a: {b: 1}}], "a")).toThrow('a name is {"b":1}: give texts');
  });
});
