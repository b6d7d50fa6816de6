// Intervals by resampling, and those of so many times that none are drawn.
import {describe, expect, it} from "vitest";
import {compare, measureIntervals} from "../../lib/metrics/index.js";
import {mostResampled, resample} from "../../lib/metrics/resample.js";
import {deviationOf} from "../../lib/metrics/sum-deviation.js";

/** Numbers that go along with those before them, always the same. */
function wave(n: number, mean: number, seed: number): Float64Array {
  let [state, value] = [seed, 0];
  return Float64Array.from({length: n}, () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    value = 0.8 * value + state / 2 ** 32 - 0.5;
    return mean + value;
  });
}

const columnsOf = (n: number) => [wave(n, 3, 1), wave(n, 10, 2), wave(n, 3.03, 3), wave(n, 10, 4)];
const figure = ([a, aWeight, b, bWeight]: Float64Array) => a! / aWeight! - b! / bWeight!;

describe("an interval", () => {
  it.each([1, 5, 18, 100])("is alike on both sides of the limit, in blocks of %i", (block) => {
    const below = resample(columnsOf(mostResampled), figure, {block, repetitions: 4000});
    const beyond = resample(columnsOf(mostResampled + 1), figure, {block});
    expect([below.method, beyond.method]).toEqual(["bootstrap", "normal"]);
    const width = below.interval![1] - below.interval![0];
    for (const end of [0, 1])
      expect(Math.abs(below.interval![end]! - beyond.interval![end]!) / width).toBeLessThan(0.03);
    expect(Math.abs(below.pValue! - beyond.pValue!)).toBeLessThan(0.03);
  });

  it("of independent times is the textbook's for a mean", () => {
    const values = wave(2000, 1, 5);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const {value, deviation} = deviationOf([values, values.map(() => 1)], ([sum, n]) => sum! / n!, 1);
    expect(value).toBeCloseTo(mean, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(variance / values.length), 8);
  });

  it("of a million times draws no samples, and is as wide as the value is sure", () => {
    const ones = new Float64Array(1_000_000).fill(1);
    const {interval, pValue, method} = resample([wave(1_000_000, 1, 6), ones], ([sum, n]) => sum! / n!);
    expect(method).toBe("normal");
    // The long-run deviation of this wave is that of its steps, √(1/12), times 1/(1 − 0.8): a little less, as blocks end.
    expect((interval![1] - interval![0]) / (2 * 1.96)).toBeCloseTo((Math.sqrt(1 / 12) * 5) / 1000, 4);
    expect(pValue).toBeLessThan(1e-12);
  });

  it("of values that don't vary has no width, and of none there is none", () => {
    const ones = new Float64Array(6000).fill(1);
    const mean = ([sum, n]: Float64Array) => (n ? sum! / n : null);
    const of = (...columns: Float64Array[]) => resample(columns, mean);
    expect(of(ones, ones)).toEqual({interval: [1, 1], pValue: 0, method: "normal"});
    expect(
      of(
        ones.map(() => 0),
        ones
      )
    ).toEqual({interval: [0, 0], pValue: 1, method: "normal"});
    expect(
      of(
        ones,
        ones.map(() => 0)
      )
    ).toEqual({interval: null, pValue: null, method: "normal"});
    expect(of(new Float64Array(1), new Float64Array(1)).interval).toBeNull();
  });

  it("keeps the values of single times, however large another is", () => {
    const values = Float64Array.from({length: 50}, (_, i) => (i ? 1 : 1e20));
    // Samples without the first time have the mean 1: every third.
    expect(resample([values, values.map(() => 1)], ([sum, n]) => sum! / n!, {block: 1}).interval![0]).toBe(1);
  });
});

it("comparisons and measures say how their interval was made", () => {
  const rows = (n: number) =>
    Array.from({length: n}, (_, time) =>
      ["a", "b"].map((version, v) => ({version, time, actual: 10, forecast: 11 + v + Math.sin(time)}))
    ).flat();
  const methods = (n: number) => [
    compare(rows(n), {against: "a", by: []})[0]!.method,
    measureIntervals(rows(n), {by: ["version"]})[0]!.method
  ];
  expect(methods(50)).toEqual(["bootstrap", "bootstrap"]);
  expect(methods(mostResampled + 1)).toEqual(["normal", "normal"]);
});
