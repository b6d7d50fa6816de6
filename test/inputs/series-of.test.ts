// The names that a picker offers, from whatever a page has.
import {tableFromArrays, vectorFromArray, Dictionary, Int32, Utf8} from "apache-arrow";
import {describe, expect, it} from "vitest";
import {noValue, seriesOf, type SeriesNames} from "../../lib/inputs/series-of.js";

const namesOf = (series: SeriesNames, column: string | undefined) => seriesOf(series, column).names;

describe("seriesOf", () => {
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

  it("encodes what describes each series in its first row, the values sorted as people do", () => {
    const rows = [
      {sku: "a", store: "Store 10", region: "North"},
      {sku: "b", store: "Store 9", region: null},
      {sku: "a", store: "Store 1", region: "South"},
      {sku: "c", store: "Store 10", region: ""}
    ];
    const expected = {
      names: ["a", "b", "c"],
      described: [
        {column: "store", values: ["Store 9", "Store 10"], codes: Uint32Array.of(1, 0, 1)},
        {column: "region", values: ["North"], codes: Uint32Array.of(0, noValue, noValue)}
      ]
    };
    expect(seriesOf(rows, "sku", ["store", "region"])).toEqual(expected);
    const table = tableFromArrays({
      sku: rows.map(({sku}) => sku),
      store: rows.map(({store}) => store),
      region: rows.map(({region}) => region)
    });
    expect(seriesOf(table, "sku", ["store", "region"])).toEqual(expected);
  });

  it("says which facet is missing", () => {
    expect(() => seriesOf([{sku: "x"}], "sku", ["store"])).toThrow('there is no column "store", but "sku"');
    expect(() => seriesOf(["x"], undefined, ["store"])).toThrow(
      'facets are columns, such as "store", and the series are a list of names: give an Arrow table or rows'
    );
  });
});
