// What happened and which levels were to be reached, drawn over a chart: rules with their names.
import * as Plot from "npm:@observablehq/plot";

/** A row of the file of events: a time, or a level of the values, and its name; of one sector, or of all where `sector` is null. */
export interface Annotation {
  sector: string | null;
  month: Date | null;
  name: string;
  value: number | null;
}

/** An annotation, and at which end of its rule a name covers no line. */
export type PlacedAnnotation = Annotation & {end: "top" | "bottom"};

interface Row {
  month: Date;
  actual: number | null;
  forecast: number | null;
}

/** Those of a sector that belong into a picture of these rows: levels far from all values would flatten the lines. */
export function annotationsOf(annotations: Annotation[], sector: string, rows: Row[]): PlacedAnnotation[] {
  const times = rows.map(({month}) => +month);
  const values = rows.flatMap(({actual, forecast}) => [actual, forecast].filter((value) => value !== null));
  const [first, last, least, most] = [...extent(times), ...extent(values)] as const;
  const room = (most - least) / 4;
  const isLow = (month: Date) => valueNear(month, rows) < (least + most) / 2;
  return annotations
    .filter(
      ({sector: of, month, value}) =>
        (of === null || of === sector) &&
        (month === null || (+month >= first && +month <= last)) &&
        (value === null || (value >= least - room && value <= most + room))
    )
    .map((one) => ({...one, end: one.month && isLow(one.month) ? "top" : "bottom"}));
}

/** The value of the row that is nearest in time, of those that have one. */
function valueNear(month: Date, rows: Row[]): number {
  const distance = (row: Row) => Math.abs(+row.month - +month);
  const known = rows.filter(({actual, forecast}) => (actual ?? forecast) !== null);
  const nearest = known.reduce<Row | undefined>(
    (best, row) => (best && distance(best) <= distance(row) ? best : row),
    undefined
  );
  return nearest?.actual ?? nearest?.forecast ?? NaN;
}

const extent = (values: number[]) =>
  values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity]
  );

/** The marks. Names of times stand along their rules, so that those of near ones don't overlap. */
export function annotationMarks(annotations: PlacedAnnotation[]): Plot.Markish[] {
  const events = annotations.filter(({month}) => month !== null);
  const levels = annotations.filter(({month, value}) => month === null && value !== null);
  const color = "var(--theme-foreground-muted)";
  const text = {fill: color, stroke: "var(--plot-background, var(--theme-background-alt))", strokeWidth: 4};
  return [
    Plot.ruleX(events, {x: "month", stroke: color, strokeDasharray: "2,3"}),
    ...(["top", "bottom"] as const).map((end) =>
      Plot.text(
        events.filter((event) => event.end === end),
        {
          ...text,
          x: "month",
          text: "name",
          rotate: -90,
          frameAnchor: end,
          textAnchor: end === "top" ? "end" : "start",
          dx: -7,
          dy: end === "top" ? 4 : -4
        }
      )
    ),
    Plot.ruleY(levels, {y: "value", stroke: color, strokeDasharray: "6,4"}),
    Plot.text(levels, {
      ...text,
      y: "value",
      text: "name",
      frameAnchor: "left",
      textAnchor: "start",
      dx: 4,
      dy: -8
    })
  ];
}
