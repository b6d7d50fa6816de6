// A forecast chart's tip at the pointer.
import * as Plot from "@observablehq/plot";
import {dateFormat, type Format} from "./format.js";
import type {ForecastRow} from "./forecast-rows.js";
import {muted} from "./palette.js";
import {tipStyle} from "./series-tip.js";

interface ForecastTip {
  /** Whether there are several series: then the tip is for the nearest one, and names it. */
  several: boolean;
  format: Format<number>;
  timeLabel: string;
}

/** A rule at the pointer, and a tip with all values of its time. The error is in the values' unit: °C has no percentages. */
export function forecastTip(
  rows: ForecastRow[],
  {several, format, timeLabel}: ForecastTip
): Plot.CompoundMark {
  const known = rows.filter((row) => !isNaN(row.actual) || !isNaN(row.forecast));
  const pointer = several ? Plot.pointer : Plot.pointerX;
  const y = (row: ForecastRow) => (isNaN(row.actual) ? row.forecast : row.actual);
  const interval = ({lower, upper}: ForecastRow) =>
    isNaN(lower) || isNaN(upper) ? undefined : `${format(lower)} – ${format(upper)}`;
  const error = ({actual, forecast}: ForecastRow) => {
    const difference = forecast - actual;
    return isNaN(difference) ? undefined : `${difference > 0 ? "+" : ""}${format(difference)}`;
  };
  const time = {value: "time", label: timeLabel} as Plot.ChannelValueSpec;
  return Plot.marks(
    Plot.ruleX(known, pointer({x: "time", ...(several && {py: y}), stroke: muted})),
    Plot.tip(
      known,
      pointer({
        ...tipStyle,
        x: time,
        y,
        channels: {
          ...(several && {Series: "series"}),
          Actual: "actual",
          Forecast: "forecast",
          Interval: interval,
          Error: error
        },
        format: {
          x: dateFormat(rows.map(({time}) => time)),
          y: false,
          ...(several && {Series: true}),
          Actual: format,
          Forecast: format,
          Interval: true,
          Error: true
        }
      })
    )
  );
}
