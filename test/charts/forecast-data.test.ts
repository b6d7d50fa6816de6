// What forecast charts read of data: columns by their usual names, intervals, gaps, cutoffs, and few rows of many.
import {tableFromArrays} from "apache-arrow";
import {describe, expect, it} from "vitest";
import {clippedDomain, clippedSize} from "../../lib/charts/clip.js";
import {cutoffs, lastKnown} from "../../lib/charts/forecast/cutoff.js";
import {findColumn, needColumn} from "../../lib/charts/find-columns.js";
import {forecastData} from "../../lib/charts/forecast/forecast-data.js";
import {readRows} from "../../lib/charts/forecast/forecast-rows.js";
import {numberFormat, numberTick} from "../../lib/charts/format.js";
import {highlightOf} from "../../lib/charts/emphasis.js";
import {checkLevel, findIntervals, pairQuantiles} from "../../lib/charts/forecast/intervals.js";
import {gapsOf} from "../../lib/charts/forecast/steps.js";
import {ranked} from "../../lib/charts/forecast/versions-data.js";
import {zone} from "../../lib/charts/zone.js";

const day = 86_400_000;

describe("columns", () => {
  it("are found by their usual names, in rows, columns and Arrow tables", () => {
    const row = {unique_id: "a", ds: "2024-01-01", y: 1, yhat: 2, yhat_lower: 1, yhat_upper: 3, Model: "ets"};
    const columns = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, [value]]));
    for (const data of [[row], columns, tableFromArrays(columns)]) {
      const roles = ["series", "time", "actual", "forecast", "lower", "upper", "version", "horizon"] as const;
      expect(roles.map((role) => findColumn(data, role))).toEqual([
        "unique_id",
        "ds",
        "y",
        "yhat",
        "yhat_lower",
        "yhat_upper",
        "Model",
        undefined
      ]);
    }
  });

  it("that can't be found are named, with those that there are", () => {
    expect(() => needColumn([{a: 1, b: 2}], "time")).toThrow(
      'The chart needs a column for "time", and none has a usual name for it. There are: a, b. Name it: {time: "a"}'
    );
    expect(() => forecastData([{ds: "2024-01-01", x: 1}], {})).toThrow(
      "The chart needs a column of actual values or forecasts, and none has a usual name for them. There are: ds, x."
    );
  });
});

describe("intervals", () => {
  const found = (...names: string[]) => findIntervals([Object.fromEntries(names.map((name) => [name, 1]))]);

  it("are found by the names that tools give them", () => {
    expect(found("lo80", "hi80", "lo95", "hi95").intervals).toEqual([
      {level: 0.8, lower: "lo80", upper: "hi80"},
      {level: 0.95, lower: "lo95", upper: "hi95"}
    ]);
    expect(found("ets", "ets-lo-95", "ets-hi-95")).toEqual({
      intervals: [{level: 0.95, lower: "ets-lo-95", upper: "ets-hi-95"}],
      forecast: "ets"
    });
    expect(found("lower_97.5", "upper_97.5").intervals).toEqual([
      {level: 0.975, lower: "lower_97.5", upper: "upper_97.5"}
    ]);
    for (const [low, middle, high] of [
      ["q05", "q50", "q95"],
      ["q0.05", "q0.5", "q0.95"],
      ["0.05", "0.5", "0.95"],
      ["p05", "p50", "p95"]
    ] as const)
      expect(found(low, middle, high)).toEqual({
        intervals: [{level: 0.9, lower: low, upper: high}],
        forecast: middle
      });
    expect(found("q1", "q2", "q3", "q4", "10", "90").intervals).toEqual([]); // quarters
  });

  it("of quantiles come in pairs", () => {
    expect(pairQuantiles({0.025: "a", 0.5: "m", 0.975: "b"})).toEqual([
      {level: 0.95, lower: "a", upper: "b"}
    ]);
    expect(() => pairQuantiles({0.05: "a"})).toThrow(
      "The quantile 0.05 has no counterpart: give the quantile 0.95, too"
    );
  });

  it("have a level between 0 and 1", () => {
    expect(() => checkLevel(90)).toThrow("The level is 90: give 0.9");
    expect(() => checkLevel(97.5)).toThrow("give 0.975");
    expect(() => forecastData([{ds: "2024-01-01", y: 1, lower: 0}], {level: 90})).toThrow("give 0.9");
  });

  it("may be open at one end, and are none without a finite end", () => {
    const {rows} = readRows(
      [
        {t: "2024-01-01", f: 1, lo: -Infinity, hi: 2},
        {t: "2024-01-02", f: 1, lo: 0, hi: null},
        {t: "2024-01-03", f: 1, lo: -Infinity, hi: Infinity}
      ],
      {time: "t", actual: undefined, forecast: "f", intervals: [{lower: "lo", upper: "hi"}]}
    );
    expect(rows.map(({intervals}) => intervals[0])).toEqual([
      {lower: -Infinity, upper: 2},
      {lower: 0, upper: Infinity},
      {lower: NaN, upper: NaN}
    ]);
  });
});

