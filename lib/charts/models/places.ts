// Where values stand on an axis of their own: numbers by their size, texts one after another.
import {byName} from "../../names/by-name.js";
import {locale, timesPower, type Format} from "../format.js";

/** Beyond this ratio of the largest to the smallest, as of learning rates, places are by the logarithm. */
const logFrom = 1000;

/** A value as text; undefined for one that is missing or not finite. */
export function textOf(value: unknown): string | undefined {
  if (value == null || (typeof value === "number" && !Number.isFinite(value))) return undefined;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === "object" ? JSON.stringify(value) : `${value as string}`;
}

/** A number, or a text that is one, as hyperparameters come from the platform; else undefined. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  const isNumber = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  return isNumber ? Number(value) : undefined;
}

/**
 * The different values in order, as texts and with their places from 0 to 1, and the place of any of them. All numbers, they also have
 * a `number`.
 */
export function placesOf(values: unknown[], formatOf = shortest) {
  const numbers = values.map(numberOf);
  if (values.length && numbers.every((number) => number !== undefined)) {
    const distinct = [...new Set(numbers)].sort((a, b) => a - b);
    const format = formatOf(distinct);
    const scale = scaleOf(distinct);
    const number = (value: unknown) => numberOf(value)!;
    return {
      stops: distinct.map((value) => ({text: format(value), place: scale(value)})),
      place: (value: unknown) => scale(number(value)),
      number
    };
  }
  const distinct = [...new Set(values.map((value) => textOf(value)!))].sort(byName);
  const scale = scaleOf(distinct.map((_, i) => i));
  const rank = new Map(distinct.map((text, i) => [text, scale(i)]));
  return {
    stops: distinct.map((text) => ({text, place: rank.get(text)!})),
    place: (value: unknown) => rank.get(textOf(value)!)!,
    number: undefined
  };
}

/** From the least to the largest of the sorted numbers; a single one stands in the middle. */
function scaleOf(sorted: number[]): (value: number) => number {
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (!(high > low)) return () => 0.5;
  const to = low > 0 && high / low >= logFrom ? Math.log : (value: number) => value;
  return (value) => (to(value) - to(low)) / (to(high) - to(low));
}

/** The fewest digits, at least four, that tell the numbers apart. */
function shortest(numbers: number[]): Format<number> {
  for (let digits = 4; ; ++digits) {
    const format = significant(digits);
    if (digits === 15 || new Set(numbers.map(format)).size === numbers.length) return format;
  }
}

function significant(digits: number): Format<number> {
  const [plain, short, power] = (["standard", "compact", "scientific"] as const).map(
    (notation) => new Intl.NumberFormat(locale, {notation, maximumSignificantDigits: digits})
  ) as [Intl.NumberFormat, Intl.NumberFormat, Intl.NumberFormat];
  return (value) => {
    const size = Math.abs(value);
    const isPower = size > 0 && (size < 1e-4 || size >= 1e15);
    const format = isPower ? power : size >= 1e6 ? short : plain;
    const [number, exponent] = format.format(value).split("E");
    return number!.replace("-", "−") + (exponent === undefined ? "" : timesPower(Number(exponent)));
  };
}
