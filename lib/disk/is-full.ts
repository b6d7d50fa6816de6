// Whether something failed because the disk is full.
import {refusalOf} from "./reason.js";

const codes = ["ENOSPC", "EDQUOT"];
/** What `reasonOf` has written of it: an error of other rooms may have its reason as text alone. */
const told = new RegExp(`the disk is full.*\\((?:${codes.join("|")})\\b`, "is");

/** Whether an error, or what caused it, is of a disk without room. A text is looked at as an error's message. */
export function isDiskFull(error: unknown): boolean {
  if (typeof error === "string") return told.test(error);
  if (!(error instanceof Error)) return false;
  if (codes.includes(refusalOf(error)?.code ?? "") || told.test(error.message)) return true;
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [error.cause, ...inner].some(isDiskFull);
}
