// Requests to start a flow: a repeated one, after a broken connection or a restart, is recognized.
import {createHash} from "node:crypto";
import {Refused} from "../refused.js";
import type {Change, GatewayStore} from "./gateway-store.js";
import type {StartRequestRecord} from "./records.js";

/** How many requests are kept, and for how many milliseconds one is recognized. */
const kept = 50_000;
const lifetime = 24 * 3_600_000;

type StartRequest = Pick<StartRequestRecord, "id" | "request">;

/** A request of a viewer with an idempotency key; `asked` are its variables as they came. */
export function startRequestOf(
  viewer: string,
  key: string,
  flow: string,
  asked: Readonly<Record<string, unknown>>
): StartRequest {
  const values = Object.entries(asked)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => [name, JSON.stringify(value)]);
  return {id: digest(viewer, key), request: digest(flow, ...values)};
}

/** The id of the run that the request got before, or undefined. Throws `Refused` when its key was used for another request. */
export function runOf(
  {tables: {startRequests, runs}}: GatewayStore,
  {id, request}: StartRequest
): string | undefined {
  const before = startRequests.get(id);
  if (!before || before.at < Date.now() - lifetime || !runs.has(before.run)) return undefined;
  if (before.request === request) return before.run;
  throw new Refused(
    "conflict",
    "This idempotency key was used for another request: each request needs a key of its own."
  );
}

/** The changes that keep a request, and drop those that are too old or too many: the oldest come first in their table. */
export function keepStartRequest(
  {tables: {startRequests}}: GatewayStore,
  request: StartRequest,
  run: string
): Change[] {
  const at = Date.now();
  const changes: Change[] = [];
  for (const old of startRequests.values()) {
    if (old.at > at - lifetime && startRequests.size - changes.length < kept) break;
    changes.push(["drop", "startRequests", old.id]);
  }
  return [...changes, ["put", "startRequests", {...request, run, at}]];
}

const digest = (...parts: string[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
