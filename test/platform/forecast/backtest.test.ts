// A backtest small enough to do by hand.
import {describe, expect, it} from "vitest";
import {backtest, lastInterval, type Method, rollingOrigins} from "../../../lib/platform/forecast/index.js";

describe("backtest", () => {
  const y = Float64Array.of(1, 2, 4, 7);

  it("pairs each forecast with what came", () => {
    const trials = backtest(y, lastInterval(), {origins: [2, 3], horizon: 2, level: 0.9});
    expect(trials.map(({origin, horizon, actual, forecast}) => [origin, horizon, actual, forecast])).toEqual([
      [2, 1, 4, 2],
      [2, 2, 7, 2],
      [3, 1, 7, 4]
    ]);
    // One step was seen before the first origin, of 1: its deviation is 1.
    expect(trials[0]!.upper).toBeCloseTo(2 + 1.6448536269514722, 12);
    expect(trials[1]!.lower).toBeCloseTo(2 - 1.6448536269514722 * Math.SQRT2, 12);
  });

  it("shows a method nothing of what came later", () => {
    const seen: number[][] = [];
    const spy: Method = {
      name: "spy",
      least: 1,
      forecast(values, horizon) {
        seen.push([...values]);
        const point = new Float64Array(horizon);
        return {point, lower: point, upper: point};
      }
    };
    backtest(y, spy, {origins: [1, 3], horizon: 1, level: 0.9});
    expect(seen).toEqual([[1], [1, 2, 4]]);
  });

  it.each([0, 4, 1.5])("refuses the origin %d", (origin) =>
    expect(() => backtest(y, lastInterval(), {origins: [origin], horizon: 1, level: 0.9})).toThrow(
      `origin is ${origin}`
    )
  );
});

describe("rollingOrigins", () => {
  it("are the last ones that leave a whole horizon", () =>
    expect(rollingOrigins(20, {count: 3, step: 2, horizon: 5})).toEqual([11, 13, 15]));

  it("refuses more than there are", () =>
    expect(() => rollingOrigins(10, {count: 6, horizon: 5})).toThrow("the series has 10: ask for fewer"));
});
