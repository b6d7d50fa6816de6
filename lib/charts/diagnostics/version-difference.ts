// Whether versions are better than a chosen one: the difference of a measure with its interval.
import type {Data} from "../../metrics/column.js";
import {measures, type Measure, type RatioName, type Resampling} from "../../metrics/index.js";
import {byName} from "../../names/by-name.js";
import {comparisonsOf, repeatedRows, type Compared} from "./comparisons.js";
import {comparisonSentence, type Said} from "./comparison-sentence.js";
import {differenceFormat} from "./difference-format.js";
import {highlightOf} from "../emphasis.js";
import {divideOptions, readVersions, type ForecastInput, type MeasureInput} from "./forecast-input.js";
import {namesOf} from "../find-columns.js";
import {levelFormat, locale, numberFormat} from "../format.js";
import {drawable, emptyFrame, inSentence, type FrameOptions} from "../frame.js";
import {methodCaption} from "./method-caption.js";
import {intervalDots, type IntervalDot} from "./interval-dots.js";
import {distinctLabels, isolated} from "../labels.js";
import {twoRows} from "../two-rows.js";
import type {Value} from "../values.js";

/** Options of `versionDifference`: the names of the forecasts' columns, what is compared, and of the figure. */
export interface VersionDifferenceOptions extends ForecastInput, MeasureInput, FrameOptions {
  /** The version that each other one is compared with. Not needed for comparisons that are already computed. */
  against?: string | number | undefined;
  /** The columns that with the time say which forecast a row is; by default those with usual names of a series, origin and horizon. */
  by?: Value[] | undefined;
  /** The measure to compare; by default that of the comparisons, or `"wape"`. For comparisons of losses: "mae" or "mse". */
  measure?: RatioName;
  /** How intervals are computed; see `compare`. Set `block` to at least the horizon. */
  resampling?: Resampling;
  /** The versions in color, before the others in grey. */
  highlight?: Iterable<string> | undefined;
  /** How many versions are drawn at most. */
  limit?: number;
}

/**
 * A chart of how much better or worse each version is than the one `against`, with its interval: the best first. The
 * data is the result of `compare`, `comparePaired` or `compareLosses` of ikigai-kit/metrics; or has a row for each
 * forecast, and the chart compares them.
 */
export function versionDifference(
  data: Data,
  {
    against,
    measure,
    resampling = {},
    by,
    highlight,
    limit = 40,
    width = 640,
    ...rest
  }: VersionDifferenceOptions = {}
): HTMLElement {
  width = drawable(width);
  const {input, others: options} = divideOptions(rest);
  const compared = comparisonsOf(data, {against, measure: measure ?? "wape", resampling, by, input});
  const {label, unit, better} = measures[measure ?? compared[0]?.measure ?? "wape"];
  const name = `Difference of ${label} by version`;
  if (!compared.some(hasValue))
    return emptyFrame(
      {name, width, height: 120, ...options},
      noneText(compared, data, {version: input.version, label}, (versions) =>
        repeatedRows(data, versions, {by, measure: measure ?? "wape", input})
      )
    );
  const all = [...compared].sort(
    (a, b) =>
      Number(hasValue(b)) - Number(hasValue(a)) ||
      (hasValue(a) ? (better === "higher" ? -1 : 1) * (a.difference! - b.difference!) : 0) ||
      byName(String(a.version), String(b.version))
  );
  const shown = all.length > limit + 1 ? all.slice(0, limit) : all;
  const {against: other, confidence = 0.95} = all[0]!;
  const {colors} = highlightOf(rankedWith(String(other), all, better), highlight, options.color);
  const format = differenceFormat(
    unit,
    shown.flatMap(({difference, interval}) => [difference ?? 0, ...(interval ?? [])])
  );
  const said = {label, better, format, confidence};
  return intervalDots(
    shown.map((row) => dotOf(row, said, colors.of)),
    {
      name,
      ariaDescription: descriptionOf(shown, said),
      subtitle: sideText(better, String(other)),
      ...methodCaption(shown),
      ...options,
      label: [`Difference of ${inSentence(label)}`, format.unit].filter(Boolean).join(", "),
      columns: columnsOf(format.unit, confidence),
      tick: format.tick,
      more: all.length - shown.length,
      sure: ["differs by more than chance", "may be chance"],
      interval: `${levelFormat(confidence)} interval`,
      unit: unit === "share" ? 0.01 : 1,
      width
    }
  );
}

