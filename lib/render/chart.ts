// The charts of a page, and which of them is meant.
import {listed, nearestFirst} from "../names/index.js";
import type {Styles} from "./cascade.js";
import {isLarge} from "./layout.js";

export interface Chart {
  /** A figure, or an SVG element without one. */
  element: Element;
  /** The headings of the card that it stands in, and of the figures in it. */
  headings: Element[];
  /** What it can be called: its id, its label, its headings. */
  names: string[];
}

/** The page's charts in their order. */
export function chartsOf(main: Element, styles: Styles): Chart[] {
  const pictures = Array.from(main.querySelectorAll("svg")).filter(
    (svg) => !svg.parentElement?.closest("svg") && isLarge(svg, styles) && isShown(svg, styles)
  );
  const elements = new Set(pictures.map((svg) => outermost(svg, "figure", main) ?? svg));
  return Array.from(elements, (element) => chart(element, main));
}

/**
 * The chart of that id or name; the first where none is named.
 * @returns undefined where the page has none, or none of that name
 */
export function findChart(
  charts: readonly Chart[],
  main: Element,
  name: string | undefined
): Chart | undefined {
  if (name === undefined) return charts[0];
  const named = main.ownerDocument.getElementById(name);
  if (named && main.contains(named)) {
    const inside = charts.filter(({element}) => named.contains(element));
    const around = charts.find(({element}) => element.contains(named));
    if (inside.length === 1 || around) return inside[0] ?? around;
    if (inside.length > 1) return {...chart(named, main), names: inside[0]!.names};
  }
  const wanted = plain(name);
  const found = charts.filter(({names}) => names.some((one) => plain(one) === wanted));
  if (found.length > 1)
    throw new Error(
      `${found.length} charts are called ${JSON.stringify(name)}; give the one that is meant an id`
    );
  return found[0];
}

/** The names to choose from, for an error. */
export const chartNames = (charts: readonly Chart[], like = ""): string =>
  listed(
    nearestFirst(
      like,
      charts.flatMap(({names}) => names.slice(0, 1))
    )
      .slice(0, 10)
      .map((name) => JSON.stringify(name))
  );

function chart(element: Element, main: Element): Chart {
  const headings = headingsOf(element, main);
  const svgs = element.localName === "svg" ? [element] : Array.from(element.querySelectorAll("svg"));
  const labels = svgs.map((svg) => svg.getAttribute("aria-label"));
  const own = Array.from(element.querySelectorAll("h2, h3, figcaption"), ({textContent}) => textContent);
  const ids = [element.id, ...svgs.map(({id}) => id)];
  const card = headings.map(({textContent}) => textContent);
  const names = [...ids, ...labels, ...own, element.getAttribute("aria-label"), ...card]
    .map((name) => name?.replace(/\s+/g, " ").trim())
    .filter((name): name is string => Boolean(name));
  return {element, headings, names};
}

/** The headings of the card around a chart, where the chart has none itself. */
function headingsOf(element: Element, main: Element): Element[] {
  if (element.querySelector("h2, h3") || element.closest("h1, h2, h3")) return [];
  const card = element.closest(".card");
  if (!card || card === element || !main.contains(card)) return [];
  return Array.from(card.querySelectorAll("h2, h3")).filter(
    (heading) => heading.compareDocumentPosition(element) & 4 && !heading.closest("figure")
  );
}

function isShown(element: Element, styles: Styles): boolean {
  for (let one: Element | null = element; one; one = one.parentElement)
    if (styles.get(one, "display") === "none") return false;
  return styles.get(element, "visibility") !== "hidden";
}

function outermost(element: Element, type: string, main: Element): Element | undefined {
  let found: Element | undefined;
  for (let one = element.parentElement; one && one !== main; one = one.parentElement)
    if (one.localName === type) found = one;
  return found;
}

const plain = (name: string) => name.replace(/\s+/g, " ").trim().toLowerCase();
