// Runs in a page before its own scripts: notes when the first chart of Plot's that has marks was painted.

/** Sets `firstChart`, in milliseconds since the navigation. */
export function watchPainting(): void {
  const marks = ["area", "bar", "dot", "line", "link", "arrow", "rect", "rule", "cell"];
  const selector = marks.map((name) => `svg[class^="plot-"] g[aria-label="${name}"] > *`).join();
  const observer = new MutationObserver(() => {
    const svg = document.querySelector(selector)?.closest("svg");
    if (!svg || svg.getBoundingClientRect().width === 0) return;
    observer.disconnect();
    // What is posted in a frame's callback arrives when that frame has been drawn.
    requestAnimationFrame(() => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => Object.assign(globalThis, {firstChart: performance.now()});
      port2.postMessage(undefined);
    });
  });
  observer.observe(document, {childList: true, subtree: true});
}
