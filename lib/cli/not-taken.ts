// What of an app a new project doesn't show, and how to have it.
import {plainText, type Choice} from "../start/index.js";

/** A line for each kind. */
export function notTaken({leftOut, empty, untrained}: Choice): string[] {
  const {datasets, models, flows} = leftOut;
  const more = [
    [datasets, "datasets", "dataset"],
    [models, "models", "model"],
    [flows, "flows", "flow"]
  ] as const;
  return [
    ...more.flatMap(([n, kinds, kind]) =>
      n > 0
        ? [`  ${n} more ${kinds} are left out: take them with ikigai-kit add ${kind} NAME, or all with --all`]
        : []
    ),
    ...(empty.length > 0 ? [`  no data yet, so no page: ${listed(empty)}`] : []),
    ...(untrained.length > 0 ? [`  no versions yet, so no page: ${listed(untrained)}`] : [])
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => JSON.stringify(plainText(name)));
  return names.length > 5 ? `${shown.join(", ")} and ${names.length - 5} more` : shown.join(", ");
}
