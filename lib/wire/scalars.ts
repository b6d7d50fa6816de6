// The small values that messages are made of, as the platform writes them: times as strings of epoch seconds, numbers
// now and then as strings, and a blank where nothing is meant.
import * as z from "../zod/index.js";
import type {Codec} from "./message.js";

export const text = z.string();

export const flag = z.boolean();

/** A map whose keys are the user's or the model's own (metrics, arguments, …): nothing inside is renamed. */
export const freeMap = z.record(z.string(), z.unknown());

const isNumeric = (value: unknown): value is string | number =>
  typeof value === "number"
    ? Number.isFinite(value)
    : typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));

const numeric = z.custom<string | number>(isNumeric, "a number");

/** A number; the platform writes 64-bit ones as strings. */
export const number: Codec<number> = z.codec(numeric, z.number(), {decode: Number, encode: (value) => value});

const isEpoch = (value: unknown): value is string | number =>
  isNumeric(value) && Math.abs(Number(value)) <= 8.64e12;

/** A moment: a string of epoch seconds on the wire, a `Date` here. Fractions of a second are dropped when sent. */
export const time: Codec<Date> = z.codec(
  z.custom<string | number>(isEpoch, "a timestamp, a string of epoch seconds"),
  z.date(),
  {
    decode: (value) => new Date(Number(value) * 1000),
    encode: (value) => String(Math.floor(value.getTime() / 1000))
  }
);

/** What protobuf writes for nothing: `""`, `0`, `[]`, `{}`, or a message whose every field is such a blank. */
export function isBlank(value: unknown): boolean {
  if (value == null || value === "" || value === 0 || value === "0" || value === false) return true;
  return typeof value === "object" && Object.values(value).every(isBlank);
}

/** A value that may be missing: `undefined` when it isn't sent, or when what is sent `isNone`. */
export function maybe<Schema extends z.ZodType>(
  schema: Schema,
  isNone: (value: unknown) => boolean = (value) => value == null || value === ""
) {
  return z.codec(z.unknown().optional(), z.optional(schema), {
    decode: (value) => (isNone(value) ? undefined : value) as z.input<Schema> | undefined,
    encode: (value) => value
  });
}

/** The same fields, each of which may be missing. */
export function eachMaybe<Fields extends z.ZodRawShape>(
  fields: Fields
): {[Name in keyof Fields]: z.ZodOptional<Fields[Name]>} {
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [name, maybe(schema as z.ZodType)])
  ) as never;
}

/** A list that is empty when it isn't sent. */
export function list<Schema extends z.ZodType>(schema: Schema) {
  return z.codec(z.unknown().optional(), z.array(schema), {
    decode: (value) => (value ?? []) as z.input<Schema>[],
    encode: (value) => value
  });
}

/** A warning that a list was cut short: none is sent as `""`. */
export const limitWarning = maybe(text);
