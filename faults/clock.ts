// The clock of the programs that things go wrong with, and of no other.
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

/** A clock that can be set while programs run. */
export interface Clock {
  /** Node's arguments, and the environment, of a program that goes by it. */
  node: string[];
  env: Record<string, string>;
  /** Sets it: so many milliseconds ahead, or back if negative. */
  set: (milliseconds: number) => void;
}

/** A clock that is right until it is set, kept in a folder. */
export function clockIn(folder: string): Clock {
  const file = join(folder, "clock");
  const set = (milliseconds: number) => writeFileSync(file, String(milliseconds));
  set(0);
  const preload = pathToFileURL(join(import.meta.dirname, "set-clock.js")).href;
  return {node: ["--import", preload], env: {FAULTS_CLOCK: file}, set};
}
