// What columns without a name and names that repeat are called: by pandas's rules, as `read_csv` of pandas 3 gave them.
import {describe, expect, it} from "vitest";
import {columnNames} from "../../lib/tabular/column-names.js";

describe("columnNames", () => {
  it.each([
    ["a,,A,a,a_2", ["a", "Unnamed: 1", "A", "a.1", "a_2"]],
    ["zip,,zip,zip.1,", ["zip", "Unnamed: 1", "zip.2", "zip.1", "Unnamed: 4"]],
    ["a,a,a.1", ["a", "a.2", "a.1"]],
    ["a,a.1,a,a", ["a", "a.1", "a.2", "a.3"]],
    [",,Unnamed: 0", ["Unnamed: 0.1", "Unnamed: 1", "Unnamed: 0"]],
    ["Unnamed: 1,,x", ["Unnamed: 1", "Unnamed: 1.1", "x"]],
    ["x,x,x,x.1,x.1,x.2", ["x", "x.3", "x.4", "x.1", "x.1.1", "x.2"]]
  ])("of %j are the platform's", (header, names) => {
    expect(columnNames(header.split(",")).map(({onPlatform}) => onPlatform)).toEqual(names);
  });

  it("are ours too, but told apart where only the case differs, and without a NUL", () => {
    expect(columnNames(["Id", "id", "id", "n\0"]).map(({name}) => name)).toEqual([
      "Id",
      "id.2",
      "id.1",
      "n\ufffd"
    ]);
  });
});
