// Groups of rows, beside groups by a text of each value.
import fc from "fast-check";
import {expect, it} from "vitest";
import {groupsOf} from "../../lib/metrics/groups.js";

type Value = number | bigint | string | boolean | Date | null | undefined;

const day = (n: number) => new Date(86_400_000 * n);
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({min: -3, max: 3}),
  fc.constantFrom(0, -0, NaN, Infinity, 1n, "1", "", true, null, undefined, day(NaN)),
  fc.integer({min: 0, max: 3}).map(day)
);
const growing: fc.Arbitrary<Value[]> = fc.oneof(
  fc.array(fc.integer({min: -5, max: 5})).map((numbers) => numbers.sort((a, b) => a - b)),
  fc.array(fc.integer({min: 0, max: 5})).map((days) => days.sort((a, b) => a - b).map(day))
);

const textOf = (value: Value) =>
  value instanceof Date ? `date ${value.getTime()}` : `${typeof (value ?? null)} ${String(value ?? null)}`;

function numbered(values: Value[]) {
  const texts = values.map(textOf);
  const different = [...new Set(texts)];
  return {
    of: texts.map((text) => different.indexOf(text)),
    first: different.map((text) => texts.indexOf(text))
  };
}

it("numbers values as they first come, whether they grow, stop growing or never do", () => {
  fc.assert(
    fc.property(growing, fc.array(value), (start, rest) => {
      const values = [...start, ...rest];
      const {of, first} = groupsOf([values], values.length);
      expect({of: [...of], first}).toEqual(numbered(values));
    }),
    {numRuns: 500}
  );
});

it("tells groups apart by all columns", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value)), growing, (rows, start) => {
      const keys: Value[][] = [
        [...start.map(() => "a"), ...rows.map(([a]) => a)],
        [...start, ...rows.map(([, b]) => b)]
      ];
      const {of, first} = groupsOf(keys, keys[0]!.length);
      const pairs = keys[0]!.map((a, i) => `${textOf(a)} ${textOf(keys[1]![i])}`);
      expect({of: [...of], first}).toEqual(numbered(pairs));
    }),
    {numRuns: 300}
  );
});
