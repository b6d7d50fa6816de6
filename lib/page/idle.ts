// When to begin what the first picture doesn't need, such as fetching DuckDB.

/** Milliseconds after which a page that never rests counts as idle. */
const longest = 2_000;

/** Resolves when the next frame has been drawn and the page has nothing to do, or two seconds later. */
export async function idle(): Promise<void> {
  // Frames stop in a tab that isn't shown, and so would what waits for one.
  if (document.visibilityState === "visible") await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise<void>((resolve) => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), {timeout: longest});
    else setTimeout(resolve);
  });
}
