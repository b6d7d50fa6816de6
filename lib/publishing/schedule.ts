// The schedule of a config: when a report is brought up to date, as long as somebody serves it.
import {Cron} from "croner";
import type {CheckedConfig} from "../config/index.js";
import {reasonOf, untilRoom} from "../disk/index.js";

export interface ScheduleOptions {
  /** The `refresh` of the config, read again before each look at the clock: an edit of the schedule counts at once. */
  refresh: () => Promise<CheckedConfig["refresh"]>;
  /** When the newest refresh was due that has been started; nothing if there was none. */
  last: Date | undefined;
  /** Brings it up to date; the schedule goes on whatever becomes of it. It is called again while it fails because the disk is full. */
  run: (due: Date) => Promise<void>;
  log: (line: string) => void;
  signal: AbortSignal;
  /** The time, and a wait of so many milliseconds that the signal ends: tests have their own. */
  now?: () => Date;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
}

/** Milliseconds between two looks at the clock at most: a machine that slept, or whose clock was set, is noticed so. */
const look = 30_000;

/**
 * Runs until the signal aborts. What was due while nobody was there, or while the machine slept, is done once, late. Two never run at
 * a time. A clock that was set back runs nothing twice.
 */
export async function keepSchedule(options: ScheduleOptions): Promise<void> {
  const {run, log, signal, now = () => new Date(), wait = sleep, random = Math.random} = options;
  let last = options.last ?? now();
  let told = "";
  let toldNext = 0;
  let refresh: CheckedConfig["refresh"] | undefined;
  while (!signal.aborted) {
    try {
      refresh = await options.refresh();
      told = "";
    } catch (error) {
      const {message} = error as Error;
      if (message !== told)
        log(`schedule: the config can't be read, so the schedule before goes on: ${message}`);
      told = message;
    }
    const {cron, timeZone, jitter = 0} = refresh ?? {};
    if (cron === undefined) {
      if (toldNext > 0) log("schedule: the config has none any more");
      toldNext = 0;
      await wait(look, signal);
      continue;
    }
    const job = new Cron(cron, {
      paused: true,
      mode: "5-part",
      ...(timeZone !== undefined && {timezone: timeZone})
    });
    const time = now();
    if (last > time) {
      log("schedule: the clock was set back");
      last = time;
    }
    const [due] = job.previousRuns(1, new Date(time.getTime() + 1));
    if (due && due > last) {
      last = due;
      await wait(random() * jitter * 1000, signal);
      if (signal.aborted) return;
      try {
        const onFull = (error: Error) => log(`schedule: tried again when there is room: ${reasonOf(error)}`);
        await untilRoom(() => run(due), {signal, onFull, wait});
      } catch (error) {
        if (!signal.aborted) log(`schedule: ${reasonOf(error)}`);
      }
      toldNext = 0;
      continue;
    }
    const next = job.nextRun(time);
    if (next && next.getTime() !== toldNext) {
      log(`schedule: the next refresh is due at ${timeIn(timeZone, next)}`);
      toldNext = next.getTime();
    }
    await wait(Math.min(look, next ? next.getTime() - time.getTime() : look), signal);
  }
}

/** Such as `2026-08-01 06:00 (Europe/Berlin)`. */
function timeIn(timeZone: string | undefined, time: Date): string {
  const format = new Intl.DateTimeFormat("sv-SE", {dateStyle: "short", timeStyle: "short", timeZone});
  return `${format.format(time)} (${format.resolvedOptions().timeZone})`;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
