// Which datasets hold forecasts, and which column is what.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {forecastShape, needsValues} from "../../lib/start/shape.js";
import type {FoundColumn} from "../../lib/start/found.js";

/** `"ds:time y sku:text"`: numbers unless they say otherwise. */
const columns = (text: string): FoundColumn[] =>
  text.split(" ").map((part) => {
    const [name, kind = "number"] = part.split(":") as [string, FoundColumn["kind"] | undefined];
    return {name, kind};
  });
const shape = (text: string) => forecastShape({columns: columns(text)});

describe("by names", () => {
  it.each([
    [
      "month:time sector:text actual forecast lower upper version:text origin:time horizon",
      {
        time: "month",
        actual: "actual",
        forecast: "forecast",
        lower: "lower",
        upper: "upper",
        series: ["sector"],
        facets: [],
        version: "version",
        origin: "origin",
        horizon: "horizon"
      }
    ],
    [
      "ds:time unique_id:text store:text y yhat yhat_lower yhat_upper",
      {
        time: "ds",
        actual: "y",
        forecast: "yhat",
        lower: "yhat_lower",
        upper: "yhat_upper",
        series: ["unique_id"],
        facets: ["store"]
      }
    ],
    [
      "date:time employees forecast",
      {time: "date", actual: "employees", forecast: "forecast", series: [], facets: []}
    ],
    [
      "Week:time SKU:text Units Units_Forecast Price",
      {time: "Week", actual: "Units", forecast: "Units_Forecast", series: ["SKU"], facets: []}
    ],
    [
      "day:time a:text b:text Actual_Sales Predicted_Sales",
      {
        time: "day",
        actual: "Actual_Sales",
        forecast: "Predicted_Sales",
        series: ["a", "b"],
        facets: ["a", "b"]
      }
    ],
    [
      "forecast_date:time target_date:time demand prediction model:text",
      {
        time: "target_date",
        origin: "forecast_date",
        actual: "demand",
        forecast: "prediction",
        version: "model",
        series: [],
        facets: []
      }
    ],
    [
      "when:time value fcst fcst_lo fcst_hi",
      {
        time: "when",
        actual: "value",
        forecast: "fcst",
        lower: "fcst_lo",
        upper: "fcst_hi",
        series: [],
        facets: []
      }
    ]
  ])("%s", (text, expected) => expect(shape(text)).toEqual(expected));

  it.each([
    "date:time temp wind", // measurements
    "actual forecast", // no time
    "date:time forecast", // nothing to compare with
    "date:time forecast a b", // which of the two?
    "start:time end:time actual forecast", // which time?
    "date:time forecast_error actual",
    "date:text actual:text forecast:text"
  ])("no forecasts: %s", (text) => expect(shape(text)).toBeUndefined());

  it("leaves out columns whose names can't stand in a query on one line", () => {
    expect(
      forecastShape({columns: [...columns("ds:time y yhat"), {name: "a\nb", kind: "text"}]})?.series
    ).toEqual([]);
  });

  it("takes any columns", () => {
    const column = fc.record({
      name: fc.string({unit: "binary"}),
      kind: fc.constantFrom("number", "time", "text")
    });
    fc.assert(
      fc.property(fc.array(column as fc.Arbitrary<FoundColumn>), (columns) => {
        const found = forecastShape({columns});
        const names = columns.map(({name}) => name);
        for (const name of Object.values(found ?? {}).flat()) expect(names).toContain(name);
      })
    );
  });
});

describe("by values", () => {
  const unnamed = columns("t:time k:text a b c d other");
  /** Ten days of which the last three are forecast: b of a, between c and d. */
  const rows = ["x", "y"].flatMap((k) =>
    Array.from({length: 30}, (_, i) => ({
      t: new Date(Date.UTC(2024, 0, 1 + i)),
      k,
      a: i < 24 ? 100 + i : null,
      b: i >= 10 ? 101 + i : null,
      c: i >= 10 ? 90 + i : null,
      d: i >= 10 ? 110 + i : null,
      other: i * 1000
    }))
  );

  it("finds a forecast near the actual values that goes on after them, and its interval", () => {
    expect(needsValues({columns: unnamed})).toBe(true);
    expect(forecastShape({columns: unnamed, rows})).toEqual({
      time: "t",
      actual: "a",
      forecast: "b",
      lower: "c",
      upper: "d",
      series: ["k"],
      facets: []
    });
  });

  it("finds none where no column goes on", () => {
    const whole = rows.filter(({a, b}) => a !== null && b !== null);
    expect(forecastShape({columns: unnamed, rows: whole})).toBeUndefined();
  });

  it("isn't needed where names tell, or types can't fit", () => {
    expect(needsValues({columns: columns("ds:time y yhat")})).toBe(false);
    expect(needsValues({columns: columns("t:time a")})).toBe(false);
    expect(needsValues({columns: columns("a b c")})).toBe(false);
  });
});
