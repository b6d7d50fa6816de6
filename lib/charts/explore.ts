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
  const leave = () => {
    at = -1;
    if (status) setText(status, "");
    svg.dispatchEvent(new PointerEvent("pointerleave", {pointerType: "mouse"}));
  };

  svg.addEventListener("focus", () => say("Arrow keys move along the points, Escape leaves."));
  svg.addEventListener("blur", leave);
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") svg.blur();
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault(); // or the page would scroll
    const all = contents();
    if (!all.rows.length) return;
    at = Math.min(
      all.rows.length - 1,
      Math.max(0, at === -1 && step === -1 ? all.rows.length - 1 : at + step)
    );
    const point = all.rows[at]!;
    pointAt(svg, figure as HTMLElement & Scaled, point);
    say(`${spoken(all, point)}. ${at + 1} of ${all.rows.length}`);
  });
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
