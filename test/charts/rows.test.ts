// How charts make their rows from the data: forecasts in order, measures by group, what is refused, and how it all reads.
import {tableFromArrays, tableFromIPC, tableToIPC} from "apache-arrow";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {spread} from "../../lib/charts/end-labels.js";
import {betterFirst, description, errorRows} from "../../lib/charts/errors/errors.js";
import {readRows} from "../../lib/charts/forecast/forecast-rows.js";
import {lastKnown} from "../../lib/charts/forecast/cutoff.js";
import {dateFormat} from "../../lib/charts/date-format.js";
import {measureTick, numberFormat, percentFormat} from "../../lib/charts/format.js";
import {slices} from "../../lib/charts/series-tip.js";
import {measures, wape, type Measure} from "../../lib/metrics/index.js";
import {setFiles} from "../../lib/tabular/files-of.js";
import {sampleForecasts} from "./sample-forecasts.js";

const columns = {time: "month", actual: "actual", forecast: "forecast"};
const rowsOf = (...read: Parameters<typeof readRows>) => readRows(...read).rows;

describe("the rows of a forecast chart", () => {
  it("puts rows in order of time, with NaN for what isn't known", () => {
    const rows = rowsOf(
      [
        {month: "2015-02-01", forecast: 3, lower: 2, upper: 4},
        {month: "2015-01-01", actual: 1, forecast: null},
        {month: null, actual: 9}
      ],
      {...columns, intervals: [{lower: "lower", upper: "upper"}]}
    );
    expect(rows).toEqual([
      {
        time: new Date("2015-01-01"),
        series: "",
        actual: 1,
        forecast: NaN,
        intervals: [{lower: NaN, upper: NaN}]
      },
      {time: new Date("2015-02-01"), series: "", actual: NaN, forecast: 3, intervals: [{lower: 2, upper: 4}]}
    ]);
  });

  it("reads rows, columns and Arrow tables alike", () => {
    const month = [new Date("2015-01-01"), new Date("2015-02-01")];
    const data = {month, actual: [1, 2], forecast: [NaN, 3]};
    const arrow = tableFromArrays({...data, actual: BigInt64Array.of(1n, 2n)});
    const expected = rowsOf(data, columns);
    expect(rowsOf(arrow, columns)).toEqual(expected);
    expect(rowsOf(tableFromIPC(tableToIPC(arrow)), columns)).toEqual(expected);
    expect(rowsOf(arrow.toArray() as object[], columns)).toEqual(expected);
    expect(
      rowsOf(
        month.map((at, i) => ({at, y: i + 1, f: data.forecast[i]})),
        {time: ({at}) => at, actual: "y", forecast: ({f}) => f}
      )
    ).toEqual(expected);
  });

  it("refuses what a line can't be drawn through, and says how to fix it", () => {
    const rows = sampleForecasts();
    const [first, second] = rows.flatMap(({month}, i) => (+month === Date.UTC(2014, 0, 1) ? [i + 1] : []));
    expect(() => rowsOf(rows, columns)).toThrow(
      `There are several rows for month 2014-01-01, such as rows ${first} and ${second}: choose one origin, horizon or version, or name the column that distinguishes them as "series"`
    );
    expect(() => rowsOf(rows, {...columns, series: "sector"})).toThrow(
      /for month 2014-01-01 and sector "Construction", such as rows \d+ and \d+: choose one origin or horizon, or leave out rows/
    );
  });

  it("names a column that isn't there, and those that are", () => {
    expect(() => rowsOf([{month: "2015-01-01", y: 1}], columns)).toThrow(
      'There is no column "actual". There are: month, y.'
    );
    expect(() => rowsOf([{month: "soon", actual: 1, forecast: 1}], columns)).toThrow(
      'Column "month" holds "soon" in row 1, which is not a date'
    );
    expect(() => rowsOf([{month: 0, actual: "1", forecast: 1}], columns)).toThrow(
      'Column "actual" holds the text "1" in row 1'
    );
    expect(rowsOf([], columns)).toEqual([]);
  });
});