const hasValue = ({difference}: Compared) => difference !== null && Number.isFinite(difference);

/** All versions, the best first. The one they are compared with has a color, too, as it has on other charts: else another would have that. */
function rankedWith(against: string, rows: Compared[], better: Measure["better"]): string[] {
  const isBetter = (row: Compared) =>
    hasValue(row) && (better === "higher" ? row.difference! > 0 : row.difference! < 0);
  const count = rows.filter(isBetter).length;
  const names = rows.map(({version}) => String(version)).filter((name) => name !== against);
  return [...names.slice(0, count), against, ...names.slice(count)];
}

/** Whether the difference is more than chance, with as many comparisons as there are. */
const isSure = ({adjusted}: Compared, confidence: number) =>
  adjusted !== null && adjusted <= 1 - confidence + 1e-12;

const columnsOf = (unit: string, confidence: number) => [
  "Version",
  `Difference${unit && ` (${unit})`}`,
  `${levelFormat(confidence)} interval`,
  "p, adjusted",
  "Pairs"
];

function dotOf(row: Compared, {format, confidence}: Said, color: (name: string) => string): IntervalDot {
  const {version, difference, interval, adjusted, pairs} = row;
  const name = String(version);
  const text = hasValue(row) ? format.signed(difference!) : "no value";
  const ends = interval ? `${format.signed(interval[0])} to ${format.signed(interval[1])}` : "";
  return {
    name,
    value: difference ?? NaN,
    lower: interval?.[0] ?? NaN,
    upper: interval?.[1] ?? NaN,
    isSure: isSure(row, confidence),
    color: color(name),
    text,
    cells: [name, text, ends, adjusted === null ? "" : shareOfChance(adjusted), pairs.toLocaleString(locale)]
  };
}

const shareOfChance = numberFormat([0.5]);

const descriptionOf = (rows: Compared[], said: Said) =>
  rows
    .slice(0, 10)
    .map((row) => comparisonSentence(row, {...said, isSure: isSure(row, said.confidence)}))
    .join(" ");

/** Which side of the rule is better. */
function sideText(better: Measure["better"], against: string): string {
  const other = isolated(distinctLabels([against], 240).get(against)!);
  if (better !== "lower" && better !== "higher") return `Compared with ${other}`;
  return `${better === "lower" ? "Below" : "Above"} 0 is better than ${other}`;
}

/** Why nothing is drawn; undefined of data without columns. Throws an Error if forecasts can't be paired, as they are there several times. */
function noneText(
  all: Compared[],
  data: Data,
  {version, label}: {version?: Value | undefined; label: string},
  repeatedOf: (versions: string[]) => [number, number] | undefined
) {
  if (!namesOf(data).length) return undefined;
  const [first] = all;
  if (!first) {
    const [only, ...others] = new Set(readVersions(data, version));
    return only === undefined || others.length
      ? "No forecasts to compare"
      : `Only one version, ${isolated(only)}: it can't be compared`;
  }
  if (all.some(({pairs}) => pairs)) return `No finite values of ${inSentence(label)}`;
  const repeated = all.find((row) => row.repeated);
  if (repeated) {
    const versions = [String(repeated.version), String(first.against)];
    const rows = repeatedOf(versions);
    throw new Error(
      `There are several forecasts of one time by ${versions.map((name) => `"${name}"`).join(" or ")}` +
        `${rows ? `, such as ${twoRows(...rows)}` : ""}, which can't be paired: ` +
        'name all columns that tell them apart, such as {by: ["series", "origin"]}, or leave out rows that are there twice'
    );
  }
  return `No forecasts that "${String(first.against)}" has, too`;
}
