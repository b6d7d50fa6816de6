// The line of all values that a brush lies on: from edge to edge, without axes.
import * as Plot from "npm:@observablehq/plot";

interface Channels {
  /** The columns of time and value. */
  x: string;
  y: string;
  /** All times that the brush chooses from. */
  times: Date[];
}

export function overviewLine(rows: object[], {times, ...channels}: Channels, width: number): Element {
  const frame = {width, height: 48, margin: 0, marginTop: 4, marginBottom: 4};
  const svg = Plot.plot({
    ...frame,
    axis: null,
    x: {type: "utc", ...(times.length && {domain: [times[0]!, times.at(-1)!]})},
    y: {zero: false},
    marks: [Plot.lineY(rows, {...channels, stroke: "var(--theme-foreground-muted)"})]
  });
  svg.setAttribute("aria-hidden", "true"); // the chart below says what it shows
  return svg;
}
