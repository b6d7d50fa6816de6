// The fields that requests are made of, with their limits. Names are only ever labels here: no file is named after one,
// so dots, slashes, quotes and emoji are as good as letters.
import {z} from "zod";

const maxName = 256;
const maxDescription = 10_000;
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f]/;

const atMost = (max: number) => (issue: {input?: unknown}) =>
  `must have at most ${max} characters, got ${String(issue.input).length}`;

export const name = z
  .string()
  .max(maxName, {error: atMost(maxName)})
  .refine((text) => text.trim() !== "", {error: "must not be blank"})
  .refine((text) => !control.test(text), {error: "must not contain control characters"});

export const description = z.string().max(maxDescription, {error: atMost(maxDescription)});

/** An id, which is only ever compared. */
export const id = z.string();

/** Addresses are compared without regard to case. */
export const email = z
  .string()
  .max(maxName, {error: atMost(maxName)})
  .regex(/^[^\s@]+@[^\s@]+$/, {error: "must be an email address"})
  .transform((text) => text.toLowerCase());

/** A boolean in a query; Python writes "True". */
export const flag = z
  .string()
  .regex(/^(true|false)$/i, {error: "must be true or false"})
  .transform((text) => text.toLowerCase() === "true");

/** A whole number in a query. */
export const count = z
  .string()
  .regex(/^\d{1,15}$/, {error: "must be a whole number"})
  .transform(Number);

const place = z.object({directory_id: z.string().default("")}).transform((value) => value.directory_id);

/** Where something new is put: `{}` or nothing for the root; otherwise only the directory's id counts. */
export const directory = place.nullish().transform((id) => id ?? "");

/** Where something is moved to; left where it is when this isn't given. */
export const movedTo = place.optional();

export const json = z.record(z.string(), z.unknown());
