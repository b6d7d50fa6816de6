// What the prompts of a terminal have in common.
import type {Readable, Writable} from "node:stream";
import {isCancel} from "@clack/prompts";

/** Where questions are asked and answered. */
export interface Terminal {
  input: Readable;
  output: Writable;
}

/** The user ended a prompt, so the project is as it was. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor() {
    super("cancelled; no file of the project was written");
  }
}

/** What was answered. Throws `Cancelled` where the prompt was ended by Ctrl-C or Escape. */
export function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<T, symbol>;
}

/** The terminal at which somebody can be asked; undefined where there is none. */
export const userTerminal = (): Terminal | undefined =>
  process.stdin.isTTY && process.stdout.isTTY ? {input: process.stdin, output: process.stdout} : undefined;
