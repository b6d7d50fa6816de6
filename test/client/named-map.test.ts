// Items by name: found, not found, and not to be told apart.
import {inspect} from "node:util";
import {describe, expect, it} from "vitest";
import {AmbiguousNameError, NamedMap, NotFoundError} from "../../lib/client/index.js";

const items = [
  ["1", {name: "Demand forecast", modifiedAt: new Date(0)}],
  ["2", {name: "Demand history"}],
  ["3", {name: "Sales", modifiedAt: new Date(0)}],
  ["4", {name: "Sales", directory: {directoryId: "d", name: "Old"}, createdAt: new Date(1000)}],
  ["5", {name: "Sales", parentId: "p"}]
] as const;
const map = new NamedMap<{name: string}>(items, 'dataset of app "Demand"');

describe("a named map", () => {
  it("gives items by name and by id", () => {
    expect(map.get("Demand history")).toBe(items[1][1]);
    expect(map.byId("4")).toBe(items[3][1]);
    expect(map.has("Sales")).toBe(true);
    expect(map.has("sales")).toBe(false);
  });

  it("can be walked in the platform's order", () => {
    expect(map.size).toBe(5);
    expect([...map]).toEqual([...map.values()]);
    expect(map.names()).toEqual(["Demand forecast", "Demand history", "Sales", "Sales", "Sales"]);
    expect([...map.ids()]).toEqual(["1", "2", "3", "4", "5"]);
    expect([...map.entries()]).toEqual(items);
  });

  it("prints and serializes as its items", () => {
    const small = new NamedMap([["1", {name: "Sales"}]], "dataset");
    expect(inspect(small)).toBe("[ { name: 'Sales' } ]");
    expect(JSON.stringify(small)).toBe('[{"name":"Sales"}]');
  });

  it("says which names are most like one that isn't there", () => {
    expect(() => map.get("demand forcast")).toThrow(NotFoundError);
    expect(() => map.get("demand forcast")).toThrow(
      'there is no dataset of app "Demand" called "demand forcast": there are "Demand forecast", "Demand history", "Sales"'
    );
    expect(() => map.byId("6")).toThrow('there is no dataset of app "Demand" with the id "6"');
    expect(() => new NamedMap([], "model").get("x")).toThrow('no model called "x": there are none');
  });

  it("shows no more names than help", () => {
    const many = Array.from({length: 60}, (_, i) => [String(i), {name: `Item ${i}`}] as const);
    expect(() => new NamedMap(many, "model").get("Item 600")).toThrow(
      /: there are "Item 0", .* and 55 more$/
    );
  });

  it("refuses a name that several have, and says how they differ", () => {
    expect(() => map.get("Sales")).toThrow(AmbiguousNameError);
    expect(() => map.get("Sales")).toThrow(
      'there is more than one dataset of app "Demand" called "Sales": get it with byId, by one of ' +
        '"3" (at the top level, modified 1970-01-01T00:00:00.000Z), ' +
        '"4" (in directory "Old", created 1970-01-01T00:00:01.000Z), "5" (in directory "p")'
    );
  });
});
