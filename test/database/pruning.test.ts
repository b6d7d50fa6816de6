// Row groups that statistics rule out: only where no row can match, whatever the bounds leave open.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {BoundedColumn} from "../../lib/database/bounds.js";
import type {Filter} from "../../lib/database/filter.js";
import type {Statistics} from "../../lib/database/footer.js";
import {mayHold} from "../../lib/database/pruning.js";

function bytesOf(value: bigint | number | string, type: number): Uint8Array {
  if (typeof value === "string") return new TextEncoder().encode(value);
  const view = new DataView(new ArrayBuffer(type === 1 || type === 4 ? 4 : 8));
  if (typeof value === "bigint") {
    if (type === 1) view.setInt32(0, Number(value), true);
    else view.setBigUint64(0, BigInt.asUintN(64, value), true);
  } else if (type === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return new Uint8Array(view.buffer);
}

interface Group {
  sql: string;
  type: number;
  min?: bigint | number | string;
  max?: bigint | number | string;
  nulls?: number;
  isUnsigned?: boolean;
  nanoseconds?: bigint;
}

/** Whether a group of ten rows of one column may hold a row. */
function may(
  filter: Filter | undefined,
  {sql, type, min, max, nulls, isUnsigned = false, nanoseconds}: Group
): boolean {
  const column: BoundedColumn = {type: sql, physical: {type, isUnsigned, ...(nanoseconds && {nanoseconds})}};
  const statistics: Statistics = {
    rows: 10,
    ...(min !== undefined && {min: bytesOf(min, type)}),
    ...(max !== undefined && {max: bytesOf(max, type)}),
    ...(nulls !== undefined && {nulls})
  };
  return mayHold(filter, [column], () => statistics);
}

const is = (op: "=" | "<" | "<=" | ">" | ">=", text: string, isText = false, type = ""): Filter => ({
  column: 0,
  op,
  value: {text, isText, type}
});

describe("mayHold", () => {
  const integers: Group = {sql: "BIGINT", type: 2, min: -5n, max: 7n};
  const texts: Group = {sql: "VARCHAR", type: 6, min: "b", max: "é"};

  it("rules out what lies beyond the bounds, and nothing on them", () => {
    expect(
      [is("=", "8"), is(">", "7"), is("<", "-5"), is(">=", "8"), is("<=", "-6")].map((f) => may(f, integers))
    ).toEqual(Array(5).fill(false));
    expect(
      [is("=", "7"), is(">", "6"), is("<", "-4"), is(">=", "7"), is("<=", "-5")].map((f) => may(f, integers))
    ).toEqual(Array(5).fill(true));
  });

  it("compares text by its bytes", () => {
    expect(may(is("=", "a", true), texts)).toBe(false);
    expect(may(is(">", "z", true), texts)).toBe(true);
    expect(may(is("=", "ü", true), texts)).toBe(false);
    expect(may(is("=", "c"), texts)).toBe(true); // no text
  });

  it("knows the units of times, and the signs of integers", () => {
    const at = (text: string) => is(">", text, true, "TIMESTAMP");
    const milliseconds: Group = {sql: "TIMESTAMP", type: 2, min: 0n, max: 1000n, nanoseconds: 1_000_000n};
    expect(may(at("1970-01-01 00:00:01"), milliseconds)).toBe(false);
    expect(may(at("1970-01-01 00:00:00.999"), milliseconds)).toBe(true);
    expect(may(at("1970-01-01 00:00:01"), {...milliseconds, max: 1001n})).toBe(true);
    expect(may(is(">", "infinity", true, "TIMESTAMP"), milliseconds)).toBe(true);
    expect(may(is(">", "1970-01-02", true, "DATE"), milliseconds)).toBe(true);
    expect(may(is("=", "1970-01-03", true, "DATE"), {sql: "DATE", type: 1, min: 0n, max: 1n})).toBe(false);
    const unsigned: Group = {sql: "UBIGINT", type: 2, min: 1n, max: 2n ** 64n - 1n, isUnsigned: true};
    expect(may(is(">", "9223372036854775807"), unsigned)).toBe(true);
    expect(may(is("=", "0"), unsigned)).toBe(false);
    expect(may(is("=", "0"), {...unsigned, isUnsigned: false})).toBe(true); // written as another type
  });

  it("leaves room for NaN, which isn't in the bounds", () => {
    const doubles: Group = {sql: "DOUBLE", type: 5, min: 0, max: 1};
    expect(may(is(">", "2"), doubles)).toBe(true);
    expect(may(is("<", "0"), doubles)).toBe(false);
    expect(may(is("=", "2"), doubles)).toBe(false);
    expect(may(is("<", "0"), {...doubles, min: NaN})).toBe(true);
    expect(may(is("=", "0.1"), {sql: "FLOAT", type: 4, min: 0.1, max: 0.1})).toBe(true);
  });

  it("knows of missing values only if they are counted", () => {
    const isNull: Filter = {column: 0, isNull: true};
    const isThere: Filter = {column: 0, isNull: false};
    expect(
      [0, 3, 10, undefined].map((nulls) => may(isNull, {...integers, ...(nulls !== undefined && {nulls})}))
    ).toEqual([false, true, true, true]);
    expect(
      [0, 3, 10, undefined].map((nulls) => may(isThere, {...integers, ...(nulls !== undefined && {nulls})}))
    ).toEqual([true, true, false, true]);
  });

  it("rules out nothing by what it doesn't know", () => {
    expect(may(undefined, integers)).toBe(true);
    expect(may({or: [is("=", "8"), undefined]}, integers)).toBe(true);
    expect(may({and: [is("=", "8"), undefined]}, integers)).toBe(false);
    expect(may(is("=", "8"), {...integers, sql: "DECIMAL(9,2)"})).toBe(true);
    expect(may(is("=", "8"), {sql: "BIGINT", type: 2})).toBe(true);
    expect(may(is("=", "8"), {...integers, min: 9n})).toBe(true); // bounds that can't be
    expect(may(is("=", "8.5"), integers)).toBe(true);
  });

  it("never rules out a group that holds a row", () => {
    const value = fc.bigInt({min: -20n, max: 20n});
    fc.assert(
      fc.property(
        fc.array(value, {minLength: 1}),
        value,
        fc.constantFrom("=", "<", "<=", ">", ">=" as const),
        (values, constant, op) => {
          const sorted = [...values].sort((a, b) => Number(a - b));
          const holds = {
            "=": (n: bigint) => n === constant,
            "<": (n: bigint) => n < constant,
            "<=": (n: bigint) => n <= constant,
            ">": (n: bigint) => n > constant,
            ">=": (n: bigint) => n >= constant
          }[op as "="];
          const group: Group = {sql: "INTEGER", type: 1, min: sorted[0]!, max: sorted.at(-1)!};
          if (values.some(holds)) expect(may(is(op as "=", `${constant}`), group)).toBe(true);
        }
      )
    );
  });
});
