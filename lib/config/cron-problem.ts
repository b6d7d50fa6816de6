// What is wrong with a schedule: which of its five fields, and what may stand there.
import {Cron} from "croner";

interface Field {
  name: string;
  /** What may stand there, with examples. */
  takes: string;
}

const fields: Field[] = [
  {name: "minute", takes: 'from 0 to 59, such as "30", "0,30" or "*/15"'},
  {name: "hour", takes: 'from 0 to 23, such as "6", "6,18", "8-17" or "*/2"'},
  {name: "day of the month", takes: 'from 1 to 31 or L for the last, such as "1" or "1,15"'},
  {name: "month", takes: 'from 1 to 12 or JAN to DEC, such as "1,4,7,10"'},
  {name: "day of the week", takes: 'from 0 (Sunday) to 6 or SUN to SAT, such as "1-5" or "MON"'}
];

const example = 'such as "0 6 * * *" for each day at 6:00';

/** What keeps a text from being a schedule; undefined where it is one. */
export function cronProblem(text: string): string | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length)
    return `needs five fields (${fields.map(({name}) => name).join(", ")}), ${example}`;
  const schedule = read(text);
  if (schedule) return schedule.nextRun() === null ? "never comes; choose a day that exists" : undefined;
  const wrong = parts.findIndex((part, i) => !read(fields.map((_, j) => (i === j ? part : "*")).join(" ")));
  if (wrong < 0) return `is not a schedule; write five fields, ${example}`;
  const {name, takes} = fields[wrong]!;
  return `its ${name}, ${JSON.stringify(parts[wrong])}, is not one: write a number ${takes}, or "*" for each`;
}

function read(text: string): Cron | undefined {
  try {
    return new Cron(text, {mode: "5-part", paused: true});
  } catch {
    return undefined;
  }
}
