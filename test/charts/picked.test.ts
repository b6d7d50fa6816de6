// Columns of rows that are read at once are those that are read one by one.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {column, picked} from "../../lib/metrics/column.js";
import {dataOf} from "../../lib/charts/values.js";

const names = ["time", "actual", "constructor", "__proto__", "0"];
const rowOf = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.double(), fc.string(), fc.constant(null)));

/** The values, or the message of the error. */
function read(data: object[] | Record<string, unknown[]>, name: string): unknown {
  try {
    return column(data, name);
  } catch (error) {
    return (error as Error).message;
  }
}

describe("columns that are read at once", () => {
  it("have the values, and the errors, that each has when it is read alone", () => {
    fc.assert(
      fc.property(fc.array(rowOf), fc.subarray(names), (rows, asked) => {
        const part = picked(rows, asked) as object[];
        for (const name of asked) expect(read(part, name)).toEqual(read(rows, name));
      })
    );
  });

  it("are columns, of which a missing one is an error that names those of the rows", () => {
    const rows = [{month: "2024-01", actual: 1, other: 5}, {month: "2024-02"}];
    expect(picked(rows, ["month", "actual"])).toEqual({
      month: ["2024-01", "2024-02"],
      actual: [1, undefined]
    });
    expect(() => column(picked(rows, ["month", "sales"]), "sales")).toThrow(
      'There is no column "sales". There are: month, actual, other.'
    );
  });

  it("are the rows themselves if a function reads them, and any other data as it is", () => {
    const rows = [{month: "2024-01", actual: 1}];
    expect(dataOf(rows, ["month", (row) => row.actual])).toBe(rows);
    expect(dataOf(rows, ["month", 0.9, undefined])).toEqual({month: ["2024-01"]});
    const columns = {month: ["2024-01"], actual: [1]};
    expect(dataOf(columns, ["month"])).toBe(columns);
  });
});
