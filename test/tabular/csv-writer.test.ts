// What rows and tables become as CSV.
import {
  DateDay,
  Decimal,
  Field,
  Float64,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
  type Vector
} from "apache-arrow";
import {csvParseRows} from "d3-dsv";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {tableToCsv} from "../../lib/tabular/arrow-csv.js";
import {rowsToCsv, type Row} from "../../lib/tabular/csv-writer.js";

const csv = (...rows: Row[]) => [...rowsToCsv(rows)].join("");

describe("rows", () => {
  it("have every column that any of them has", () => {
    expect(csv({a: 1}, {b: "x", a: 2})).toBe("a,b\n1,\n2,x\n");
  });

  it("are quoted where they must be", () => {
    expect(csv({"a,b": 'say "no"', c: "two\nlines"}, {"a,b": " x", c: "é 😀"})).toBe(
      '"a,b",c\n"say ""no""","two\nlines"\n" x",é 😀\n'
    );
  });

  it("tell a missing value from an empty text", () => {
    expect(csv({a: null, b: "", c: undefined, d: NaN})).toBe('a,b,c,d\n,"",,\n');
  });

  it("of one missing value are no blank line", () => expect(csv({a: null})).toBe('a\n""\n'));

  it("keep every digit, and times in UTC", () => {
    const row = {a: 9007199254740993n, b: 0.1, c: new Date(1e12), d: true, e: -Infinity};
    expect(csv(row)).toBe("a,b,c,d,e\n9007199254740993,0.1,2001-09-09T01:46:40.000Z,true,-inf\n");
  });

  it("keep floats that look whole, but no integer could hold", () => {
    expect(csv({a: 2 ** 53, b: -1e20, c: 1e21, d: 4})).toBe(
      "a,b,c,d\n9007199254740992.0,-100000000000000000000.0,1e+21,4\n"
    );
  });

  it("lack what every object has", () => {
    expect(csv({a: 1, constructor: "x", ["__proto__"]: 2}, {a: 3})).toBe(
      "a,constructor,__proto__\n1,x,2\n3,,\n"
    );
  });

  it("without a column are nothing at all", () => {
    expect(csv()).toBe("");
    expect(csv({}, {})).toBe("");
  });

  it("refuse what no dataset can hold, and say where", () => {
    expect(() => csv({day: new Date("soon")})).toThrow('row 1, column "day": the date is invalid');
    expect(() => csv({a: 1}, {a: [1] as never})).toThrow('row 2, column "a": a dataset holds texts');
    expect(() => csv({"": 1})).toThrow("a column of the data has no name");
  });

  it("come back from another reader as they were", () => {
    const cell = fc.oneof(
      fc.string({unit: "binary"}),
      fc.constantFrom("", '"', ",", "\r\n", "\n", " "),
      fc.string()
    );
    fc.assert(
      fc.property(fc.array(fc.record({a: cell, b: cell, c: cell}), {minLength: 1}), (rows) => {
        const [header, ...read] = csvParseRows([...rowsToCsv(rows)].join(""));
        expect(header).toEqual(Object.keys(rows[0]!));
        expect(read).toEqual(rows.map((row) => Object.values(row)));
      })
    );
  });

  it("are given out in pieces", () => {
    const pieces = [...rowsToCsv(Array.from({length: 20_000}, (_, i) => ({i, text: "ten letters"})))];
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join("").split("\n")).toHaveLength(20_002);
  });
});

describe("an Arrow table", () => {
  const table = (columns: Record<string, Vector>) => [...tableToCsv(new Table(columns))].join("");

  it("keeps nulls, 64-bit integers, dictionaries and dates", () => {
    const day = new Date("2024-02-29");
    expect(
      table({
        id: vectorFromArray([9007199254740993n, null]),
        name: vectorFromArray(["é,", ""], new Utf8()),
        kind: vectorFromArray(["x", "x"]),
        day: vectorFromArray([day, null], new DateDay()),
        rate: vectorFromArray([0.1, NaN])
      })
    ).toBe('id,name,kind,day,rate\n9007199254740993,"é,",x,2024-02-29,0.1\n,"",x,,nan\n');
  });

  it("keeps floats, whole ones too", () => {
    expect(table({x: vectorFromArray([4, -0, 0.5, 1e21, null], new Float64())})).toBe(
      'x\n4.0\n-0.0\n0.5\n1e+21\n""\n'
    );
  });

  it("keeps microseconds, before 1970 too", () => {
    const data = makeData({
      type: new TimestampMicrosecond("UTC"),
      data: new BigInt64Array([1_704_067_200_000_001n, -1n])
    });
    const fields = [new Field("at", data.type, true)];
    const batch = makeData({type: new Struct(fields), length: 2, nullCount: 0, children: [data]});
    const written = [...tableToCsv(new Table(new RecordBatch(new Schema(fields), batch)))].join("");
    expect(written).toBe("at\n2024-01-01T00:00:00.000001Z\n1969-12-31T23:59:59.999999Z\n");
  });

  it("keeps the digits of a decimal", () => {
    const data = makeData({
      type: new Decimal(2, 10, 128),
      data: new Uint32Array([12345, 0, 0, 0, 0xfffffffb, 0xffffffff, 0xffffffff, 0xffffffff]),
      length: 2
    });
    const fields = [new Field("price", data.type, true)];
    const batch = makeData({type: new Struct(fields), length: 2, nullCount: 0, children: [data]});
    const written = [...tableToCsv(new Table(new RecordBatch(new Schema(fields), batch)))].join("");
    expect(written).toBe("price\n123.45\n-0.05\n");
  });

  it("with a column of lists is refused", () => {
    const lists = vectorFromArray([["a"]], new List(new Field("item", new Utf8(), true)));
    expect(() => table({tags: lists})).toThrow(/column "tags": .* not List: cast/);
  });
});
