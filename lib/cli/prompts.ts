// What the prompts of a terminal have in common.
import {isCancel} from "@clack/prompts";

/** The user ended a prompt, so nothing was done. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor() {
    super("cancelled; nothing was written");
  }
}

/** What was answered. Throws `Cancelled` where the prompt was ended by Ctrl-C or Escape. */
export function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<T, symbol>;
}

/** Whether somebody sits at a terminal who can be asked. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stdout.isTTY;
