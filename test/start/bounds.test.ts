// Which columns are the interval of a forecast, whatever their names and order, and with several levels.
import {expect, it} from "vitest";
import {chooseInterval, intervalsOf} from "../../lib/start/bounds.js";
import {rowsSql} from "../../lib/start/forecast-sql.js";
import {forecastShape} from "../../lib/start/shape.js";

/** The names of the numbers, and the interval that is drawn: its bounds, and its level. */
const cases: [names: string[], lower: string | undefined, upper?: string, level?: number][] = [
  [["y", "yhat", "lower", "upper"], "lower", "upper"],
  [["upper", "y", "lower", "yhat"], "lower", "upper"],
  [["y", "yhat", "yhat_upper", "yhat_lower"], "yhat_lower", "yhat_upper"],
  [["y", "yhat", "Upper Bound", "Lower Bound"], "Lower Bound", "Upper Bound"],
  [["y", "yhat", "lwr", "upr"], "lwr", "upr"],
  // One level of several, each with its own counterpart.
  [["y", "yhat", "lower_80", "lower_95", "upper_80", "upper_95"], "lower_95", "upper_95", 0.95],
  [["y", "yhat", "upper_95", "lower_80", "upper_80", "lower_95"], "lower_95", "upper_95", 0.95],
  [["y", "yhat", "lower_80", "upper_95", "upper_80"], "lower_80", "upper_80", 0.8],
  [["y", "yhat", "lower_99", "upper_99", "upper_90", "lower_90"], "lower_90", "upper_90", 0.9],
  [["y", "yhat", "hi-95", "lo-95", "lo-80", "hi-80"], "lo-95", "hi-95", 0.95],
  [["y", "AutoETS_forecast", "AutoETS-hi-80", "AutoETS-lo-80"], "AutoETS-lo-80", "AutoETS-hi-80", 0.8],
  [["y", "yhat", "80% lower", "80% upper"], "80% lower", "80% upper", 0.8],
  [["y", "yhat", "lower0.9", "upper0.9"], "lower0.9", "upper0.9", 0.9],
  [["y", "yhat", "lower", "upper", "lower_80", "upper_80"], "lower", "upper"],
  // Quantiles: their distance is the level.
  [["y", "yhat", "q90", "q10"], "q10", "q90", 0.8],
  [["y", "q50", "q10", "q90"], "q10", "q90", 0.8],
  [["y", "yhat", "p2.5", "p97.5"], "p2.5", "p97.5", 0.95],
  [["y", "yhat", "q0.025", "q0.975", "q0.1", "q0.9"], "q0.025", "q0.975", 0.95],
  [["y", "yhat", "forecast_q95", "forecast_q05"], "forecast_q05", "forecast_q95", 0.9],
  [["y", "0.5", "0.1", "0.9"], "0.1", "0.9", 0.8],
  // Not an interval.
  [["y", "yhat", "lower_80", "upper_95"], undefined],
  [["y", "yhat", "q10", "q95"], undefined],
  [["y", "yhat", "AutoETS-lo-80", "Naive-hi-80"], undefined],
  [["y", "yhat", "lower"], undefined]
];

it.each(cases)("%j: %s and %s, at the level %s", (names, lower, upper, level) => {
  expect(chooseInterval(intervalsOf(names))).toEqual(
    lower === undefined ? undefined : {lower, upper, ...(level !== undefined && {level})}
  );
  const time = {name: "ds", kind: "time"} as const;
  const shape = forecastShape({columns: [time, ...names.map((name) => ({name, kind: "number" as const}))]})!;
  expect([shape.actual, shape.lower, shape.upper, shape.level]).toEqual(["y", lower, upper, level]);
  const sql = rowsSql(shape);
  if (lower === undefined) return expect(sql).not.toMatch(/ AS (lower|upper)/);
  expect(sql).toContain(`"${lower}"::DOUBLE AS lower,\n  "${upper}"::DOUBLE AS upper`);
});

it("by values, takes two of the same level, in any order", () => {
  const names = ["a", "b", "n50", "n95", "w50", "w95"];
  const offsets = [0, 0.5, -2, -6, 2, 6];
  const rows = Array.from({length: 40}, (_, i) => ({
    ds: Date.UTC(2024, 0, 1 + i),
    ...Object.fromEntries(
      names.map((name, k) => [name, name === "a" && i > 30 ? null : 100 + 10 * Math.sin(i) + offsets[k]!])
    )
  }));
  for (const order of [names, names.toReversed()]) {
    const columns = [
      {name: "ds", kind: "time"} as const,
      ...order.map((name) => ({name, kind: "number" as const}))
    ];
    const {lower, upper} = forecastShape({columns, rows})!;
    expect([lower, upper]).toEqual(["n95", "w95"]);
  }
});
