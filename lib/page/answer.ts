// An element that shows the answer to the latest question, and keeps the answer before in its place until that has come.

/** Options of `answer`. */
export interface AnswerOptions {
  /** Pixels that the element is high at least, before its first answer too: nothing below it moves when the answer comes. */
  height?: number;
  /** Milliseconds after which the answer before is dimmed; one that comes sooner shows no flicker. */
  delay?: number;
  /** A cell's `invalidation`: when to stop following the element's width. */
  invalidation?: PromiseLike<unknown>;
}

/** The element. */
export interface Answer<T> extends HTMLElement {
  /**
   * Asks, and shows what comes. A question that another one has overtaken is ignored, and its `signal` aborted. An error is shown
   * in the answer's place, and rejects the promise, so that the console tells of it, too.
   */
  ask(question: (options: {signal: AbortSignal}) => T | PromiseLike<T>): Promise<void>;
  /** Resolves when the first answer has been drawn. */
  readonly first: Promise<void>;
}

/**
 * An element for what a page draws of an answer, again for each new answer and width:
 *
 * ```js
 * const outlook = answer((rows, width) => forecastChart(rows, {width}), {height: 340});
 * ```
 *
 * In another cell, which runs again when a control changes: `outlook.ask(() => db.query("…", [sector]))`. Display it once,
 * `${outlook}`: a cell that displays a new element leaves the page empty meanwhile.
 */
export function answer<T>(
  draw: (value: T, width: number) => Node | string,
  {height, delay = 200, invalidation}: AnswerOptions = {}
): Answer<T> {
  const element = document.createElement("div");
  if (height !== undefined) element.style.minHeight = `${height}px`;
  element.style.transition = "opacity 100ms";
  let width: number | undefined;
  let shown: {value: T} | {error: unknown} | undefined;
  let asked: AbortController | undefined;
  let drawn: () => void;
  const first = new Promise<void>((resolve) => (drawn = resolve));

  /** Throws what it shows, if that is an error. */
  function show(): void {
    if (!shown || width === undefined) return;
    try {
      if ("error" in shown) throw shown.error;
      if (width > 0) element.replaceChildren(draw(shown.value, width));
    } catch (error) {
      element.replaceChildren(message(error, element.clientHeight));
      throw error;
    } finally {
      drawn();
    }
  }

  async function ask(question: (options: {signal: AbortSignal}) => T | PromiseLike<T>): Promise<void> {
    asked?.abort();
    const mine = (asked = new AbortController());
    element.setAttribute("aria-busy", "true");
    const dim = setTimeout(() => (element.style.opacity = "0.4"), delay);
    mine.signal.addEventListener("abort", () => clearTimeout(dim));
    let result: typeof shown;
    try {
      result = {value: await question({signal: mine.signal})};
    } catch (error) {
      result = {error};
    }
    if (mine !== asked) return;
    clearTimeout(dim);
    element.style.opacity = "";
    element.removeAttribute("aria-busy");
    shown = result;
    show();
  }

  const observer = new ResizeObserver(([entry]) => {
    if (entry!.contentRect.width === width) return;
    width = entry!.contentRect.width;
    show();
  });
  observer.observe(element);
  void invalidation?.then(() => observer.disconnect());
  return Object.assign(element, {ask, first});
}

/** Looks as Framework's own errors do, and is as high as what stood in its place. */
function message(error: unknown, height: number): HTMLElement {
  const element = document.createElement("div");
  element.className = "observablehq--inspect observablehq--error";
  element.setAttribute("role", "alert");
  element.style.cssText = `box-sizing: border-box; min-height: ${height}px; overflow-wrap: anywhere; white-space: pre-wrap`;
  element.textContent = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return element;
}
