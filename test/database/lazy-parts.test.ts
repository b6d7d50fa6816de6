// The parts of lazy reading that need no engine: ranges, the budget, kinds of statements, turns, and footers.
import fc from "fast-check";
import {tableFromIPC} from "apache-arrow";
import * as arrow from "apache-arrow";
import {readParquet, writeParquet, Table} from "parquet-wasm";
import {describe, expect, it} from "vitest";
import {arrowSchemaOf} from "../../lib/database/arrow-schema.js";
import {either} from "../../lib/database/asking.js";
import {Budget, type Kept} from "../../lib/database/budget.js";
import {excerpt} from "../../lib/database/excerpt.js";
import {readFooter} from "../../lib/database/footer.js";
import {boundLiteral} from "../../lib/database/literal.js";
import {mutex} from "../../lib/database/mutex.js";
import {ahead, requestsFor} from "../../lib/database/ranges.js";
import {kindOf, tellsTime} from "../../lib/database/statement-kind.js";
import {readStruct, writeStruct} from "../../lib/database/thrift.js";

describe("requestsFor", () => {
  it("joins neighbours, and no more than that", () => {
    const ranges = [
      {start: 4, end: 1000},
      {start: 50_000, end: 60_000},
      {start: 200_000, end: 200_001},
      {start: 1000, end: 2000}
    ];
    expect(requestsFor(ranges).map(({start, end}) => [start, end])).toEqual([
      [4, 60_000],
      [200_000, 200_001]
    ]);
  });

  it("covers every range once, with requests of at most 4 MB unless one range is larger", () => {
    const range = fc.tuple(fc.nat(2e8), fc.nat(1e7)).map(([start, size]) => ({start, end: start + size}));
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const requests = requestsFor(ranges);
        expect(requests.flatMap((request) => request.ranges)).toHaveLength(ranges.length);
        for (const {start, end, ranges: covered} of requests) {
          for (const range of covered) expect(range.start >= start && range.end <= end).toBe(true);
          if (covered.length > 1 && end - start > 4 * 1024 * 1024)
            expect(covered.some((range) => range.end - range.start > 3 * 1024 * 1024)).toBe(true);
        }
      })
    );
  });

  it("are started a few ahead, as they are taken", async () => {
    const started: number[] = [];
    const {get, drop} = ahead(Array.from({length: 20}, (_, i) => async () => started.push(i)));
    await get(0);
    expect(started).toHaveLength(6);
    drop(0);
    await get(3);
    expect(started).toHaveLength(9);
  });
});

describe("Budget", () => {
  it("drops what hasn't been used for longest, and nothing that is in use", async () => {
    const budget = new Budget(100);
    const dropped: string[] = [];
    const keep = (name: string): Kept => {
      const kept = {bytes: 40, used: 0, pins: 0, drop: async () => void dropped.push(name)};
      budget.add(kept);
      return kept;
    };
    const [a, b] = [keep("a"), keep("b")];
    budget.pin([b])();
    const release = budget.pin([a]);
    await budget.makeRoom(20);
    expect(dropped).toEqual([]);
    await budget.makeRoom(1000);
    expect(dropped).toEqual(["b"]);
    release();
    release();
    await budget.makeRoom(1000);
    expect(dropped).toEqual(["b", "a"]);
    expect(budget.bytes).toBe(0);
  });
});

describe("kindOf", () => {
  it.each([
    ["SELECT 1", "read"],
    ["  -- a comment; with one\n (FROM t) ", "read"],
    ["WITH x AS (FROM t) FROM x;", "read"],
    ["SELECT ';' FROM t /* ; */", "read"],
    ["SELECT 1; SELECT 2", "write"],
    ["PIVOT t ON k", "opaque"],
    ["SELECT * FROM (PIVOT t ON k)", "opaque"],
    ["EXPLAIN ANALYZE FROM t", "opaque"],
    ["EXPLAIN ANALYZE DELETE FROM t", "write"],
    ["CREATE OR REPLACE TEMP TABLE x AS FROM t", "create"],
    ['CREATE VIEW "a b" AS FROM t', "create"],
    ["CREATE OR REPLACE VIEW main.T AS SELECT 1", "write"],
    ["CREATE MACRO t(x) AS x", "write"],
    ["INSERT INTO t VALUES (1)", "write"],
    ["DROP TABLE t", "write"],
    ["SELECT rowid FROM t", "write"],
    ["SET threads = 1", "write"],
    ["BEGIN TRANSACTION", "transaction"]
  ])("takes %s for %s", (text, kind) => {
    expect(kindOf(text, ["t"])).toBe(kind);
  });
});