describe("a missing row of a regular series is a gap", () => {
  const gaps = (times: (number | string)[], timeZone?: string) => {
    const at = times.map((time) => +new Date(time));
    const isGap = gapsOf(at, zone(timeZone));
    return at.slice(1).flatMap((time, i) => (isGap(at[i]!, time) ? [i] : []));
  };
  const steps = (step: number, ...places: number[]) => places.map((place) => place * step);
  const months = (...places: number[]) => places.map((place) => Date.UTC(2023, place, 1));

  it.each([
    ["hourly", steps(day / 24, 0, 1, 2, 3, 5, 6, 7), [3]],
    ["daily", steps(day, 0, 1, 2, 4, 5, 6), [2]],
    ["weekly", steps(7 * day, 0, 1, 2, 3, 6), [3]],
    ["28-day", steps(28 * day, 0, 1, 2, 3, 4, 6, 7), [4]],
    ["monthly", months(0, 1, 2, 3, 5, 6, 7), [3]],
    ["quarterly", months(0, 3, 6, 9, 15, 18), [3]],
    ["yearly", months(0, 12, 24, 36, 60), [3]],
    ["month-end", ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-06-30", "2023-07-31"], [3]],
    ["of working days", steps(day, 4, 5, 6, 7, 8, 11, 12, 14, 15), [6]], // 1970-01-05 is a Monday
    ["irregular", [0, 1, 5, 7, 20, 21].map((n) => n * day), []],
    ["of three", steps(day, 0, 1, 5), []]
  ])("%s", (_, times, expected) => expect(gaps(times)).toEqual(expected));

  it("days of a zone with daylight saving time", () => {
    const days = ["08", "09", "10", "11", "12", "14", "15"];
    const times = days.map((d) => zone("America/Los_Angeles").instant(Date.parse(`2024-03-${d}`)));
    expect(gaps(times, "America/Los_Angeles")).toEqual([4]);
  });
});

describe("the cutoff", () => {
  const row = (day: number, actual: number, forecast: number, bounded = false) => ({
    time: new Date(Date.UTC(2024, 0, day)),
    series: "",
    actual,
    forecast,
    intervals: [bounded ? {lower: 0, upper: 1} : {lower: NaN, upper: NaN}]
  });
  it("is not fooled by fitted values beside actual ones", () => {
    const fitted = [row(1, 1, NaN), row(2, 1, 1), row(3, 1, 1), row(4, 1, 1), row(5, NaN, 1), row(6, NaN, 1)];
    expect(lastKnown(fitted)?.getUTCDate()).toBe(4);
    const backtest = [row(1, 1, NaN), row(2, 1, 1), row(3, 1, 1), row(4, NaN, 1), row(5, NaN, 1)];
    expect(lastKnown(backtest)?.getUTCDate()).toBe(1);
    const bounded = [row(1, 1, 1), row(2, 1, 1), row(3, 1, 1, true), row(4, NaN, 1, true)];
    expect(lastKnown(bounded)?.getUTCDate()).toBe(2);
  });
  it("is the last actual value up to the forecasts' origin, and none of forecasts of several origins", () => {
    const rows = [row(1, 1, NaN), row(2, 1, NaN), row(3, 1, 1), row(4, 1, 1), row(5, NaN, 1)];
    expect(lastKnown(rows, Date.UTC(2024, 0, 3, 12))?.getUTCDate()).toBe(3);
    expect(lastKnown(rows, Date.UTC(2023, 11, 31))).toBeUndefined();
    expect(lastKnown(rows, null)).toBeUndefined();
  });
  it.each([
    ["one origin", ["2024-01-03", "2024-01-03"], [["a", Date.UTC(2024, 0, 3)]]],
    ["several origins", ["2024-01-03", "2024-01-04"], [["a", null]]],
    ["an origin that is missing", ["2024-01-03", null], []],
    ["names of editions", ["spring", "autumn"], []]
  ])("is read of %s", (_, made, origins) => {
    const data = [
      {month: "2024-01-03", actual: 1, series: "a", origin: null},
      ...made.map((origin, i) => ({month: `2024-01-0${i + 4}`, forecast: 1, series: "a", origin}))
    ];
    const columns = {time: "month", actual: "actual", forecast: "forecast", series: "series"};
    expect([...readRows(data, {...columns, origin: "origin"}).origins]).toEqual(origins);
    expect([...readRows(data, columns).origins]).toEqual([]);
  });
  it.each([
    ["the first steps", [1, 2, 3], 3],
    ["later steps", [2, 3, 4], 2],
    ["steps of two", [4, 6, 8], 2],
    ["one later step", [2], undefined],
    ["rolling forecasts of one step", [1, 1, 1], null],
    ["two origins", [1, 2, 1], null],
    ["steps from zero", [0, 1, 2], undefined],
    ["one without a horizon", [1, null, 3], undefined],
    ["texts", ["near", "far"], undefined]
  ])("is read of the horizons of %s", (_, horizons, expected) => {
    const month = (i: number) => new Date(Date.UTC(2024, i - 1, 1));
    const data = [
      ...[1, 2, 3].map((i) => ({month: month(i), actual: i, forecast: null, horizon: null})),
      ...horizons.map((horizon, i) => ({month: month(i + 4), actual: null, forecast: 1, horizon}))
    ];
    const {rows, origins} = forecastData(data, {});
    const known = origins.has("") ? origins.get("") : undefined;
    expect(known == null ? known : Number(lastKnown(rows, known)!.getUTCMonth()) + 1).toBe(expected);
  });
  it.each([
    ["working days", (i: number) => Date.UTC(2024, 0, 1) + (i + 2 * Math.floor(i / 5)) * day],
    ["months", (i: number) => Date.UTC(2022, i, 1)],
    ["last days of months", (i: number) => Date.UTC(2022, i, 0)],
    ["days", (i: number) => Date.UTC(2022, 0, i)]
  ])("is read of the horizons of %s, however far ahead", (_, at) => {
    for (let origin = 3; origin < 10; ++origin)
      for (let lead = 1; lead < 9; ++lead)
        for (let count = 2; count < 8; ++count) {
          const data = Array.from({length: origin + lead + count}, (_, i) => {
            const horizon = i < origin + lead ? null : i - origin;
            return {time: new Date(at(i)), actual: 1, forecast: horizon && 1, horizon};
          });
          const {rows, origins} = forecastData(data, {});
          expect(lastKnown(rows, origins.get("")), `${origin} + ${lead}, ${count}`).toEqual(
            new Date(at(origin))
          );
        }
  });
  it("isn't read of the numbers of rows", () => {
    const data = [1, 2, 3, 4, 5, 6].map((step) => ({
      month: new Date(Date.UTC(2024, step, 1)),
      actual: step < 4 ? 1 : null,
      forecast: step < 4 ? null : 1,
      step
    }));
    const {rows, origins} = forecastData(data, {});
    expect(lastKnown(rows, origins.get(""))).toEqual(data[2]!.month);
  });
  it.each([
    ["goes on for more steps", {step: 1, known: 4}, "2024-04-01"],
    ["ends so many steps", {step: 2, known: 4}, "several origins"],
    ["has none", {step: 1, known: 0}, "several origins"]
  ])(
    "isn't read of a step that all rows have if a series %s after its last actual value",
    (_, {step, known}, expected) => {
      const data = [0, 1, 2, 3, 4, 5].map((i) => ({
        month: new Date(Date.UTC(2024, i, 1)),
        actual: i < known ? 1 : null,
        forecast: 1,
        step
      }));
      const {rows, origins} = forecastData(data, {});
      const origin = origins.get("");
      expect(origin === null ? "several origins" : lastKnown(rows, origin)?.toISOString().slice(0, 10)).toBe(
        expected
      );
    }
  );
  it("is none where the data starts after the horizons' origin", () => {
    const data = [1, 2, 3, 4].map((i) => ({
      time: new Date(Date.UTC(2024, i, 1)),
      actual: i,
      forecast: i > 2 ? 1 : null,
      horizon: i > 2 ? i + 3 : null
    }));
    const {rows, origins} = forecastData(data, {});
    expect(lastKnown(rows, origins.get(""))).toBeUndefined();
  });
  it("is read of horizons where the column of origins has names", () => {
    const data = [1, 2, 3].map((i) => ({
      month: `2024-0${i}-01`,
      actual: 1,
      forecast: i > 1 ? 1 : null,
      origin: "spring",
      horizon: i > 1 ? i - 1 : null
    }));
    const {rows, origins} = forecastData(data, {});
    expect(lastKnown(rows, origins.get(""))).toEqual(new Date("2024-01-01"));
  });
  it("is each series' own", () => {
    const rows = [
      ...[row(1, 1, NaN), row(2, NaN, 1)].map((r) => ({...r, series: "a"})),
      ...[row(1, 1, NaN), row(2, 1, NaN), row(3, NaN, 1)].map((r) => ({...r, series: "b"}))
    ];
    const days = (known: Map<string, Date>) => Array.from(known, ([name, at]) => [name, at.getUTCDate()]);
    expect(days(cutoffs(rows, undefined))).toEqual([
      ["a", 1],
      ["b", 2]
    ]);
    expect(days(cutoffs(rows, {b: "2024-01-03"}))).toEqual([
      ["a", 1],
      ["b", 3]
    ]);
    expect(() => cutoffs(rows, "soon")).toThrow('The cutoff is "soon": give it a date');
  });
});

describe("numbers", () => {
  it.each([
    [143_093_000, "143.1 million"],
    [1_234_567, "1.235 million"],
    [-2.5e9, "−2.5 billion"],
    [1.25e-9, "1.25×10⁻⁹"],
    [3e17, "300×10¹⁵"],
    [1.5e16, "15.0×10¹⁵"],
    [143_093, "143,093"],
    [0, "0"]
  ])("%s reads %s", (value, expected) => expect(numberFormat([value])(value)).toBe(expected));

  it("that are larger than those that the format is for have a power of their own", () => {
    const format = numberFormat([1e-4]);
    expect([1e-4, 2e-5, -5e-2].map(format)).toEqual(["100×10⁻⁶", "20×10⁻⁶", "−50.0×10⁻³"]);
  });

  it("that are small have the same power of ten, and the digits of the largest", () => {
    const all = [1e-9, -5e-10, 1e-12, 0];
    expect(all.map(numberFormat(all))).toEqual(["1.00×10⁻⁹", "−0.50×10⁻⁹", "0.00×10⁻⁹", "0"]);
    expect([5e-10, 2e-11].map(numberFormat([5e-10]))).toEqual(["500×10⁻¹²", "20×10⁻¹²"]);
  });
  it("are as short as on an axis where they stand on one", () => {
    expect([5e11, 1.075e12, 999].map(numberFormat([1.5], {isShort: true}))).toEqual([
      "500B",
      "1.075T",
      "999.00"
    ]);
  });

  const ticks = (...values: number[]) => values.map((value) => numberTick(value, 0, values));
  it("of an axis are short, differ, and have a true minus", () => {
    expect(ticks(0, 0.5e-9, 1e-9)).toEqual(["0", "0.5×10⁻⁹", "1.0×10⁻⁹"]);
    expect(ticks(-1e12, -5e11, 0)).toEqual(["−1.0T", "−0.5T", "0"]);
    expect(ticks(140e6, 140.5e6)).toEqual(["140.0M", "140.5M"]);
    expect(ticks(0, 1, 100, 10_000, 1e6)).toEqual(["0", "1", "100", "10,000", "1M"]);
  });
});

it("outliers end up beyond the axis, and nothing else does", () => {
  const values = Array.from({length: 100}, (_, i) => i);
  expect(clippedDomain(values, true)).toBeUndefined();
  const [low, high] = clippedDomain([...values, 1e6], true)!;
  expect([low, high > 99, high < 200]).toEqual([0, true, true]);
  expect(clippedDomain([...values, 1e6], {quantile: 0.9})![1]).toBeLessThan(100);
  expect(() => clippedDomain(values, {quantile: 99})).toThrow(
    "The clip's quantile is 99: give one between 0.5 and 1"
  );
});

it("an error far larger than the others is drawn at the end, and a number says where that is", () => {
  expect(clippedSize([0.1, 0.12, 0.13, 0.3], true)).toBe(Infinity);
  const most = clippedSize([-0.1, 0.12, 0.13, -9], true);
  expect([most > 0.13, most < 0.2]).toEqual([true, true]);
  expect(clippedSize([0.1, 9], true)).toBe(Infinity);
  expect(clippedSize([0.1, 9], 0.5)).toBe(0.5);
  expect(clippedDomain([-3, 0, 9], 5)).toEqual([-3, 5]);
  expect(clippedDomain([7, 8, 9], 5)).toEqual([0, 5]);
  expect(() => clippedSize([1], 0)).toThrow("The clip is 0: give it a number above zero, or true");
});

it("of many versions the best are highlighted, else the last by name", () => {
  const actual = new Map([[1, 10]]);
  const lines = new Map(Array.from({length: 12}, (_, i) => [`v${i}`, new Map([[1, 10 + i]])]));
  const shown = (known: Map<number, number>) => highlightOf(ranked(lines, known), undefined).main;
  expect(shown(new Map())).toEqual(["v7", "v8", "v9", "v10", "v11"]);
  expect(shown(actual)).toEqual(["v0", "v1", "v2", "v3", "v4"]);
});

it("of a million rows those that can be seen are kept", () => {
  const data = Array.from({length: 1_000_000}, (_, i) => ({
    ds: new Date(i * 60_000),
    y: i === 123_456 ? 99 : i === 765_432 ? -99 : Math.sin(i / 1e5)
  }));
  const {rows} = forecastData(data, {}, {width: 640});
  expect(rows.length).toBeLessThan(640 * 10);
  const actual = rows.map((row) => row.actual);
  expect([Math.min(...actual), Math.max(...actual)]).toEqual([-99, 99]);
  expect(rows.every(({time, actual}) => actual === data[+time / 60_000]!.y)).toBe(true);
});
