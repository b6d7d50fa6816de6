// Of many values over time a chart draws those that can be seen.
import {describe, expect, it} from "vitest";
import {thinLines} from "../../lib/charts/diagnostics/thin-lines.js";
import type {TimeValue} from "../../lib/charts/diagnostics/time-line-marks.js";

const [width, height] = [100, 50];
const rows = (count: number): TimeValue[] =>
  ["ets", "mstl"].flatMap((version, v) =>
    Array.from({length: count}, (_, i) => ({
      version,
      time: new Date(i * 60_000),
      value: i === 777 ? 500 : Math.sin(i / 40) + v,
      isMarked: i === 1234
    }))
  );

describe("thinned lines", () => {
  it.each(["lines", "dots"] as const)("that are short stay as they are, as %s", (shape) => {
    const few = rows(300);
    expect(thinLines(few, shape, width, height)).toBe(few);
  });

  it("keep the ends, the extremes and the rings of each version", () => {
    const all = rows(20_000);
    const kept = thinLines(all, "lines", width, height);
    expect(kept.length).toBeLessThan(2 * 8 * width + 2);
    for (const version of ["ets", "mstl"]) {
      const [line, whole] = [kept, all].map((some) => some.filter((row) => row.version === version)) as [
        TimeValue[],
        TimeValue[]
      ];
      for (const i of [0, 777, 1234, 19_999]) expect(line).toContain(whole[i]);
      expect(line).toEqual(line.toSorted((a, b) => +a.time - +b.time));
    }
  });

  it("keep a dot of the same version near each that is left out", () => {
    const all = rows(20_000);
    const kept = thinLines(all, "dots", width, height);
    expect(kept.length).toBeLessThan(all.length / 10);
    // Where a row is drawn, in pixels.
    const x = ({time}: TimeValue) => (width * +time) / (19_999 * 60_000);
    const y = ({value}: TimeValue) => (height * (value + 1)) / 501;
    const radius = 2 * Math.SQRT2; // the corner of a square from its opposite
    const uncovered = all.filter(
      (row) =>
        !kept.some(
          (dot) => dot.version === row.version && Math.hypot(x(dot) - x(row), y(dot) - y(row)) <= radius
        )
    );
    expect(uncovered).toEqual([]);
  });
});
