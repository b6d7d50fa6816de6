// An error as the user should read it: its message and, below it, what caused it. The stack only on request.

/** The text for standard error, ending in a newline. `IKIGAI_KIT_DEBUG=1` adds the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `ikigai-kit: ${String(error)}\n`;
  if (process.env.IKIGAI_KIT_DEBUG === "1") return `ikigai-kit: ${error.stack ?? error.message}\n`;
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 3; cause = cause.cause) {
    if (!error.message.includes(cause.message)) causes.push(`  because: ${cause.message}\n`);
  }
  return `ikigai-kit: ${error.message}\n${causes.join("")}`;
}
