// The number of forecasts that an accuracy is computed from.
import type {Data} from "./column.js";
import {eachComplete} from "./complete.js";
import {double} from "./measure.js";
import type {Columns, Measure} from "./measure-types.js";

const columnsOf = ({actual = "actual", forecast = "forecast"}: Columns = {}) => [actual, forecast];

/** The number of rows with both an actual value and a forecast. */
export const pairs: Measure = /* @__PURE__ */ Object.assign(
  (data: Data, columns?: Columns) => {
    let count = 0;
    eachComplete(data, columnsOf(columns), () => ++count);
    return count;
  },
  {
    sql(columns?: Columns) {
      const complete = columnsOf(columns).map((name) => `isfinite(${double(name)})`);
      return `count(*) FILTER (WHERE ${complete.join(" AND ")})`;
    },
    label: "Forecasts",
    unit: "count" as const,
    better: undefined,
    reads: ["actual", "forecast"] as const
  }
);