describe("rows whose files are known", () => {
  it("are named with them in every error", () => {
    const table = tableFromArrays({
      month: ["2014-01-01", "2014-01-01"],
      actual: [1, 2],
      forecast: [1, 2],
      version: ["a", "a"],
      bad: ["soon", "x"]
    });
    setFiles(table, ["data/forecast.parquet", "data/history.arrow"]);
    const files = "in data/forecast.parquet and data/history.arrow";
    const columns = {time: "month", actual: "actual", forecast: "forecast"};
    const rowsOf = (...read: Parameters<typeof readRows>) => readRows(...read).rows;
    expect(() => rowsOf(table, {...columns, time: "week"})).toThrow(
      `There is no column "week" ${files}. There are: month, actual`
    );
    expect(() => rowsOf(table, {...columns, time: "bad"})).toThrow(`Column "bad" ${files} holds "soon"`);
    expect(() => rowsOf(table, {...columns, actual: "bad"})).toThrow(
      `Column "bad" ${files} holds the text "soon" in row 1`
    );
    expect(() => rowsOf(table, columns)).toThrow(`There are several rows ${files} for month 2014-01-01`);
    expect(() => errorRows(table, {version: ["a", "a"]}, {value: "actual"})).toThrow(
      `There are several rows ${files} for a`
    );
    expect(() => errorRows(table, {}, {actual: "y"})).toThrow(`There is no column "y" ${files}`);
  });
});

describe("lastKnown", () => {
  const row = (month: number, actual: number, forecast: number) => ({
    time: new Date(Date.UTC(2015, month)),
    series: "",
    actual,
    forecast,
    intervals: []
  });
  it("is the last time with an actual value before the first forecast", () => {
    expect(lastKnown([row(0, 1, NaN), row(1, 2, NaN), row(2, 3, 3), row(3, NaN, 3)])).toEqual(
      new Date(Date.UTC(2015, 1))
    );
    expect(lastKnown([row(0, 1, 1), row(1, 2, 2)])).toBeUndefined();
    expect(lastKnown([row(0, 1, NaN)])).toBeUndefined();
  });
});

describe("errorRows", () => {
  const rows = sampleForecasts();
  const version = rows.map((row) => row.version!);

  it("computes a measure by version and another column", () => {
    const result = errorRows(rows, {version, group: rows.map((row) => row.sector)}, {measure: "wape"});
    expect(result).toHaveLength(6);
    for (const {version, group, value} of result)
      expect(value).toBe(wape(rows.filter((row) => row.version === version && row.sector === group)));
  });

  it("reads columns of other names, functions, and one scale for all", () => {
    const renamed = rows.map(({actual, forecast, version}) => ({y: actual, yhat: forecast, version}));
    const [first] = errorRows(
      renamed,
      {version},
      {measure: "mase", actual: "y", forecast: ({yhat}) => yhat, scale: 20}
    );
    expect(first!.value).toBeCloseTo(
      measures.mae(rows.filter((row) => row.version === first!.version))! / 20
    );
  });

  it("takes a measure that SQL computed, of one row each", () => {
    const given = [
      {version: "a", wape: 0.1},
      {version: "b", wape: null}
    ];
    expect(errorRows(given, {version: ["a", "b"]}, {value: "wape"})).toEqual([
      {version: "a", group: "", value: 0.1},
      {version: "b", group: "", value: NaN}
    ]);
    expect(() => errorRows(given, {version: ["a", "a"]}, {value: "wape"})).toThrow(
      'There are several rows for a, such as rows 1 and 2: give one for each, or leave out "value" to have the Weighted MAPE computed'
    );
    const pinball = {label: "Pinball loss", unit: "values", better: "lower"} as const;
    expect(() => errorRows(given, {}, {measure: pinball})).toThrow(
      'Name the column that holds the Pinball loss, as "value"'
    );
  });

  it("has NaN for groups with nothing to measure, and for what isn't finite", () => {
    const none = [{version: "a", group: "", value: NaN}];
    expect(errorRows([{actual: null, forecast: 1}], {version: ["a"]}, {})).toEqual(none);
    expect(errorRows([{actual: 0, forecast: 1}], {version: ["a"]}, {measure: "mape"})).toEqual(none);
    expect(errorRows([{mape: Infinity}], {version: ["a"]}, {value: "mape"})).toEqual(none);
    expect(errorRows([], {version: []}, {})).toEqual([]);
  });

  it("are of a measure that there is", () => {
    expect(() => description("accuracy" as never)).toThrow(
      '"accuracy" is not a measure. The measures are mape, smape, wape'
    );
  });

  it("gives a measure its level, one number for all rows", () => {
    const rows = [{version: "ets", actual: 10, lower: 11, upper: 12}];
    const found = errorRows(rows, {version: ["ets"]}, {measure: "intervalScore", level: 0.9});
    expect(found).toMatchObject([{version: "ets", value: expect.closeTo(21) as number}]);
  });

  it("sorts by merit: low errors, biases near zero, coverage near its target", () => {
    const sorted = (values: number[], better: Measure["better"], reference?: number) =>
      values
        .map((value) => ({version: "", group: "", value}))
        .sort(betterFirst({label: "", unit: "share", better}, reference))
        .map(({value}) => value);
    expect(sorted([3, 1, 2], "lower")).toEqual([1, 2, 3]);
    expect(sorted([3, -1, 2], "higher")).toEqual([3, 2, -1]);
    expect(sorted([3, -1, 2], "nearer to zero")).toEqual([-1, 2, 3]);
    expect(sorted([0.99, 0.5, 0.88], undefined, 0.9)).toEqual([0.88, 0.99, 0.5]);
    expect(sorted([3, 1], undefined)).toEqual([3, 1]);
    expect(sorted([NaN, 3, NaN, 0], "lower")).toEqual([0, 3, NaN, NaN]);
    expect(sorted([NaN, 3], undefined)).toEqual([3, NaN]);
  });
});

