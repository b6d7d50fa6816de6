// Formats of numbers in charts: no more digits than they need.
import type {Measure} from "../metrics/index.js";

/** Formats a value in a chart, such as `(value) => value.toFixed(1)`. */
export type Format<T> = (value: T) => string;

export const locale = "en-US";

/**
 * A format for these numbers that distinguishes values a thousandth of the largest apart, with thousands separated: "7,601"
 * for employees, "0.042" for ratios. Where digits would be too many it has words, or as short as on an axis "143.1M", or powers, of which
 * small numbers share one: "1.25×10⁻⁹", "0.50×10⁻⁹".
 */
export function numberFormat(values: Iterable<number>, {isShort = false} = {}): Format<number> {
  let [largest, whole] = [0, true];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    whole &&= Number.isInteger(value);
  }
  const digits = whole || !largest ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(largest))));
  const tiny = largest > 0 && largest < least;
  const plain = fixed(digits, {});
  const large = isShort ? signs : words;
  return (value) => {
    if (!Number.isFinite(value)) return infinite(value);
    const size = Math.abs(value);
    if (size >= most) return powerOf(value, size);
    if (tiny) return value ? powerOf(value, Math.max(size, largest)) : "0";
    return size >= million ? large(value) : plain(value);
  };
}

/** With the power of ten, and as many digits, as a number of this size needs. */
function powerOf(value: number, size: number): string {
  const exponent = engineering(size);
  return power(value, exponent, Math.max(0, 2 - Math.floor(Math.log10(size) - exponent + 1e-12)));
}

const million = 1e6;
/** Beyond these, a power of ten reads better than digits and words. */
const [least, most] = [1e-3, 1e15];

const infinite = (value: number) => (isNaN(value) ? "–" : value > 0 ? "∞" : "−∞");

/** Shares as percentages: "42.1%" and, where they are small, "4.21%". */
export function percentFormat(values: Iterable<number>): Format<number> {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return fixed(largest < 0.1 ? 2 : largest < 1 ? 1 : 0, {style: "percent"});
}

/** The level of an interval, with no digits that it doesn't have: "90%", "97.5%". */
export const levelFormat = text({style: "percent", maximumFractionDigits: 3});

/** The format of a measure's values. */
export function measureFormat(
  unit: Measure["unit"],
  values: Iterable<number>,
  options?: {isShort: boolean}
): Format<number> {
  return unit === "share" ? percentFormat(values) : numberFormat(values, options);
}

/** The format of an axis's tick, which sees all of the axis. */
export type TickFormat = (value: number, index?: number, ticks?: Iterable<number>) => string;

/** The format of the ticks of a measure's axis. */
export function measureTick(unit: Measure["unit"]): TickFormat {
  return unit === "share" ? shareTick : numberTick;
}

const shareTick: TickFormat = (value, _, ticks = [value]) =>
  fixed(mostDecimals(ticks, 0.01), {style: "percent"})(value);

/**
 * A number on an axis: all with as many digits as the one that needs most, and in the same unit: "0", "0.5M", "1.0M", or
 * "0.5×10⁻⁹". The ticks of a logarithmic axis differ too much for that, so each is on its own.
 */
export const numberTick: TickFormat = (value, _, all = [value]) => {
  const sizes = Array.from(all, Math.abs).filter((size) => size > 0);
  const [low, high] = [
    sizes.reduce((a, b) => Math.min(a, b), Infinity),
    sizes.reduce((a, b) => Math.max(a, b), 0)
  ];
  const ticks = low > 0 && high / low >= 1e4 ? [value] : Array.from(all);
  const largest = ticks === all ? high : ticks.reduce((max, tick) => Math.max(max, Math.abs(tick)), 0);
  if (!value) return "0";
  if (largest >= most || largest < least) {
    const exponent = engineering(largest);
    return power(value, exponent, mostDecimals(ticks, 10 ** exponent));
  }
  const {size, sign} = scales.find(({size}) => largest >= size) ?? {size: 1, sign: ""};
  return fixed(mostDecimals(ticks, size), {})(value / size) + sign;
};

const scales = [
  {size: 1e12, sign: "T"},
  {size: 1e9, sign: "B"},
  {size: 1e6, sign: "M"}
];

/** How many digits behind the point the numbers need in this unit. */
const mostDecimals = (numbers: Iterable<number>, unit: number): number =>
  Array.from(numbers, (number) => decimals(number / unit)).reduce((a, b) => Math.max(a, b), 0);

function decimals(value: number): number {
  const digits = [0, 1, 2, 3, 4, 5].find((n) => Math.abs(value - +value.toFixed(n)) < 1e-9);
  return digits ?? 6;
}

function fixed(digits: number, options: Intl.NumberFormatOptions): Format<number> {
  return text({...options, minimumFractionDigits: digits, maximumFractionDigits: digits});
}

/** Four digits, and the power of a thousand as a word, "143.1 million", or as a letter. */
const [words, signs] = (["long", "short"] as const).map((compactDisplay) =>
  text({notation: "compact", compactDisplay, maximumSignificantDigits: 4})
) as [Format<number>, Format<number>];

/** The exponent of the largest power of a thousand that isn't larger. */
const engineering = (size: number) => 3 * Math.floor(Math.log10(size) / 3 + 1e-12);

function power(value: number, exponent: number, digits: number): string {
  // Divided by a power, since 10 ** -9 is not exact.
  const mantissa = exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent;
  return `${fixed(digits, {})(mantissa)}${timesPower(exponent)}`;
}

/** A power of ten behind a number: "×10⁻⁹". */
export const timesPower = (exponent: number): string =>
  `×10${Array.from(`${exponent}`, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")}`;

/** Numbers with all of their digits; their thousands are separated if that is asked for. */
export const exactFormat = ({useGrouping}: {useGrouping: boolean}): Format<number> =>
  text({useGrouping, maximumSignificantDigits: 17});

function text(options: Intl.NumberFormatOptions): Format<number> {
  const number = new Intl.NumberFormat(locale, {...options, signDisplay: "negative"}); // which knows no "-0"
  return (value) => number.format(value).replace("-", "−");
}
