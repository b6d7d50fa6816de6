// The same chart for each of many parts of the data, side by side.
import type {Data} from "../../metrics/column.js";
import {rows} from "../../metrics/column.js";
import {locale} from "../format.js";
import {drawable, emptyFrame, type FrameOptions} from "../frame.js";
import {keyClass} from "../key.js";
import {unnamed} from "../labels.js";
import {nameOf, texts, type Value} from "../values.js";

/** A chart of this room, or any function like it. */
type Chart<O> = (data: Data, options: O) => HTMLElement;

/** Options of `smallMultiples`: its own, and those of the chart that it repeats. */
export type SmallMultiplesOptions<O extends FrameOptions> = O & {
  /** What to divide the data by: each value is the title of a chart. */
  by: Value;
  /** The width of all charts together. */
  width?: number;
  /** The least width of one, which decides how many stand in a row. */
  minWidth?: number;
  /** Pixels between two charts side by side; below a chart there are twice as many. */
  gap?: number;
  /**
   * How many charts are drawn at most, of the parts that come first in the data; below them stands how many more there are. By default
   * six rows of them.
   */
  limit?: number;
};

/**
 * A grid of charts: `smallMultiples(data, forecastChart, {by: "sector", time: "month", width})`. Each has its own axes; with
 * `y: {domain}` they have the same. Sort the data so that the parts that matter come first: only the first `limit` are drawn.
 */
export function smallMultiples<O extends FrameOptions>(
  data: Data,
  chart: Chart<O>,
  {by, width = 640, minWidth = 240, gap = 16, limit, ...options}: SmallMultiplesOptions<O>
): HTMLElement {
  width = drawable(width);
  const names = texts(data, by);
  const parts = new Map<string, object[]>();
  for (const [i, row] of rows(data).entries()) {
    const part = parts.get(names[i]!);
    if (part) part.push(row);
    else parts.set(names[i]!, [row]);
  }
  if (!parts.size) return emptyFrame({...options, width});
  const columns = Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
  const most = limit ?? 6 * columns;
  const each = Math.floor((width - gap * (columns - 1)) / columns);
  const grid = document.createElement("div");
  // A title belongs to the chart below it: it is nearer to that than to the chart above.
  grid.style.cssText = `display: grid; grid-template-columns: repeat(${columns}, ${each}px); gap: ${2 * gap}px ${gap}px`;
  for (const [name, part] of [...parts].slice(0, most)) {
    const title = name.trim() || unnamed;
    const figure = drawn(
      () => chart(part, {...(options as unknown as O), title, width: each}),
      nameOf(by),
      name
    );
    figure.style.margin = "0";
    figure.querySelector("h2")?.style.setProperty("margin", "0");
    grid.append(figure);
  }
  return withMore(withOneKey(grid), parts.size - most);
}

/** The chart; an error says in which part it is, since row numbers are those in it. */
function drawn(draw: () => HTMLElement, by: string, name: string): HTMLElement {
  try {
    return draw();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(
      `In the rows with ${by} ${JSON.stringify(name)}, which are counted on their own: ${error.message}`,
      {
        cause: error
      }
    );
  }
}

const count = new Intl.NumberFormat(locale);

/** Says below the charts how many parts are not drawn. */
function withMore(charts: HTMLElement, rest: number): HTMLElement {
  if (rest <= 0) return charts;
  const note = document.createElement("p");
  note.style.cssText = "font: 12px/1.5 var(--sans-serif, system-ui, sans-serif); margin: 8px 0 0";
  note.textContent = `and ${count.format(rest)} more`;
  const element = document.createElement("div");
  element.append(charts, note);
  return element;
}

/** If all charts have the same key, shows it once above them. */
function withOneKey(grid: HTMLElement): HTMLElement {
  const keys = [...grid.querySelectorAll(`.${keyClass}`)];
  if (keys.length < grid.childElementCount || keys.some((key) => !key.isEqualNode(keys[0]!))) return grid;
  keys.slice(1).forEach((key) => key.remove());
  const element = document.createElement("div");
  (keys[0] as HTMLElement).style.marginBottom = "8px";
  element.append(keys[0]!, grid);
  return element;
}
