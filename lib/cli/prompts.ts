// What the prompts of a terminal have in common.
import type {Readable, Writable} from "node:stream";
import {isCancel} from "@clack/prompts";
import {Cancelled} from "./cancelled.js";

/** Where questions are asked and answered. */
export interface Terminal {
  input: Readable;
  output: Writable;
  /** Ends the question that is open. */
  signal?: AbortSignal;
}

/** What was answered. Throws `Cancelled` where the prompt was ended by Ctrl-C or Escape. */
export function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<T, symbol>;
}

/** The terminal at which somebody can be asked; undefined where there is none. */
export function userTerminal(): Terminal | undefined {
  const {stdin, stdout} = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  // Some, such as those of containers, say that they are 0 columns wide; each character would get a line of its own.
  stdout.columns ||= 80;
  return {input: stdin, output: stdout};
}