describe("formats", () => {
  it("give numbers as many digits as their size needs", () => {
    const format = (...values: number[]) => values.map(numberFormat(values));
    expect(format(7601.2, 98.76)).toEqual(["7,601", "99"]);
    expect(format(15.26, -0.04)).toEqual(["15.3", "0.0"]);
    expect(format(0.0421, 0.5)).toEqual(["0.042", "0.500"]);
    expect(format(-3, 12)).toEqual(["−3", "12"]);
    expect(format(0)).toEqual(["0"]);
    expect(percentFormat([0.042])(0.04213)).toBe("4.21%");
    expect(percentFormat([0.42])(-0.42135)).toBe("−42.1%");
  });

  it("give all ticks of an axis the same digits", () => {
    const ticks = (unit: "share" | "values", values: number[]) =>
      values.map((v) => measureTick(unit)(v, 0, values));
    expect(ticks("share", [0, 0.005, 0.01])).toEqual(["0.0%", "0.5%", "1.0%"]);
    expect(ticks("share", [0, 0.1])).toEqual(["0%", "10%"]);
    expect(ticks("values", [0, 2000])).toEqual(["0", "2,000"]);
  });

  it("give dates as exactly as the data has them", () => {
    const format = (...dates: string[]) =>
      dateFormat(dates.map((date) => new Date(date)))(new Date(dates[0]!));
    expect(format("2014-01-01", "2015-01-01")).toBe("2014");
    expect(format("2014-01-01", "2014-02-01")).toBe("Jan 2014");
    expect(format("2014-01-01")).toBe("Jan 2014");
    expect(format("2014-01-01", "2014-01-01")).toBe("Jan 2014"); // of two series
    expect(format("2014-01-05", "2014-01-06")).toBe("Jan 5, 2014");
    expect(format("2014-01-05T10:30Z", "2014-01-06T00:00Z")).toBe("Jan 5, 2014, 10:30");
  });
});

describe("labels at the ends of lines", () => {
  it("stay where they are wanted if they have room", () => {
    expect(spread([10, 50, 90], 14)).toEqual([10, 50, 90]);
    expect(spread([50, 51], 14)).toEqual([43.5, 57.5]);
  });

  it("stay between the ends, also if many are wanted at one", () => {
    expect(spread([0, 100], 14, [7, 93])).toEqual([7, 93]);
    expect(spread([100, 100, 100], 14, [7, 93])).toEqual([65, 79, 93]);
    expect(spread([5, 5, 5], 14, [7, 93])).toEqual([7, 21, 35]);
    expect(spread([50, 50, 50], 14, [7, 30])).toEqual([7, 21, 35]); // too many: the first end holds
  });

  it("are never nearer than the gap, and keep their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({min: 0, max: 300, noNaN: true}), {maxLength: 12}), (wanted) => {
        const placed = spread(wanted, 14, [7, 293]);
        expect(placed.every((place) => place >= 7 && place <= 293)).toBe(true);
        const order = wanted.map((_, i) => i).sort((i, j) => placed[i]! - placed[j]!);
        for (const [k, i] of order.slice(1).entries()) {
          expect(placed[i]! - placed[order[k]!]!).toBeGreaterThanOrEqual(14 - 1e-9);
          expect(wanted[i]).toBeGreaterThanOrEqual(wanted[order[k]!]!);
        }
      })
    );
  });
});

it("slices gather what the series have at each position", () => {
  const at = new Date("2015-01-01");
  expect(
    slices([
      {at, name: "a", value: 1},
      {at: new Date(at), name: "b", value: 2},
      {at: new Date(0), name: "a", value: NaN}
    ])
  ).toEqual([
    {
      at,
      values: new Map([
        ["a", 1],
        ["b", 2]
      ])
    }
  ]);
});
