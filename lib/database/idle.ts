// When a page has drawn what it draws first and has nothing else to do.

/** Resolves after the page's load and its next paint, once it is idle, or after two seconds of work. */
export async function whenIdle(): Promise<void> {
  if (document.readyState !== "complete")
    await new Promise((resolve) => addEventListener("load", resolve, {once: true}));
  // A tab in the background isn't painted.
  await new Promise((resolve) => {
    requestAnimationFrame(resolve);
    setTimeout(resolve, 500);
  });
  await new Promise<unknown>((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(resolve, {timeout: 2000});
    else setTimeout(resolve, 200); // Safari
  });
}
