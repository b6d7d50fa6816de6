// Collects what Framework warns of, so that it isn't lost among the hundreds of lines of a build.
import {stripVTControlCharacters} from "node:util";

/* eslint-disable no-console -- the console is where Framework puts its warnings */

/** From now on gives `report` each warning in one line, without colours, in place of the console. */
export function collectWarnings(report: (warning: string) => void): void {
  const {log} = console;
  let listing = false;
  console.warn = (...args: unknown[]) => {
    const warning = plain(args);
    // Framework logs the links themselves, a line each, after it has warned of their number.
    listing = /broken link/.test(warning);
    report(warning.replace(/^Warning: ?/i, ""));
  };
  console.log = (...args: unknown[]) => {
    const line = plain(args);
    listing &&= line.startsWith("↳");
    if (listing) report(`broken link: ${line.replace(/^↳ */, "")}`);
    else log(...args);
  };
}
/* eslint-enable no-console */

const plain = (args: unknown[]) =>
  stripVTControlCharacters(args.map(String).join(" ")).replace(/\s+/g, " ").trim();
