// The bounds of forecasts' intervals, by the names of their columns: which two belong together, and at which level.

/** The two columns of an interval, and its level as a share; without one where the names have none. */
export interface Interval {
  lower: string;
  upper: string;
  level?: number;
}

interface Bound {
  name: string;
  side: "lower" | "upper";
  level?: number;
  /** The name without what says the side and the level: those of an interval have it in common. */
  rest: string;
}

const sides = [
  ["lower", /lower|(?<![a-z])(?:lo|low|lwr|lb)(?![a-z])/i],
  ["upper", /upper|(?<![a-z])(?:hi|high|upr|ub)(?![a-z])/i]
] as const;

/** `80`, `95.5` or `0.8` as a share, in the name of a bound. A level below one half is hardly ever meant. */
const levelPattern = /(?<![\d.])(?:0?\.[5-9]\d*|[5-9]\d(?:\.\d+)?)(?![\d.])/;

/** A quantile: `q10`, `p_90`, `quantile 0.1`, or `0.9` alone. */
const quantilePattern =
  /(?<![a-z])(?:q|p|quantile|percentile|pct)[\s_.-]*(\d{1,2}(?:\.\d+)?|\.\d+)(?![\d.])|^(0?\.\d+)$/i;

function boundOf(name: string): Bound | undefined {
  for (const [side, pattern] of sides) {
    if (!pattern.test(name)) continue;
    const rest = name.replace(pattern, "");
    const [level] = levelPattern.exec(rest) ?? [];
    return {
      name,
      side,
      ...(level !== undefined && {level: shareOf(level)}),
      rest: plain(rest.replace(levelPattern, ""))
    };
  }
  const probability = quantileOf(name);
  if (probability === undefined || probability === 0.5) return undefined;
  const level = Math.round(Math.abs(1 - 2 * probability) * 1e6) / 1e6;
  return {
    name,
    side: probability < 0.5 ? "lower" : "upper",
    level,
    rest: plain(name.replace(quantilePattern, ""))
  };
}

/** The probability of the quantile that a column is named by. */
function quantileOf(name: string): number | undefined {
  const [, named, alone] = quantilePattern.exec(name) ?? [];
  const text = named ?? alone;
  return text === undefined || Number(text) === 0 ? undefined : shareOf(text);
}

const shareOf = (text: string) =>
  text.includes(".") && Number(text) < 1 ? Number(text) : Number(text) / 100;

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Whether a column is named as the median of a forecast, such as `q50`. */
export const isMedianName = (name: string): boolean => quantileOf(name) === 0.5;

/** Each two columns that are an interval by their names, in the order of the lower ones. */
export function intervalsOf(names: readonly string[]): Interval[] {
  const bounds = names.flatMap((name) => boundOf(name) ?? []);
  return bounds.flatMap(({name: lower, side, level, rest}) => {
    const other = bounds.find((one) => one.side === "upper" && one.level === level && one.rest === rest);
    return side === "lower" && other ? [{lower, upper: other.name, ...(level !== undefined && {level})}] : [];
  });
}

/** Wider intervals are rarely what somebody plans by. */
const widest = 0.95;

/** The interval that is drawn: one whose names have no level, or else the widest up to 95 %, or the narrowest of wider ones. */
export function chooseInterval(intervals: readonly Interval[]): Interval | undefined {
  const levelOf = ({level = 0}: Interval) => level;
  const [plain] = intervals.filter(({level}) => level === undefined);
  const sorted = intervals.toSorted((a, b) => levelOf(a) - levelOf(b));
  return plain ?? sorted.findLast((one) => levelOf(one) <= widest) ?? sorted[0];
}
