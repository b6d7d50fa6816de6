// One request to start a flow: one run, however often it has to be sent.
import type {Run, VariableValues} from "../gateway-api/index.js";
import {idempotencyHeader} from "../gateway-api/page.js";
import {TriggerError} from "./error.js";
import {call} from "./gateway.js";

/** Milliseconds before each retry when nothing answers: together about as long as a gateway takes to start again. */
const retryDelays = [500, 1_000, 2_000, 4_000];

/**
 * Requests a run with an idempotency key, and again with the same key when nothing answers. `isNew` is false for a run that another
 * request began. Throws `TriggerError`.
 */
export async function startRequest(
  flow: string,
  key: string,
  variables: VariableValues,
  signal?: AbortSignal
): Promise<{run: Run; isNew: boolean}> {
  for (let tries = 0; ; tries++) {
    try {
      const {status, answer} = await call<Run>(`flows/${encodeURIComponent(flow)}/runs`, {
        method: "POST",
        body: {variables},
        headers: {[idempotencyHeader]: key},
        signal
      });
      // A retry may get the run that an earlier try began, whose answer was lost.
      return {run: answer, isNew: status === 201 || tries > 0};
    } catch (error) {
      const wait = retryDelays[tries];
      if (!(error instanceof TriggerError) || error.code !== "network" || wait === undefined) throw error;
      await pause(wait, signal);
    }
  }
}

/** A new idempotency key. */
export function startRequestKey(): string {
  // randomUUID exists in secure contexts only, and a gateway may be reached over plain http on a company's network.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function pause(time: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(clock);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const clock = setTimeout(done, time);
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}
