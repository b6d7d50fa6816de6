// Presses: the same one again, after a broken connection or a restart, is told from a new one.
import {createHash} from "node:crypto";
import {Refused} from "../refused.js";
import type {Change, Memory} from "./memory.js";
import type {PressRecord} from "./records.js";

/** Presses that are kept, and the milliseconds for which one is known again. */
const kept = 50_000;
const lifetime = 24 * 3_600_000;

type Press = Pick<PressRecord, "id" | "request">;

/** Whose press it is, by which key, and what it asks for: `asked` as it came. */
export function pressOf(
  viewer: string,
  key: string,
  flow: string,
  asked: Readonly<Record<string, unknown>>
): Press {
  const values = Object.entries(asked)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => [name, JSON.stringify(value)]);
  return {id: digest(viewer, key), request: digest(flow, ...values)};
}

/** The id of the run that the press got before, or undefined. Throws `Refused` where its key was used for something else. */
export function runOf({tables: {presses, runs}}: Memory, {id, request}: Press): string | undefined {
  const before = presses.get(id);
  if (!before || before.at < Date.now() - lifetime || !runs.has(before.run)) return undefined;
  if (before.request === request) return before.run;
  throw new Refused(
    "conflict",
    "This idempotency key was used for another request: each press needs a key of its own."
  );
}

/** The changes that keep a press, and drop those that are too old or too many: the oldest come first in their table. */
export function keepPress({tables: {presses}}: Memory, press: Press, run: string): Change[] {
  const at = Date.now();
  const changes: Change[] = [];
  for (const old of presses.values()) {
    if (old.at > at - lifetime && presses.size - changes.length < kept) break;
    changes.push(["drop", "presses", old.id]);
  }
  return [...changes, ["put", "presses", {...press, run, at}]];
}

const digest = (...parts: string[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
