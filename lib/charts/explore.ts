// Keys move along a chart's points: the tip follows, and its values are read out.
import {h, setText} from "../dom/index.js";
import {spoken, type Contents, type Point} from "./contents.js";
import {hiddenClass} from "./chart-style.js";

/** What a plot knows of its scales. */
interface Scaled {
  scale(name: "x" | "y"): {apply(value: unknown): number; bandwidth?: number} | undefined;
}

/** How many points each key moves on. */
const steps: Record<string, number> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity
};

/** Lets the picture be focused: arrow keys, Home and End choose a point, and Escape leaves. */
export function explore(figure: HTMLElement, svg: SVGSVGElement, contents: () => Contents): void {
  svg.tabIndex = 0;
  // Screen readers keep the arrow keys to themselves in all but applications.
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-roledescription", "chart");
  let at = -1;
  let status: HTMLElement | undefined;

  const say = (text: string) => {
    if (!status) figure.append((status = h("div", {role: "status", class: hiddenClass})));
    setText(status, text);
  };
  const go = (all: Contents, to: number) => {
    at = to;
    const point = all.rows[at]!;
    // What replaces this chart while it has the focus goes on from here.
    svg.dataset.position = String(at);
    svg.dataset.positionName = point.cells[0];
    pointAt(svg, figure as HTMLElement & Scaled, point);
    say(`${spoken(all, point)}. ${at + 1} of ${all.rows.length}`);
  };
  const leave = () => {
    at = -1;
    delete svg.dataset.position;
    if (status) setText(status, "");
    svg.dispatchEvent(new PointerEvent("pointerleave", {pointerType: "mouse"}));
  };

  svg.addEventListener("focus", () => {
    const {position, positionName} = svg.dataset;
    const all = position === undefined ? undefined : contents();
    if (all?.rows.length) go(all, nearest(all, Number(position), positionName));
    else say("Arrow keys move along the points, Escape leaves.");
  });
  svg.addEventListener("blur", leave);
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") svg.blur();
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault(); // or the page would scroll
    const all = contents();
    if (!all.rows.length) return;
    const last = all.rows.length - 1;
    go(all, Math.min(last, Math.max(0, at === -1 && step === -1 ? last : at + step)));
  });
}

/** Of the points with this name, such as a month, the one nearest to a place in another chart's points; else what stands there. */
function nearest({rows}: Contents, place: number, name: string | undefined): number {
  let found = -1;
  for (const [i, {cells}] of rows.entries())
    if (cells[0] === name && (found < 0 || Math.abs(i - place) < Math.abs(found - place))) found = i;
  return found < 0 ? Math.min(place, rows.length - 1) : found;
}

/** Shows the tip of a point, as if the pointer were there. */
function pointAt(svg: SVGSVGElement, plot: Scaled, point: Point): void {
  const {width, height} = svg.viewBox.baseVal;
  const along = (name: "x" | "y", middle: number) => {
    const scale = point[name] === undefined ? undefined : plot.scale(name);
    return scale ? scale.apply(point[name]) + (scale.bandwidth ?? 0) / 2 : middle;
  };
  const place = new DOMPoint(along("x", width / 2), along("y", height / 2));
  const {x: clientX, y: clientY} = place.matrixTransform(svg.getScreenCTM()!);
  svg.dispatchEvent(new PointerEvent("pointermove", {pointerType: "mouse", clientX, clientY}));
}
