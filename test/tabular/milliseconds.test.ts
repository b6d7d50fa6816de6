// Times become JavaScript's dates to the millisecond, however far from 1970 they are.
import {
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  vectorFromArray,
  Table
} from "apache-arrow";
import fc from "fast-check";
import {expect, it} from "vitest";
import {milliseconds} from "../../lib/tabular/milliseconds.js";
import {tableRows} from "../../lib/tabular/table-rows.js";

const microseconds = (time: string) =>
  BigInt(Date.parse(time.slice(0, -4) + "Z")) * 1000n + BigInt(time.slice(-4, -1));

const far = [
  "+028322-11-17T18:15:39.625990Z",
  "+275760-09-12T23:59:59.999999Z",
  "-271821-04-21T00:00:00.000999Z",
  "1969-12-31T23:59:59.999999Z",
  "1969-12-31T23:59:59.999000Z",
  "2300-01-01T00:00:00.999999Z"
];

it("rows have each time's own millisecond, in far years and before 1970", () => {
  const values = BigInt64Array.from([0n, ...far.map(microseconds), 0n]);
  const whole = vectorFromArray([null, ...far.map(() => 0), null], new TimestampMicrosecond());
  whole.data[0]!.values.set(values);
  // Sliced, and in two parts, as tables come.
  const vector = whole.slice(0, 3).concat(whole.slice(3));
  expect(tableRows(new Table({x: vector})).map(({x}) => x)).toEqual([
    null,
    ...far.map((time) => new Date(time.slice(0, -4) + "Z")),
    null
  ]);
});

it.each([
  ["seconds", new TimestampSecond(), -1n, "1969-12-31T23:59:59.000Z"],
  ["nanoseconds", new TimestampNanosecond(), -1n, "1969-12-31T23:59:59.999Z"],
  ["nanoseconds", new TimestampNanosecond(), 9_223_372_036_854_775_807n, "2262-04-11T23:47:16.854Z"]
])("rows have %s", (_, type, value, expected) => {
  const vector = vectorFromArray([0], type);
  vector.data[0]!.values[0] = value;
  expect(tableRows(new Table({x: vector}))).toEqual([{x: new Date(expected)}]);
});

it("cuts towards the past", () => {
  fc.assert(
    fc.property(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), fc.constantFrom(2, 3), (value, unit) => {
      const size = 1000n ** BigInt(unit - 1);
      const rest = value - milliseconds(value, unit) * size;
      expect(rest >= 0n && rest < size).toBe(true);
    })
  );
});
