// The bands of intervals: light where they are wide and dark where they are narrow, open ends up to the frame's edge.
import * as Plot from "@observablehq/plot";
import type {ForecastRow, Interval} from "./forecast-row.js";

/** How a mark's color is given: a color, or the name of the rows' field that the plot's scale has a color for. */
export type Ink = string;

/**
 * How much each band covers what is behind it; where several lie on each other it is more. The bands of many series cover less each, so
 * that where all lie on each other the lines can still be seen, and the colors told apart.
 */
export const bandOpacity = (series: number) => Math.min(0.25, 1 - 0.5 ** (1 / Math.max(1, series)));

/** The class of the bands' edges, which are lines that aren't series. */
const edgeClass = "ikigai-interval-edge";

/** How much the band of the level at this place, from the widest, covers with those under it. */
export const coveredBy = (place: number, opacity: number) => 1 - (1 - opacity) ** (place + 1);

/**
 * A band for each level, with edges that have the color's full contrast, and a bar where an interval has no neighbours to make a band
 * with, as of a forecast of one step.
 */
export function intervalMarks(
  rows: readonly ForecastRow[],
  {color, clip, opacity}: {color: Ink; clip: boolean; opacity: number}
): Plot.RenderableMark[] {
  const levels = rows[0]?.intervals.length ?? 0;
  return Array.from({length: levels}, (_, level) => {
    const at = ({intervals}: ForecastRow) => intervals[level]!;
    const isKnown = (row: ForecastRow) => !isNaN(at(row).lower);
    if (!rows.some(isKnown)) return [];
    const single = rows.filter((row, i) => isKnown(row) && isAlone(rows, i, isKnown));
    const finite = (end: keyof Interval) => (row: ForecastRow) =>
      Number.isFinite(at(row)[end]) ? at(row)[end] : NaN;
    const edge = {x: "time", z: "series", stroke: color, strokeWidth: 1, clip};
    const bar = {x: "time", stroke: color, clip};
    return [
      Plot.areaY(rows, toEdges({x: "time", z: "series", fill: color, fillOpacity: opacity, clip}, at)),
      Plot.lineY(rows, {...edge, y: finite("lower"), className: edgeClass}),
      Plot.lineY(rows, {...edge, y: finite("upper"), className: edgeClass}),
      Plot.ruleX(
        single,
        toEdges({...bar, strokeWidth: 9, strokeOpacity: opacity, className: "ikigai-interval-bar"}, at)
      ),
      Plot.ruleX(single, toEdges({...bar, strokeWidth: 1, className: "ikigai-interval-bar"}, at))
    ];
  }).flat();
}

/** Whether a row has no neighbour of its series that is known, too: a line through it alone would not be seen. */
export function isAlone(
  rows: readonly ForecastRow[],
  i: number,
  isKnown: (row: ForecastRow) => boolean
): boolean {
  const joins = (row: ForecastRow | undefined) => row?.series === rows[i]!.series && isKnown(row);
  return !joins(rows[i - 1]) && !joins(rows[i + 1]);
}

/** Draws from the lower to the upper end; the scale sees only ends that are finite, so the frame is what the values need. */
function toEdges<O extends object>(options: O, at: (row: ForecastRow) => Interval): O {
  const finite = (value: number) => (Number.isFinite(value) ? value : NaN);
  const ends = {
    ...options,
    y1: (row: ForecastRow) => finite(at(row).lower),
    y2: (row: ForecastRow) => finite(at(row).upper)
  };
  return Plot.initializer(ends, (data, facets, _channels, {y}, {marginTop, marginBottom, height}) => {
    const place = (value: number) => {
      if (Number.isFinite(value)) return Number((y as (value: number) => unknown)(value));
      return isNaN(value) ? NaN : value > 0 ? marginTop : height - marginBottom;
    };
    const rows = Array.from(data as Iterable<ForecastRow>);
    const value = (end: keyof Interval) => ({value: rows.map((row) => place(at(row)[end]))});
    return {data, facets, channels: {y1: value("lower"), y2: value("upper")}};
  });
}
