// Whether something failed because the disk is full.
import {refusalOf} from "./reason.js";

const codes = ["ENOSPC", "EDQUOT"];
/** What `reasonOf` and other programs write of it: an error of another room or process may have its reason as text alone. */
const told =
  /the disk is full.*\((?:ENOSPC|EDQUOT)\b|\b(?:ENOSPC: no space left|EDQUOT: )|\bNo space left on device/s;

/** Whether an error, or what caused it, is of a disk without room. A text is looked at as an error's message. */
export function isDiskFull(error: unknown): boolean {
  if (typeof error === "string") return told.test(error);
  if (!(error instanceof Error)) return false;
  if (codes.includes(refusalOf(error)?.code ?? "") || told.test(error.message)) return true;
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [error.cause, ...inner].some(isDiskFull);
}
