// Lines that lie on each other: which, and where.
import type {LineOptions} from "@observablehq/plot";
import fc from "fast-check";
import {expect, it} from "vitest";
import {overlaps, type Overlaps} from "../../lib/charts/overlaps.js";

interface Point {
  at: number;
  value: number;
}

const reading = {at: ({at}: Point) => at, value: ({value}: Point) => value, near: 0.3};
const line = (values: number[], start = 0) => values.map((value, i): Point => ({at: start + i, value}));

/** The parts of a line as they are drawn: their dashes, and their points by runs. */
function drawn({marksOf}: Overlaps<Point>, lines: Point[][], dash?: [number, number]) {
  const marks = marksOf(lines, {x: "at", y: "value"}, dash) as unknown as (LineOptions & {
    data: Point[];
    channels: {z: {value: number[]}};
  })[];
  return marks.map(({data, strokeDasharray, strokeDashoffset, channels}) => {
    const runs: number[][] = [];
    data.forEach(({at, value}, i) => {
      const isNext = channels.z.value[i] === channels.z.value[i - 1] && !isNaN(data[i - 1]!.value);
      if (isNaN(value)) return;
      if (isNext) runs.at(-1)!.push(at);
      else runs.push([at]);
    });
    return {
      dashes: strokeDasharray && `${strokeDasharray} from ${strokeDashoffset ?? 0}`,
      runs: runs.filter((run) => run.length > 1)
    };
  });
}

it("points that look like one have places in the order in which they are drawn", () => {
  const lines = [line([0, 10, 20]), line([0.1, 10.1, 25]), line([9, 10.2, 25])];
  const {placeOf, largestRing} = overlaps(lines, reading);
  expect(lines.map((points) => points.map((point) => Object.values(placeOf(point)).join(" of ")))).toEqual([
    ["0 of 2", "0 of 3", "0 of 1"],
    ["1 of 2", "1 of 3", "0 of 2"],
    ["0 of 1", "2 of 3", "1 of 2"]
  ]);
  expect(largestRing).toBe(4);
});

it("a line is dashed only where it lies on others", () => {
  const lines = [line([0, 1, 2, 3, 4, 5, 6]), line([0, 1, 2, 9, 9, 5, 6])];
  const overlapping = overlaps(lines, reading);
  expect(drawn(overlapping, [lines[0]!])).toEqual([{dashes: undefined, runs: [[0, 1, 2, 3, 4, 5, 6]]}]);
  expect(drawn(overlapping, [lines[1]!])).toEqual([
    {
      dashes: "7,7 from 0",
      runs: [
        [0, 1, 2],
        [5, 6]
      ]
    },
    {dashes: undefined, runs: [[2, 3, 4, 5]]}
  ]);
});

it("lines that cross have no dashes, and a gap breaks a line", () => {
  const lines = [line([0, 1, 2, NaN, 4, 5]), line([4, 3, 2, 1, 0, -1])];
  const overlapping = overlaps(lines, reading);
  expect(drawn(overlapping, lines)).toEqual([
    {
      dashes: undefined,
      runs: [
        [0, 1, 2],
        [4, 5],
        [0, 1, 2, 3, 4, 5]
      ]
    }
  ]);
});

it("lines of a fan that are each a little from the next have no dashes, except those that are near each other", () => {
  const fan = (step: number) => [0, 1, 2, 3, 4, 5].map((i) => line([step * i, step * i + 1]));
  const dashed = (lines: Point[][]) =>
    drawn(overlaps(lines, reading), lines).flatMap(({dashes, runs}) => (dashes ? runs : []));
  expect(dashed(fan(0.4))).toEqual([]);
  // Two of two, not six of six.
  expect(dashed(fan(0.2))).toHaveLength(3);
});

it("all dashed lines that lie on each other have their turns", () => {
  const lines = [line([1, 1]), line([1, 1]), line([1, 1])];
  expect(drawn(overlaps(lines, reading), lines, [5, 4])).toEqual(
    [0, 1, 2].map((i) => ({dashes: `5,22 from ${-9 * i}`, runs: [[0, 1]]}))
  );
});

it("a line that has dashes everywhere goes on where it lies on others only at points", () => {
  const lines = [line([5, 10, 25, 35]), line([7, 13, 20, 40]), line([0, 10, 20, 30])];
  const runsOf = (points: Point[]) => drawn(overlaps(lines, reading), [points], [5, 4]);
  expect(runsOf(lines[2]!)).toEqual([{dashes: "5,4 from 0", runs: [[0, 1, 2, 3]]}]);
});

it("each part of a line is drawn once", () => {
  const values = fc.array(fc.constantFrom(0, 0.1, 5, NaN), {minLength: 2, maxLength: 12});
  fc.assert(
    fc.property(fc.array(values, {minLength: 1, maxLength: 5}), (all) => {
      const lines = all.map((some) => line(some));
      const overlapping = overlaps(lines, reading);
      for (const points of lines) {
        const parts = drawn(overlapping, [points])
          .flatMap(({runs}) => runs.flatMap((run) => run.slice(1).map((at, i) => [run[i], at])))
          .sort((a, b) => a[0]! - b[0]!);
        const wanted = points.flatMap(({at}, i) =>
          i && !isNaN(points[i]!.value) && !isNaN(points[i - 1]!.value) ? [[at - 1, at]] : []
        );
        expect(parts).toEqual(wanted);
      }
    })
  );
});
