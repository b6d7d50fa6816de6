// What a page asks of its elements before they are drawn: how large they are, by which Plot sizes tips, and how they look.
import {Resvg} from "@resvg/resvg-js";
import type {Styles} from "./cascade.js";
import {drawElement, initialContext} from "./draw.js";
import {family, fontOptions} from "./fonts.js";

/** Gives the page what jsdom lacks: methods of SVG elements that measure, and styles that know themes and variables. */
export function measureElements(
  {SVGElement}: {SVGElement: {prototype: object}},
  stylesNow: () => Styles
): void {
  const getComputedStyle = (element: Element) => {
    const styles = stylesNow();
    const getPropertyValue = (name: string) => styles.get(element, name);
    return new Proxy(
      {},
      {
        get: (_, name) =>
          name === "getPropertyValue"
            ? getPropertyValue
            : getPropertyValue(String(name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
      }
    );
  };
  Object.assign(globalThis, {getComputedStyle});
  Object.assign(SVGElement.prototype, {
    getBBox(this: Element) {
      return boxOf(this, stylesNow());
    },
    getComputedTextLength(this: Element) {
      return boxOf(this, stylesNow()).width;
    }
  });
}

/** The box around what an element draws, in its own coordinates. */
function boxOf(element: Element, styles: Styles): {x: number; y: number; width: number; height: number} {
  const moved = element.getAttribute("transform");
  element.removeAttribute("transform");
  const drawing = {styles, image: () => undefined, weights: new Set<string>(), text: []};
  const markup = drawElement(element, initialContext, drawing);
  if (moved !== null) element.setAttribute("transform", moved);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9999" height="9999" ` +
    `font-family="${family}">${markup}</svg>`;
  const {x = 0, y = 0, width = 0, height = 0} = new Resvg(svg, {font: fontOptions}).getBBox() ?? {};
  return {x, y, width, height};
}
