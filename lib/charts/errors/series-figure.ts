// The figure of a row for each of some names, with a dot for each version in it.
import {contentsOf} from "../contents.js";
import {frame, type FrameOptions} from "../frame.js";
import {colorKey, othersText} from "../key.js";
import {moreNote} from "../more-note.js";
import {nameAxis} from "../name-axis.js";
import {faded} from "../palette.js";
import {axisOfErrors} from "./error-axis.js";
import {drawDots, tipOfDots, type Dots} from "./series-dots.js";

const marginRight = 20;

interface SeriesFigureOptions extends FrameOptions {
  name: string;
  width: number;
  height: number | undefined;
  reference?: number | undefined;
}

/** The figure of dots, of which there must be some; as high as its rows need if no height is given. */
export function seriesFigure(
  dots: Dots,
  {width, height, reference, marks = [], ...options}: SeriesFigureOptions
): HTMLElement {
  const {described, rows, order, more, without, main, others, colors, several, tip} = dots;
  const {axis, marginLeft, rowHeight} = nameAxis(order, String, {width, rowHeight: 22, height});
  const hasNote = more > 0 || without > 0;
  const values = rows.map((row) => row.value);
  const [beyond, below] = dots.cut;
  // A dot at the axis's start would cover its name.
  const insetLeft = Math.max(8 + rows.reduce((most, {ring}) => Math.max(most, ring), 0), below!.size);
  const insetRight = Math.max(0, beyond!.size - marginRight);
  const inner = width - marginLeft - insetLeft - insetRight;
  return frame({
    contents: () => contentsOf(dots.slices, tip),
    marginTop: 40,
    marginBottom: hasNote ? 28 : 8,
    marginLeft,
    marginRight,
    insetLeft,
    insetRight,
    key: several
      ? [
          ...colorKey({...colors, names: main}, "dot"),
          ...(others.length ? [{label: othersText(others.length), color: faded, kind: "dot" as const}] : [])
        ]
      : [],
    ...options,
    color: colors.scale,
    width,
    height: height ?? 48 + order.length * rowHeight + (hasNote ? 20 : 0),
    x: {
      axis: "top",
      labelAnchor: "left",
      ...axisOfErrors(values, described, Math.max(2, Math.floor(inner / 80))),
      ...options.x
    },
    y: {type: "point", axis: null, domain: order, padding: 0.5, ...options.y},
    marks: [
      axis,
      ...drawDots(dots, reference),
      hasNote ? moreNote(more, without) : null,
      tipOfDots(dots),
      ...marks
    ]
  });
}
