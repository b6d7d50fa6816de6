// Each call to the platform fails in turn, in each way, once and for as long as it is tried.
import type {FaultPlan} from "../lib/platform/index.js";
import type {Table} from "./matrix.js";
import type {Subject} from "./subject.js";
import {tryOut} from "./trial.js";

type Rule = NonNullable<FaultPlan["rules"]>[number];

const kinds: [string, Rule][] = [
  ["answers 500", {kind: "error"}],
  ["breaks the connection", {kind: "drop"}],
  ["breaks off half-way", {kind: "truncate"}],
  ["answers JSON that breaks off", {kind: "malformed"}],
  ["answers too late", {kind: "latency", ms: 2_500}],
  ["answers 429", {kind: "throttle", retryAfter: 0}],
  ["answers that the URL has expired", {kind: "expire"}]
];

/** The calls of a publication in which everything has changed, by their paths, in the order of their first times. */
async function callsOf(subject: Subject): Promise<string[]> {
  await subject.change();
  subject.calls.length = 0;
  const {code, message} = await subject.publish();
  if (code !== 0) throw new Error(message);
  const paths = subject.calls.flatMap((line) => / (?:GET|POST) (\/[^ ?]*)/.exec(line)?.[1] ?? []);
  return [...new Set(paths.map((path) => (path.startsWith("/object-store/") ? "/object-store/" : path)))];
}

/**
 * @param perCall how many of the ways each call fails in, so that a short run has each call and each way at least once
 */
export async function failingCalls(
  subject: Subject,
  {perCall = kinds.length, log}: {perCall?: number | undefined; log: (line: string) => void}
): Promise<{table: Table; problems: string[]}> {
  const paths = await callsOf(subject);
  const rows: string[][] = [];
  const problems: string[] = [];
  for (const [i, path] of paths.entries()) {
    const cells: string[] = [];
    for (const [k, [name, rule]] of kinds.entries()) {
      // Only its URLs expire.
      const possible = path === "/object-store/" ? kinds.length : kinds.length - 1;
      const isWanted = (k + possible * paths.length - i * perCall) % possible < perCall;
      if (k >= possible || !isWanted) {
        cells.push("");
        continue;
      }
      const outcomes: string[] = [];
      for (const times of perCall === kinds.length ? [1, undefined] : [undefined]) {
        await subject.change();
        const result = await tryOut(subject, {
          name: `${path} ${name}${times === 1 ? ", once" : ""}`,
          async during() {
            await subject.faults({...rule, path, ...(times && {times})});
            return subject.publish();
          },
          after: () => subject.faults()
        });
        problems.push(...result.problems);
        outcomes.push(result.cell);
      }
      cells.push(outcomes.join("; "));
    }
    rows.push([`\`${path}\``, ...cells]);
    log(`${path}: ${cells.join(" | ")}`);
  }
  return {
    table: {
      title: "Calls that fail",
      about:
        "Each call of a publication fails in turn. If a cell has two outcomes, the first is for a call that fails once, the second for a " +
        "call that fails each time. A call has 1 s and is repeated once; the config has `retries: 0`.",
      columns: ["call", ...kinds.map(([name]) => name)],
      rows
    },
    problems
  };
}
