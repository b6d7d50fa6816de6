// What must hold afterwards, as functions of what was recorded and what is there: each returns all that isn't as it should be.
import type {Run} from "../../lib/gateway-api/index.js";
import type {Press, Sample, Save} from "./records.js";

const ended = ["done", "failed", "stopped", "lost"];

/** Where a run is looked for: by its id. */
export interface Found {
  /** What the gateway answers, and what its journal has. */
  answered: ReadonlyMap<string, Run>;
  journal: ReadonlyMap<string, Run>;
  /** Events of the audit by the run: `start`, `end`. */
  audit: ReadonlyMap<string, string[]>;
}

/** Every run that was accepted is in the history, the journal and the audit, with the viewer's own mark and an end. */
export function lostRuns(presses: readonly Press[], {answered, journal, audit}: Found): string[] {
  return presses.flatMap(({run: id, mark}) => {
    if (id == null) return [];
    const problems: string[] = [];
    for (const [where, runs] of Object.entries({history: answered, journal})) {
      const run = runs.get(id);
      if (!run) problems.push(`run ${id} was accepted, and is not in the ${where}`);
      else if (run.variables.mark !== mark)
        problems.push(`run ${id} has the mark ${String(run.variables.mark)} in the ${where}, not ${mark}`);
      else if (!ended.includes(run.status))
        problems.push(`run ${id} has no end in the ${where}: it is ${run.status}`);
    }
    const wanted = journal.get(id)?.startedAt == null ? ["end"] : ["start", "end"];
    for (const event of wanted)
      if (!audit.get(id)?.includes(event)) problems.push(`run ${id} has no ${event} in the audit`);
    return problems;
  });
}

/** No press was run twice, none that was refused was run at all, and all that are done were. `ledger` has the mark of each run's begin. */
export function wrongRuns(
  presses: readonly Press[],
  ledger: readonly string[],
  runs: ReadonlyMap<string, Run>
): string[] {
  const times = new Map<string, number>();
  for (const mark of ledger) times.set(mark, (times.get(mark) ?? 0) + 1);
  const pressed = new Set(presses.map(({mark}) => mark));
  return [
    ...[...times].filter(([, n]) => n > 1).map(([mark, n]) => `${mark} was run ${n} times`),
    ...[...times.keys()]
      .filter((mark) => !pressed.has(mark))
      .map((mark) => `${mark} was run, and not asked for`),
    ...presses
      .filter(({run, mark}) => run === null && times.has(mark))
      .map(({mark}) => `${mark} was refused, and run all the same`),
    ...presses
      .filter(({run, mark}) => run != null && runs.get(run)?.status === "done" && !times.has(mark))
      .map(({mark}) => `${mark} is said to be done, and was never run`)
  ];
}

/** Nothing goes on in the gateway or on the platform. `flows` has the platform's status of each flow. */
export function stuck(underWay: readonly Run[], flows: Readonly<Record<string, string>>): string[] {
  return [
    ...underWay.map(
      ({id, status, data}) => `run ${id} is still ${status}, its data ${data?.status ?? "none"}`
    ),
    ...Object.entries(flows)
      .filter(([, status]) => status !== "IDLE")
      .map(([name, status]) => `the platform's flow ${name} is still ${status}`)
  ];
}

/** Flows that were saved are listed for their viewers and are on the platform; those that were deleted are neither. */
export function wrongSaves(
  saves: readonly Save[],
  listed: ReadonlySet<string>,
  onPlatform: ReadonlySet<string>
): string[] {
  return saves.flatMap(({key, name, deleted}) => {
    if (deleted === undefined) return [];
    const word = deleted ? "was deleted, and is" : "was saved, and isn't";
    return [
      ...(listed.has(key) === deleted ? [`${name} ${word} in the list`] : []),
      ...(onPlatform.has(name) === deleted ? [`${name} ${word} on the platform`] : [])
    ];
  });
}

/** What the last run that is done has written is on the site. A lost run may have written after it. */
export function wrongOrders(
  shown: string,
  ledger: readonly string[],
  presses: readonly Press[],
  runs: ReadonlyMap<string, Run>
): string[] {
  const statusOf = (mark: string) =>
    runs.get(presses.find((press) => press.mark === mark)?.run ?? "")?.status;
  const last = ledger.findLastIndex((mark) => statusOf(mark) === "done");
  if (last < 0) return [];
  const possible = ledger.slice(last).filter((mark) => statusOf(mark) !== "failed");
  return possible.includes(shown) ? [] : [`the site has the orders of ${shown}, not of ${ledger[last]}`];
}

/** Megabytes that the gateway may have grown by, at the median, from the first third of the samples to the last. */
const growth = 64;

/** The gateway's memory is flat after it has warmed up. */
export function grownMemory(samples: readonly Sample[]): string[] {
  const third = Math.floor(samples.length / 3);
  if (third < 3) return [`the gateway's memory was measured only ${samples.length} times`];
  const [before, after] = [median(samples.slice(0, third)), median(samples.slice(-third))];
  return after - before > growth
    ? [
        `the gateway grew from ${before} MB to ${after} MB in ${Math.round(samples.at(-1)!.at - samples[0]!.at)} s`
      ]
    : [];
}

/** Megabytes. */
export function median(samples: readonly Sample[]): number {
  const sorted = samples.map(({megabytes}) => megabytes).sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? NaN);
}
