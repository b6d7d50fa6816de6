// One thing that goes wrong: what the publication makes of it, whether the site stays whole, and whether the next one works again.
import {leftovers, look, type Seen} from "./whole.js";
import type {Outcome, Subject} from "./subject.js";

/** The outcome of a trial, for a cell of the matrix. */
export interface Result {
  cell: string;
  /** All that isn't as it should be. */
  problems: string[];
  outcome: Outcome;
}

export interface Trial {
  /** What goes wrong, in a few words. */
  name: string;
  /** What has to be so before, from which nothing goes wrong. */
  setUp?: () => Promise<unknown>;
  /** The publication while it goes wrong. */
  during: () => Promise<Outcome>;
  /** Takes back what went wrong. */
  after?: () => Promise<unknown>;
  /** What the message must say, where it isn't fresh. */
  says?: RegExp;
  /** The exit codes that are right; 0, 1 and 3 if left out. */
  codes?: (number | null)[];
}

/** Tries it on a site that is whole and fresh, and leaves one that is so. */
export async function tryOut(subject: Subject, trial: Trial): Promise<Result> {
  const {name, setUp, during, after, says, codes = [0, 1, 3]} = trial;
  const problems: string[] = [];
  await setUp?.();
  const before = await look(subject);
  const outcome = await during();
  const {code, message} = outcome;
  const seen = await look(subject).catch((error: unknown) => {
    problems.push((error as Error).message);
    return undefined;
  });
  if (!codes.includes(code))
    problems.push(`it ended with ${code}, but should with ${codes.join(" or ")}: ${message}`);
  if (seen) problems.push(...wrong(outcome, {before, seen, round: subject.round}));
  if (code === 1 || code === 3) {
    if (message.trim() === "") problems.push("it doesn't say why");
    if (says && !says.test(message))
      problems.push(`it says ${JSON.stringify(message)}, without ${String(says)}`);
  }
  if (message.includes(subject.platform.apiKey)) problems.push("it tells the API key");
  if (/^ +at .*:\d+\)?$/m.test(message)) problems.push(`it prints a stack:\n${message}`);
  await after?.();
  problems.push(...(await nextWorks(subject, await subject.publish())));
  return {
    cell: problems.length > 0 ? "**wrong**" : cellOf(outcome, before, seen),
    problems: problems.map((problem) => `${name}: ${problem}`),
    outcome
  };
}

/** What of a site doesn't go with what was said of its publication. */
function wrong(
  {code, message}: Outcome,
  {before, seen, round}: {before: Seen; seen: Seen; round: number}
): string[] {
  const rounds = Object.entries(seen.rounds);
  const isAsBefore = seen.edition === before.edition;
  if (code === 1 && !isAsBefore) return [`it failed, but there is a new edition: ${message}`];
  if (code === 0) {
    return rounds
      .filter(([, found]) => found !== round)
      .map(
        ([file, found]) => `${file} is of round ${found}, not of ${round}, though all is said to be fresh`
      );
  }
  if (code === 3) {
    return rounds
      .filter(([file, found]) => found !== round && !message.includes(file))
      .map(([file, found]) => `${file} is of round ${found}, which isn't told: ${message}`);
  }
  if (new Set(rounds.map(([, found]) => found)).size > 1)
    return [`the site is of several refreshes: ${JSON.stringify(seen.rounds)}`];
  return [];
}

/** What isn't as it should be after the next publication, in which nothing goes wrong. */
async function nextWorks(subject: Subject, next: Outcome): Promise<string[]> {
  if (next.code !== 0) return [`the next publication ends with ${next.code}: ${next.message}`];
  try {
    const {rounds} = await look(subject);
    const old = Object.entries(rounds).filter(([, found]) => found !== subject.round);
    const left = await leftovers(subject);
    return [
      ...old.map(([file, found]) => `after the next publication ${file} is still of round ${found}`),
      ...left.map((path) => `after the next publication ${path} is still there`)
    ];
  } catch (error) {
    return [`after the next publication: ${(error as Error).message}`];
  }
}

function cellOf({code}: Outcome, before: Seen, seen: Seen | undefined): string {
  switch (code) {
    case 0:
      return "fresh (0)";
    case 3:
      return "stale (3)";
    case 1:
      return "as before (1)";
    default:
      return seen?.edition === before.edition ? "old" : "new";
  }
}
