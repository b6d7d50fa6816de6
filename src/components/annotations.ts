// What happened and which levels were to be reached, drawn over a chart: rules with their names.
import * as Plot from "npm:@observablehq/plot";

/** A row of the file of events: a time, or a level of the values, and its name; of one sector, or of all where `sector` is null. */
export interface Annotation {
  sector: string | null;
  month: Date | null;
  name: string;
  value: number | null;
}

/** Those of a sector that belong into a picture of these rows: levels far from all values would flatten the lines. */
export function annotationsOf(
  annotations: Annotation[],
  sector: string,
  rows: {month: Date; actual: number | null; forecast: number | null}[]
): Annotation[] {
  const times = rows.map(({month}) => +month);
  const values = rows.flatMap(({actual, forecast}) => [actual, forecast].filter((value) => value !== null));
  const [first, last, least, most] = [...extent(times), ...extent(values)] as const;
  const room = (most - least) / 4;
  return annotations.filter(
    ({sector: of, month, value}) =>
      (of === null || of === sector) &&
      (month === null || (+month >= first && +month <= last)) &&
      (value === null || (value >= least - room && value <= most + room))
  );
}

const extent = (values: number[]) =>
  values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity]
  );

/** The marks. Names of times stand along their rules, so that those of near ones don't overlap. */
export function annotationMarks(annotations: Annotation[]): Plot.Markish[] {
  const events = annotations.filter(({month}) => month !== null);
  const levels = annotations.filter(({month, value}) => month === null && value !== null);
  const color = "var(--theme-foreground-muted)";
  const text = {fill: color, stroke: "var(--plot-background, var(--theme-background-alt))", strokeWidth: 4};
  return [
    Plot.ruleX(events, {x: "month", stroke: color, strokeDasharray: "2,3"}),
    Plot.text(events, {
      ...text,
      x: "month",
      text: "name",
      rotate: -90,
      frameAnchor: "bottom",
      textAnchor: "start",
      dx: -7,
      dy: -4
    }),
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
