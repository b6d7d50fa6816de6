#!/usr/bin/env node
// The `ikigai-kit` command, and how it says that something went wrong.
import {Cancelled} from "./cancelled.js";
import {commands} from "./commands.js";
import {explain} from "./explain.js";
import {interruption} from "./interruption.js";

const signal = interruption();

// Who reads the output may end before the command, as `head` does: its work goes on, and only isn't shown.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

// Node ends silently when it waits for a promise that nothing can settle any more.
let hasEnded = false;
process.once("beforeExit", () => {
  if (hasEnded) return;
  process.stderr.write(
    "ikigai-kit: ended, since what it waits for never comes. If ikigai.config.ts awaits something, look there first\n"
  );
  process.exit(1);
});

try {
  await commands(signal).parseAsync();
} catch (error) {
  // What Ctrl-C cut short is no failure to explain.
  if (signal.aborted) process.exitCode = 130;
  else if (error instanceof Cancelled) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    process.stderr.write(explain(error));
    process.exitCode = 1;
  }
}
hasEnded = true;
