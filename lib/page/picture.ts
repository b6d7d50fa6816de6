// An element that holds what is drawn at its width, and stays in the page between two pictures, so that nothing jumps.

import {keepState} from "./keep-state.js";

/** Options of `picture`. */
export interface PictureOptions {
  /** The least height in pixels, also before the first picture, so that nothing below it moves. */
  height?: number | undefined;
  /** A cell's `invalidation`: when to stop following the element's width. */
  invalidation?: PromiseLike<unknown> | undefined;
}

/** The element. */
export interface Picture extends HTMLElement {
  /** Draws again. An error of what is drawn is shown in the picture's place, and thrown, so that the console shows it, too. */
  draw(): Promise<void>;
  /** Resolves when the first picture, or an error in its place, has been drawn. */
  readonly first: Promise<void>;
}

type Drawing = Node | string | undefined;

/**
 * An element for a chart, drawn again for each new width and whenever `draw` is called:
 *
 * ```js
 * const outlook = picture((width) => forecastChart(rows, {width}), {invalidation});
 * ```
 *
 * Unlike what Framework's `resize` gives, it has the old picture until there is a new one, shows an error where the picture would
 * stand, and the topmost of several is drawn in a frame of its own, so that something is there soon.
 * @param render makes the picture; undefined leaves what is there
 */
export function picture(
  render: (width: number) => Drawing | PromiseLike<Drawing>,
  {height, invalidation}: PictureOptions = {}
): Picture {
  const element = document.createElement("div");
  if (height !== undefined) element.style.minHeight = `${height}px`;
  let width: number | undefined;
  let latest = 0;
  let waits = true;
  let done: () => void;
  const first = new Promise<void>((resolve) => (done = resolve));

  async function draw(): Promise<void> {
    if (!width) return;
    const mine = ++latest;
    try {
      // Only a promise is awaited, so that a chart is in the frame that it is drawn in.
      const drawing = render(width);
      show(isPromise(drawing) ? await drawing : drawing, mine);
    } catch (error) {
      show(message(error, element.clientHeight), mine);
      throw error;
    }
  }

  function show(drawing: Drawing, mine: number): void {
    if (mine !== latest || drawing === undefined) return;
    keepState(element, () => element.replaceChildren(drawing));
    done();
  }

  const resized = (entry: ResizeObserverEntry, isTopmost: boolean) => {
    if (entry.contentRect.width === width) return;
    width = entry.contentRect.width;
    const late = waits && !isTopmost;
    waits = false;
    return late ? nextFrame().then(draw) : draw();
  };
  follow(element, resized);
  void invalidation?.then(() => observer?.unobserve(element));
  return Object.assign(element, {draw, first});
}

type Resized = (entry: ResizeObserverEntry, isTopmost: boolean) => Promise<void> | undefined;

const followers = new WeakMap<Element, Resized>();
let observer: ResizeObserver | undefined;

/** One observer for all, so that it is known where all stand before the first of them changes the layout. */
function follow(element: Element, resized: Resized): void {
  followers.set(element, resized);
  observer ??= new ResizeObserver((entries) => {
    const tops = entries.map(({target}) => target.getBoundingClientRect().top);
    const topmost = tops.indexOf(Math.min(...tops));
    entries.forEach((entry, i) => void followers.get(entry.target)?.(entry, i === topmost));
  });
  observer.observe(element);
}

/** When the frame that is being made has been drawn. */
const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

const isPromise = (value: Drawing | PromiseLike<Drawing>): value is PromiseLike<Drawing> =>
  typeof (value as PromiseLike<Drawing> | undefined)?.then === "function";

/** Looks as Framework's own errors do, and is as high as what stood in its place. */
function message(error: unknown, height: number): HTMLElement {
  const element = document.createElement("div");
  element.className = "observablehq--inspect observablehq--error";
  element.setAttribute("role", "alert");
  element.style.cssText = `box-sizing: border-box; min-height: ${height}px; overflow-wrap: anywhere; white-space: pre-wrap`;
  element.textContent = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return element;
}
