// The rows of a line: those that a line over all rows would show, and no others.
import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import type {Engine} from "../../lib/database/engine.js";
import {linePoints, type LineOptions} from "../../lib/database/line-points.js";
import {openEngine} from "./wasm-engine.js";

let engine: Engine;
const query = (text: string) => engine.query({text, params: []});
const pointsOf = (table: string, options: LineOptions) => linePoints({query}, table, options);

beforeAll(async () => {
  engine = await openEngine();
});

interface Row {
  by: string;
  x: number;
  y: number | null;
}

/** What M4 keeps, by looking at each row. */
function expected(rows: readonly Row[], width: number): Set<string> {
  const all = rows.map(({x}) => x);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const pixels = new Map<string, Row[]>();
  for (const row of rows) {
    const pixel = high > low ? Math.min(width - 1, Math.floor(width * ((row.x - low) / (high - low)))) : 0;
    const key = `${row.by} ${pixel}`;
    pixels.set(key, [...(pixels.get(key) ?? []), row]);
  }
  const kept = new Set<string>();
  for (const group of pixels.values()) {
    const there = group.filter((row): row is Row & {y: number} => row.y !== null).sort((a, b) => a.x - b.x);
    const byValue = there.toSorted((a, b) => a.y - b.y);
    const rowsOfPixel = there.length
      ? [there[0]!, there.at(-1)!, byValue[0]!, byValue.at(-1)!]
      : [group.toSorted((a, b) => a.x - b.x)[0]!];
    for (const {by, x, y} of rowsOfPixel) kept.add(`${by} ${x} ${y}`);
  }
  return kept;
}

describe("linePoints", () => {
  it("keeps what a line over all rows would show", async () => {
    // Distinct places and values, so that there is one right answer.
    const line = fc.uniqueArray(
      fc.tuple(fc.integer({min: -1000, max: 1000}), fc.integer({min: -99, max: 99})),
      {
        selector: ([x]) => x,
        maxLength: 60
      }
    );
    const lines = fc.array(line, {minLength: 1, maxLength: 3});
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({min: 1, max: 20}), async (lines, width) => {
        const rows = lines.flatMap((line, i) =>
          line.map(([x, y], j): Row => ({by: `line ${i}`, x, y: y < -80 ? null : y + j / 1000}))
        );
        await query(`CREATE OR REPLACE TABLE random ("by" VARCHAR, x INTEGER, y DOUBLE)`);
        if (!rows.length) return;
        const values = rows.map(({by, x, y}) => `('${by}', ${x}, ${y ?? "NULL"})`);
        await query(`INSERT INTO random VALUES ${values.join(", ")}`);
        const {points, note} = await pointsOf("random", {x: "x", y: "y", by: "by", width});
        const got = points.toArray().map(({by, x, y}: Row) => `${by} ${x} ${y}`);
        expect(new Set(got)).toEqual(expected(rows, width));
        expect(got).toHaveLength(new Set(got).size);
        expect(note === "").toBe(got.length === rows.length);
      }),
      {numRuns: 100}
    );
  });

  it("keeps times, types and order, and counts what it left out", async () => {
    await query(`CREATE TABLE readings AS
      SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS "the time", (i % 100)::DECIMAL(9, 2) AS "a ""b""", i % 2 AS sensor
      FROM range(10000) t(i) ORDER BY hash(i)`);
    const {points, note} = await pointsOf("readings", {
      x: "the time",
      y: 'a "b"',
      by: ["sensor"],
      width: 100
    });
    expect(points.schema.fields.map(({name}) => name)).toEqual(["sensor", "the time", 'a "b"']);
    expect(points.numRows).toBeLessThanOrEqual(2 * 4 * 100);
    expect(points.numRows).toBeGreaterThan(2 * 100);
    expect(note).toBe(
      `Drawn from ${points.numRows} of 10,000 rows: the first, last, lowest and highest of each pixel.`
    );
    const rows = points
      .toArray()
      .map((row: Record<string, unknown>) => [Number(row.sensor), Number(row["the time"])]);
    expect(rows).toEqual(rows.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]!));
    expect(rows[0]).toEqual([0, Date.UTC(2024, 0, 1)]);
    expect(rows.at(-1)).toEqual([1, Date.UTC(2024, 0, 1, 0, 9999)]);
  });

  it.each(["source", "ends", "pixels", "points", "rows", "k0"])(
    "takes a table that is called %s",
    async (name) => {
      await query(`CREATE TABLE ${name} AS SELECT i AS x, i % 7 AS y FROM range(50) t(i)`);
      expect((await pointsOf(name, {x: "x", y: "y", width: 100})).points.numRows).toBe(50);
    }
  );

  it("says nothing where all rows are drawn, and takes dates, one point and none", async () => {
    await query(
      "CREATE TABLE few AS SELECT DATE '2024-01-01' + i::INTEGER AS day, i AS n FROM range(5) t(i)"
    );
    const few = await pointsOf("few", {x: "day", y: "n"});
    expect([few.points.numRows, few.note]).toEqual([5, ""]);
    await query("CREATE TABLE one AS SELECT 7 AS x, 1.5 AS y");
    expect(
      (await pointsOf("one", {x: "x", y: "y"})).points
        .toArray()
        .map((row: {toJSON: () => unknown}) => row.toJSON())
    ).toEqual([{x: 7, y: 1.5}]);
    await query("CREATE TABLE none (x INTEGER, y DOUBLE)");
    const none = await pointsOf("none", {x: "x", y: "y"});
    expect([none.points.numRows, none.note]).toEqual([0, ""]);
  });

  it("keeps gaps, and leaves out what has no place or isn't finite", async () => {
    await query(`CREATE TABLE gaps AS FROM (VALUES
      (1, 1.0), (2, NULL), (3, 'NaN'::DOUBLE), (4, 'Infinity'::DOUBLE), (5, 2.0), (NULL, 9.0)) t(x, y)`);
    const {points} = await pointsOf("gaps", {x: "x", y: "y", width: 500});
    expect(points.toArray().map(({x, y}: Record<string, unknown>) => [x, y])).toEqual([
      [1, 1],
      [2, null],
      [3, null],
      [4, null],
      [5, 2]
    ]);
  });

  it("refuses what makes no line", async () => {
    await expect(pointsOf("few", {x: "day", y: "day"})).rejects.toThrow(
      '"day" is given twice among x, y and by'
    );
    await expect(pointsOf("few", {x: "day", y: "n", width: 0})).rejects.toThrow("the width is 0");
    await expect(pointsOf("few", {x: "day", y: "n", width: NaN})).rejects.toThrow("the width is NaN");
    await expect(pointsOf("few", {x: "dy", y: "n"})).rejects.toThrow('"dy"');
  });
});
