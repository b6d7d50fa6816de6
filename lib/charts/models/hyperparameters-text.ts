// Which hyperparameters differ, in words.
import {isolated} from "../labels.js";
import type {ParallelAxis} from "./parallel-axes.js";

const most = 6;

/** How many hyperparameters differ, how, and which version is best. */
export function describeAxes({
  differing,
  found,
  known,
  best
}: {
  /** The hyperparameters that differ, and all. */
  differing: ParallelAxis[];
  found: ParallelAxis[];
  /** The metrics. */
  known: ParallelAxis[];
  best: string | undefined;
}): string {
  const said = differing.slice(0, most).map(({name, stops}) => `${isolated(name)}, ${range(stops)}`);
  const rest = differing.length - said.length;
  const first = known.find(({metric}) => metric?.better !== undefined);
  return (
    `${differing.length} of ${found.length} hyperparameters ${differing.length === 1 ? "differs" : "differ"}: ` +
    `${said.join("; ") || "none"}${rest ? `; and ${rest} more` : ""}.` +
    (first && best !== undefined ? ` The best by ${first.name} is ${isolated(best)}.` : "")
  );
}

const range = (stops: ParallelAxis["stops"]) =>
  stops.length > 1
    ? `${isolated(stops[0]!.text)} to ${isolated(stops.at(-1)!.text)}`
    : isolated(stops[0]!.text);
