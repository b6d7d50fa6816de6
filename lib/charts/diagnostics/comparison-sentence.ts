// A comparison of two versions as a sentence.
import type {Comparison, Measure} from "../../metrics/index.js";
import type {DifferenceFormat} from "./difference-format.js";
import {levelFormat, locale} from "../format.js";
import {inSentence} from "../frame.js";
import {isolated} from "../labels.js";

/** What the sentence says of the measure. */
export interface Said extends Pick<Measure, "label" | "better"> {
  format: DifferenceFormat;
  confidence: number;
}

/** "ets is better than mstl by 0.04 points of weighted MAPE; 95% interval 0.01 to 0.07; 1,200 pairs." */
export function comparisonSentence(
  {
    version,
    against,
    difference,
    interval,
    pairs
  }: Pick<Comparison, "difference" | "interval" | "pairs" | "against"> & {version: unknown},
  {label, better, format, confidence, isSure}: Said & {isSure: boolean}
): string {
  const [one, other] = [isolated(String(version)), isolated(String(against))];
  const count = `${pairs.toLocaleString(locale)} ${pairs === 1 ? "pair" : "pairs"}`;
  if (difference === null) return `${one} and ${other} have no values to compare; ${count}.`;
  if (!difference) return `${one} is as good as ${other}; ${count}.`;
  const sign = difference < 0 ? -1 : 1;
  const ends = interval?.map((end) => end * sign).sort((a, b) => a - b);
  const end = (value: number) => (value < 0 ? format.signed(value) : format.size(value));
  const kind =
    better === "lower" || better === "higher"
      ? (better === "lower") === difference < 0
        ? "better than"
        : "worse than"
      : difference < 0
        ? "below"
        : "above";
  const amount = `${format.size(difference)} ${format.unit ? `${format.unit} of` : "in"} ${inSentence(label)}`;
  const known = ends ? `; ${levelFormat(confidence)} interval ${end(ends[0]!)} to ${end(ends[1]!)}` : "";
  return `${one} is ${kind} ${other} by ${amount}${isSure ? "" : ", which may be chance"}${known}; ${count}.`;
}
