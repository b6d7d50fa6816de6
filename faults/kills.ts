// `ikigai-kit publish` is killed at random moments.
import type {Table} from "./matrix.js";
import type {Outcome, Subject} from "./subject.js";
import {tryOut} from "./trial.js";

const parts = 5;

export interface KillOptions {
  kills: number;
  /** How many of them while Framework builds. */
  builds: number;
  random: () => number;
  log: (line: string) => void;
}

export async function kills(
  subject: Subject,
  {kills, builds, random, log}: KillOptions
): Promise<{table: Table; problems: string[]}> {
  const problems: string[] = [];
  const rows: string[][] = [];
  const ways: [string, number, string[]][] = [
    ["data has changed", kills - builds, ["publish"]],
    ["Framework builds again", builds, ["publish", "--rebuild"]]
  ];
  for (const [name, count, args] of ways) {
    if (count === 0) continue;
    const duration = await measure(subject, args);
    const cells = Array.from({length: parts}, () => ({old: 0, new: 0, ended: 0, wrong: 0}));
    for (let i = 0; i < count; ++i) {
      await subject.change();
      // Spread over the whole of it, and random within each part.
      const share = (i + random()) / count;
      const moment = share * duration;
      const {
        cell,
        problems: found,
        outcome
      } = await tryOut(subject, {
        name: `kill -9 ${Math.round(moment)} ms after the start, where ${name}`,
        during: () => killed(subject, args, moment),
        codes: [null, 0]
      });
      problems.push(...found);
      const counted = cells[Math.min(parts - 1, Math.floor(share * parts))]!;
      if (found.length > 0) ++counted.wrong;
      else if (outcome.code === 0) ++counted.ended;
      else ++counted[cell as "old" | "new"];
      log(`kill ${i + 1} of ${count}, ${Math.round(moment)} of ${Math.round(duration)} ms, ${name}: ${cell}`);
    }
    const told = cells.map((counts) =>
      Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([outcome, count]) => `${count} ${outcome}`)
        .join(", ")
    );
    rows.push([`${name}, ${count} kills in ${Math.round(duration)} ms`, ...told]);
  }
  const percent = (part: number) => `${(part * 100) / parts}–${((part + 1) * 100) / parts} %`;
  return {
    table: {
      title: "Kills",
      about:
        "`kill -9` of `ikigai-kit publish` at random moments. `old` and `new` say which site was served afterwards, and `ended` that " +
        "the command was quicker. Moments are parts of the time that it took when nobody killed it.",
      columns: ["where", ...Array.from({length: parts}, (_, part) => percent(part))],
      rows
    },
    problems
  };
}

/** Milliseconds that it takes. */
async function measure(subject: Subject, args: string[]): Promise<number> {
  await subject.change();
  const began = performance.now();
  const {code, message} = await subject.command(args);
  if (code !== 0) throw new Error(message);
  return performance.now() - began;
}

/** Kills the command's own process alone, and waits until what that had started is gone, too. */
async function killed(subject: Subject, args: string[], moment: number): Promise<Outcome> {
  const {child, message} = subject.start(args);
  const timer = setTimeout(() => child.kill("SIGKILL"), moment);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  const told = await message; // whoever has its standard error open still runs
  return {code, message: code === null ? "" : told};
}