it.each([
  ["SELECT * FROM t WHERE at < now()::TIMESTAMP", true],
  ["FROM t WHERE day = CURRENT_DATE", true],
  ["FROM t WHERE at < getvariable('x')", true],
  ["SELECT known FROM t", false]
])("%s depends on when it is run: %s", (text, does) => {
  expect(tellsTime(text)).toBe(does);
});

describe("a footer", () => {
  const table = arrow.tableFromArrays({
    name: ["a", "b", "a", null],
    n: Int32Array.of(1, 2, 3, 4),
    at: [0, 1, 2, 3].map((day) => new Date(day * 86_400_000))
  });
  const file = writeParquet(Table.fromIPCStream(arrow.tableToIPC(table, "stream")));
  const length = new DataView(file.buffer, file.byteOffset).getUint32(file.length - 8, true);
  const bytes = file.subarray(file.length - 8 - length, file.length - 8);

  it("is written as it was read", () => {
    expect(readStruct(writeStruct(readStruct(bytes)))).toEqual(readStruct(bytes));
  });

  it("gives files of some columns, with their Arrow types", () => {
    const footer = readFooter(bytes);
    expect(footer.groups.map(({rows}) => rows)).toEqual([4]);
    const schema = arrowSchemaOf(footer, arrow)!;
    for (const columns of [[1], [0, 2], [0, 1, 2]]) {
      const chunks = columns.map((i) => {
        const {start, end} = footer.groups[0]!.chunks[i]!.range;
        return file.subarray(start, end);
      });
      const all = columns.map((i) => footer.columns[i]!);
      const part = excerpt(footer, {columns: all, arrowSchema: schema(columns), group: 0, chunks});
      const read = tableFromIPC(readParquet(part).intoIPCStream());
      const whole = tableFromIPC(readParquet(file).intoIPCStream()).selectAt(columns);
      expect(read.schema.fields.map(String)).toEqual(whole.schema.fields.map(String));
      expect(read.toArray().map(String)).toEqual(whole.toArray().map(String));
      const none = excerpt(footer, {columns: all, arrowSchema: schema(columns)});
      expect(tableFromIPC(readParquet(none).intoIPCStream()).numRows).toBe(0);
    }
  });

  it("that is damaged is refused, whatever its bytes are", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const damaged = bytes.slice();
        damaged[at] = byte;
        try {
          readFooter(damaged);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: its (footer is damaged|columns lie in other files)/);
        }
      })
    );
    expect(() => readFooter(bytes.subarray(0, 20))).toThrow("its footer is damaged");
  });
});

describe("values and turns", () => {
  it("of statements keep their types as SQL", () => {
    expect([null, true, 3, 0.1, 1e300, "it's"].map(boundLiteral)).toEqual([
      "NULL",
      "true",
      "3",
      "CAST('0.1' AS DOUBLE)",
      "CAST('1e+300' AS DOUBLE)",
      "'it''s'"
    ]);
    expect(boundLiteral("a\0b")).toBeUndefined();
  });

  it("come in order, whether those before failed or not", async () => {
    const turn = mutex();
    const seen: number[] = [];
    const first = turn(async () => {
      await Promise.resolve();
      seen.push(1);
      throw new Error("no");
    });
    const second = turn(async () => seen.push(2));
    await expect(first).rejects.toThrow("no");
    await second;
    expect(seen).toEqual([1, 2]);
  });

  it("end with the first of two signals", () => {
    const [a, b] = [new AbortController(), new AbortController()];
    const signal = either(a.signal, undefined, b.signal)!;
    b.abort(new Error("second"));
    a.abort(new Error("first"));
    expect(signal.reason).toEqual(new Error("second"));
  });
});
