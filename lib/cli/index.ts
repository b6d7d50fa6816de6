#!/usr/bin/env node
// The `ikigai-kit` command, and how it says that something went wrong.
import {Cancelled} from "./cancelled.js";
import {commands} from "./commands.js";
import {explain} from "./explain.js";
import {interruption} from "./interruption.js";

const signal = interruption();

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
