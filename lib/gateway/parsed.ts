// What a request sent, checked.
import type * as z from "zod";
import {Refused} from "./refused.js";

/** What was sent, as the schema gives it. Throws `Refused` naming each field. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what = "the request"
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({path, message}) => `${path.join(".") || what}: ${message}`);
  throw new Refused("invalid", faults.join("; "));
}
