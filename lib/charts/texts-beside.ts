// Texts beside marks, such as those of values that are clipped: none on another, and none outside of the frame.
import * as Plot from "@observablehq/plot";
import {textWidth} from "./labels.js";

/** How wide a mark is to each side, and how far from its middle a text is. */
const [half, beside] = [5, 7];

/** So many texts can be read. */
const most = 6;

/**
 * Texts beside marks that stand in a row along the x axis, each on the side where it has room; none where it has none. The first
 * come first.
 */
export const textsBeside = <T>(
  rows: readonly T[],
  at: (one: T) => unknown,
  text: (one: T) => string,
  options: Plot.TextOptions
): Plot.Text[] =>
  (["start", "end"] as const).map((side) =>
    Plot.text(
      rows,
      Plot.initializer(
        {
          ...options,
          x: at as Plot.ChannelValue,
          text: text as Plot.ChannelValue,
          textAnchor: side,
          dx: side === "start" ? beside : -beside,
          fill: "currentColor",
          stroke: "var(--plot-background)",
          strokeWidth: 5,
          className: "ikigai-clipped"
        },
        (data, facets, _channels, {x}, {marginLeft, marginRight, width}) => {
          const place = x as unknown as (value: unknown) => unknown;
          const texts = rows.map((one) => ({at: Number(place(at(one))), width: textWidth(text(one))}));
          const sides = sidesOf(texts, marginLeft, width - marginRight);
          return {data, facets: facets.map((some) => some.filter((i) => sides[i] === side))};
        }
      )
    )
  );

/** The side of its mark on which a text starts or ends. */
type Side = "start" | "end";

/** On which side of its mark each text has room between other marks and texts, the first first; undefined if on none. */
function sidesOf(
  texts: readonly {at: number; width: number}[],
  left: number,
  right: number
): (Side | undefined)[] {
  const taken = texts.map(({at}): [number, number] => [at - half, at + half]);
  return texts.slice(0, most).map(({at, width}) => {
    const sides: [Side, number, number][] = [
      ["start", at + beside, at + beside + width],
      ["end", at - beside - width, at - beside]
    ];
    const found = sides.find(
      ([, from, to]) => from >= left && to <= right && taken.every(([start, end]) => end < from || start > to)
    );
    if (found) taken.push([found[1], found[2]]);
    return found?.[0];
  });
}
