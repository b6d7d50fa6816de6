// How residuals are distributed.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {histogram, type Bin} from "../../metrics/index.js";
import {axisOfValues, extent} from "../axes.js";
import {middleOf, ticksOf, widened} from "../bins.js";
import {numberTexts, type BinTexts} from "../data/bin-texts.js";
import {locale, numberTick} from "../format.js";
import {drawable, emptyFrame, frame, room, valueAxis, wholeTicks} from "../frame.js";
import {curveOf, deviationOf, meanOf} from "./normal-curve.js";
import {strokeOf} from "../forecast/forecast-mark.js";
import {muted} from "../palette.js";
import {
  checkOneVersion,
  divideInput,
  noResiduals,
  residualColumns,
  type ResidualColumns,
  type ResidualOptions,
  type WithoutColumns
} from "./residual-values.js";
import {tipStyle} from "../series-tip.js";

/** Options of `residualHistogram`. */
export interface ResidualHistogramOptions extends ResidualOptions {
  /** Whether the normal distribution with the same mean and standard deviation is drawn over the bars. */
  normal?: boolean;
}

/**
 * A histogram of the residuals of one version, in its color: of each forecast, actual − forecast. Its bins are those
 * of `histogram`. The data has a row for each forecast; or is the result of `residuals` or `residualsSql`.
 */
export function residualHistogram(data: Data, options: ResidualHistogramOptions = {}): HTMLElement {
  const {input, others} = divideInput(options);
  return histogramOf(residualColumns(data, input), others);
}

/** The same chart of what was read. */
export function histogramOf(
  read: ResidualColumns | undefined,
  {
    timeZone: _,
    normal = false,
    unit,
    width = 640,
    height = Math.round(Math.min(320, Math.max(180, width * 0.4))),
    marks = [],
    ...options
  }: WithoutColumns<ResidualHistogramOptions>
): HTMLElement {
  width = drawable(width);
  const name = "Residuals: histogram";
  const empty = (text?: string) => emptyFrame({name, width, height, ...options}, text);
  if (!read) return empty();
  const {version: versions, residual: values} = read;
  if (!values.length) return empty(noResiduals);
  checkOneVersion(versions, "residualHistogram");
  const fill = strokeOf(versions[0] || undefined, options.color);
  const found = histogram({residual: values}, "residual");
  const bins = widened(found);
  const isWhole = values.every(Number.isInteger);
  const texts = numberTexts(bins, isWhole && bins === found);
  const counts = bins.map(({count}) => count);
  const normalCurve = normal && bins === found ? curveOf(values, bins) : [];
  const marginLeft =
    room([...counts, Math.max(...counts) * 1.2].map((count) => numberTick(Math.ceil(count)))) + 16;
  return frame({
    name,
    ariaDescription: describe(values, bins, texts),
    contents: () => ({
      columns: ["Residual", "Count"],
      rows: bins.map((bin) => ({
        cells: [texts.ofBin(bin), bin.count.toLocaleString(locale)],
        x: middleOf(bin),
        y: bin.count
      }))
    }),
    marginTop: 28,
    marginBottom: 36,
    marginLeft,
    marginRight: 20,
    key:
      normal && normalCurve.length
        ? [{label: "Normal distribution", color: "currentColor", kind: "dashed"}]
        : [],
    ...options,
    width,
    height,
    x: {
      label: `Residual${unit ? ` (${unit})` : ""}`,
      labelArrow: "none",
      labelAnchor: "center",
      tickSize: 0,
      ...ticksOf(bins, isWhole, width - marginLeft),
      ...options.x
    },
    y: {
      label: "Count",
      labelArrow: "none",
      ...valueAxis(height),
      ...axisOfValues([0, ...counts], height),
      ...(wholeTicks(counts) && {ticks: wholeTicks(counts)}),
      ...options.y
    },
    marks: [
      Plot.rectY(bins, {x1: "lower", x2: "upper", y: "count", fill, inset: 0.5}),
      Plot.ruleY([0]),
      Plot.ruleX(bins[0]!.lower <= 0 && bins.at(-1)!.upper >= 0 ? [0] : [], {
        stroke: muted,
        strokeDasharray: "4,3"
      }),
      normalCurve.length
        ? Plot.lineY(normalCurve, {
            x: "x",
            y: "y",
            stroke: "currentColor",
            strokeWidth: 1.5,
            strokeDasharray: "5,4"
          })
        : null,
      Plot.tip(
        bins,
        Plot.pointerX({
          x: middleOf,
          y: "count",
          title: (bin: Bin) => `${texts.ofBin(bin)}\nCount: ${bin.count.toLocaleString(locale)}`,
          ...tipStyle
        })
      ),
      ...marks
    ]
  });
}

function describe(values: number[], bins: Bin[], {ofBin, ofValue}: BinTexts): string {
  const most = bins.reduce((a, b) => (b.count > a.count ? b : a));
  const [low, high] = extent(values)!;
  const spread = values.length > 1 ? `, their standard deviation ${ofValue(deviationOf(values))}` : "";
  return (
    `${values.length.toLocaleString(locale)} residuals from ${ofValue(low)} to ${ofValue(high)}. ` +
    `Their mean is ${ofValue(meanOf(values))}${spread}. Most are from ${ofBin(most)}.`
  );
}
