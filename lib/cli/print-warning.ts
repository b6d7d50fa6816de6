// How the commands say what the user should know of though the work goes on.
import {styleText} from "node:util";

/** Prints a warning to standard error, in yellow in a terminal. */
export const printWarning = (warning: string): void =>
  void process.stderr.write(`  ${coloured("yellow", "warning:")} ${warning}\n`);

/** Text in a colour, where standard error is a terminal that wants colours. */
export const coloured = (colour: "red" | "yellow", text: string): string =>
  process.stderr.isTTY && !process.env.NO_COLOR ? styleText(colour, text) : text;
