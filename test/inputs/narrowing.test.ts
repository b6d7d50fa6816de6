// Which series choices leave, and what each other choice would: the same as looking at each series.
import fc from "fast-check";
import {expect, it} from "vitest";
import {all, Narrowing} from "../../lib/inputs/narrowing.js";
import {seriesOf} from "../../lib/inputs/series-of.js";

const columns = ["a", "b", "c"] as const;
const value = fc.option(fc.constantFrom("x", "y", "z"), {nil: null});
const tables = fc
  .array(fc.record({a: value, b: value, c: value}), {minLength: 1, maxLength: 12})
  .map((rows) => rows.map((row, i) => ({series: `s${i}`, ...row})));
const choices = fc.array(
  fc.record({column: fc.constantFrom(0, 1, 2), value: fc.integer({min: -1, max: 2})}),
  {
    maxLength: 6
  }
);

it("leaves what every choice leaves, never nothing, and counts what another choice would leave", () => {
  fc.assert(
    fc.property(tables, choices, (rows, choices) => {
      const {described} = seriesOf(rows, "series", columns);
      const narrowing = new Narrowing(described, rows.length);
      for (const {column, value} of choices)
        if (value < described[column]!.values.length) {
          narrowing.choose(column, value);
          expect(narrowing.chosenIn(column)).toBe(value);
        }
      /** The places of the rows that fit, where one column may have another choice. */
      const leftWith = (other?: number, choice = all) =>
        [...rows.keys()].filter((i) =>
          columns.every((name, column) => {
            const chosen = column === other ? choice : narrowing.chosenIn(column);
            return chosen === all || rows[i]![name] === described[column]!.values[chosen];
          })
        );
      const left = narrowing.left();
      expect([...(left ?? rows.keys())]).toEqual(leftWith());
      expect(leftWith().length).toBeGreaterThan(0);
      expect(left === undefined).toBe(columns.every((_, column) => narrowing.chosenIn(column) === all));
      for (const [column, {byValue, any}] of narrowing.counts().entries()) {
        expect([...byValue]).toEqual(
          described[column]!.values.map((_, value) => leftWith(column, value).length)
        );
        expect(any).toBe(leftWith(column).length);
      }
    })
  );
});

it("takes back the choices that exclude a series", () => {
  const rows = [
    {series: "1", region: "North", kind: "Hats"},
    {series: "2", region: "South", kind: "Hats"}
  ];
  const {described} = seriesOf(rows, "series", ["region", "kind"]);
  const narrowing = new Narrowing(described, 2);
  narrowing.choose(0, 0);
  narrowing.choose(1, 0);
  narrowing.include(1);
  expect([narrowing.chosenIn(0), narrowing.chosenIn(1)]).toEqual([all, 0]);
});
