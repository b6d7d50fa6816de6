// A bound value as SQL, where a statement's values can't travel beside its text.
import {literal} from "../tabular/quote.js";
import type {Statement} from "./statement.js";

/** The value with the type that it has when it is bound. Undefined for a text with a NUL character, which SQL can't hold. */
export function boundLiteral(value: Statement["params"][number]): string | undefined {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number")
    return Number.isSafeInteger(value) ? `${value}` : `CAST('${value}' AS DOUBLE)`;
  return value.includes("\0") ? undefined : literal(value);
}
