// An element that shows the answer to the latest question, and keeps the answer before in its place until that has come.
import {picture, type Picture, type PictureOptions} from "./picture.js";

/** Options of `answer`. */
export interface AnswerOptions extends PictureOptions {
  /** Milliseconds after which the previous answer is dimmed. A faster answer causes no flicker. */
  delay?: number | undefined;
}

/** What a question's function gets. */
export interface QuestionOptions {
  /** Aborted when a later question replaces this one. */
  signal: AbortSignal;
}

/** The element. */
export interface Answer<T> extends Picture {
  /**
   * Asks a question and shows the answer. When a later question replaces this one, its `signal` is aborted, which
   * `db.query` takes, and its answer is ignored. A question that ends with an `AbortError` changes nothing. Any other
   * error is shown in the answer's place, and rejects the promise, so that the console shows it too.
   */
  ask(question: (options: QuestionOptions) => T | PromiseLike<T>): Promise<void>;
  /**
   * Names promises that the first question waits for, such as `arrowRows(…)` in the cell that calls it. Until that question is
   * answered, the element is busy (`aria-busy`). If one fails, no question is asked, and its error is shown in the answer's place.
   */
  needs(...promises: PromiseLike<unknown>[]): void;
}

/**
 * An element for what a page draws of an answer, again for each new answer and width:
 *
 * ```js
 * const outlook = answer((rows, width) => forecastChart(rows, {width}), {invalidation});
 * ```
 *
 * In another cell, which runs again when a control changes: `outlook.ask(() => db.query("…", [sector]))`. Display it once, as
 * `${outlook}`: a cell that displays a new element each time makes the page jump.
 */
export function answer<T>(
  draw: (value: T, width: number) => Node | string,
  {delay = 200, ...options}: AnswerOptions = {}
): Answer<T> {
  let shown: {value: T} | {error: unknown} | undefined;
  let asked: AbortController | undefined;
  const element = picture((width) => {
    if (shown === undefined) return undefined;
    if ("error" in shown) throw shown.error;
    return draw(shown.value, width);
  }, options);
  element.style.transition = "opacity 100ms";

  async function ask(question: (options: QuestionOptions) => T | PromiseLike<T>): Promise<void> {
    asked?.abort();
    const mine = (asked = new AbortController());
    element.setAttribute("aria-busy", "true");
    const dim = setTimeout(() => (element.style.opacity = "0.4"), delay);
    mine.signal.addEventListener("abort", () => clearTimeout(dim));
    let result: NonNullable<typeof shown>;
    try {
      result = {value: await question({signal: mine.signal})};
    } catch (error) {
      result = {error};
    }
    if (mine !== asked) return;
    clearTimeout(dim);
    element.style.opacity = "";
    element.removeAttribute("aria-busy");
    if ("error" in result && isAbort(result.error)) return;
    shown = result;
    await element.draw();
  }

  function needs(...promises: PromiseLike<unknown>[]): void {
    if (shown === undefined) element.setAttribute("aria-busy", "true");
    for (const promise of promises)
      promise.then(undefined, (error: unknown) => {
        if (shown !== undefined || asked) return;
        shown = {error};
        element.removeAttribute("aria-busy");
        element.draw().catch(() => undefined); // whose promise it is tells the console
      });
  }

  return Object.assign(element, {ask, needs});
}

const isAbort = (error: unknown) => (error as Error | undefined)?.name === "AbortError";
