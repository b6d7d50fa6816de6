// When to begin what the first picture doesn't need, such as fetching DuckDB.
import type {Picture} from "./picture.js";

/** Milliseconds after which a page that never rests counts as idle. */
const restless = 2_000;
/** Milliseconds after which a picture isn't waited for any longer: what it needs may have failed. */
const patience = 10_000;

/**
 * Resolves when the next frame has been drawn and the page has nothing to do, or two seconds later. With a picture or answer it first
 * waits until that has been drawn, but no more than ten seconds: `idle(outlook).then(() => db.open())`.
 */
export async function idle(after?: Pick<Picture, "first">): Promise<void> {
  if (after) await Promise.race([after.first, wait(patience)]);
  // Frames stop in a tab that isn't shown, and so would what waits for one.
  if (document.visibilityState === "visible") await new Promise((resolve) => requestAnimationFrame(resolve));
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback !== "function") return wait(0);
  await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), {timeout: restless}));
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
