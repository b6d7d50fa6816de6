// An error as the user should read it: its message and, below it, what caused it. The stack only on request.
import {coloured} from "./print-warning.js";

/** The text for standard error, ending in a newline. `IKIGAI_KIT_DEBUG=1` adds the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `${name()} ${String(error)}\n`;
  if (process.env.IKIGAI_KIT_DEBUG === "1") return `${name()} ${error.stack ?? error.message}\n`;
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 3; cause = cause.cause) {
    if (!error.message.includes(cause.message)) causes.push(`  because: ${cause.message}\n`);
  }
  return `${name()} ${error.message}\n${causes.join("")}`;
}

const name = () => coloured("red", "ikigai-kit:");
