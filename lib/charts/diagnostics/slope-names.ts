// Names beside the dots at the ends of slopes, each with a thin line from its dot.
import * as Plot from "@observablehq/plot";
import {lineHeight, spread} from "../end-labels.js";
import {muted} from "../palette.js";
import type {Slope} from "./slopes.js";

/** The room from a dot to its name: a thin line leads there, since names are moved apart. */
export const nameGap = 20;
/** How far a name may be moved from its dot, in pixels: two lines. */
const farthest = 28;

/** Up to so many names beside their dots, the first first; a name that has no place near its dot is left out. */
export function slopeNames(
  slopes: Slope[],
  labels: ReadonlyMap<string, string>,
  most: number
): Plot.Markish[] {
  const names = Plot.initializer<Plot.TextOptions>(
    {
      x: () => 1,
      y: "to",
      text: ({series}: Slope) => labels.get(series)!,
      textAnchor: "start",
      dx: nameGap,
      fill: "currentColor"
    },
    (data, facets, {y}, scales, dimensions) => {
      const {shown, places} = placed(y!.value as Iterable<number>, scales, dimensions, most);
      return {data, facets: [shown], channels: {y: {value: places}}};
    }
  );
  const leaders = Plot.initializer<Plot.LinkOptions>(
    {
      x1: () => 1,
      x2: () => 1,
      y1: "to",
      y2: "to",
      stroke: muted,
      strokeWidth: 0.75,
      className: "ikigai-leader"
    },
    (data, facets, {y1}, scales, dimensions) => {
      const {shown, places, wanted} = placed(y1!.value as Iterable<number>, scales, dimensions, most);
      const end = Number((scales.x as (place: number) => unknown)(1));
      const at = (x: number) => ({value: wanted.map(() => x)});
      return {
        data,
        facets: [shown],
        channels: {x1: at(end + 6), x2: at(end + nameGap - 3), y1: {value: wanted}, y2: {value: places}}
      };
    }
  );
  return [Plot.link(slopes, leaders), Plot.text(slopes, names)];
}

/** Which names are shown, where, and where their dots are. */
function placed(
  values: Iterable<number>,
  {y}: Plot.ScaleFunctions,
  {height, marginTop}: Plot.Dimensions,
  most: number
) {
  const wanted = Array.from(values, (value) => Number((y as (v: number) => unknown)(value)));
  const ends = [lineHeight / 2 + marginTop, height - lineHeight / 2] as const;
  let shown: number[] = [];
  let found: number[] = [];
  for (const i of wanted.keys()) {
    if (shown.length === most) break;
    const more = [...shown, i];
    const spots = spread(
      more.map((one) => wanted[one]!),
      lineHeight,
      ends
    );
    if (more.every((one, j) => Math.abs(spots[j]! - wanted[one]!) <= farthest))
      [shown, found] = [more, spots];
  }
  const places = [...wanted];
  shown.forEach((one, j) => (places[one] = found[j]!));
  return {shown, places, wanted};
}
