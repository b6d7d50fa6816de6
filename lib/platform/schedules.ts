// Schedules: each starts its flow when its cron says so, in the user's time zone. What was due while the platform was away, or while the
// flow ran, is done later, by one run.
import {Cron} from "croner";
import {appAccess} from "./access.js";
import type {FlowRuns} from "./flow-runs.js";
import type {FlowRecord, ScheduleRecord} from "./records.js";
import type {State} from "./state.js";

/** Milliseconds between two looks at what is due: a clock that is set, or a computer that slept, changes nothing then. */
const lookAgain = 1000;

/** Why a cron can't be, or undefined. */
export function cronProblem(cron: string): string | undefined {
  try {
    new Cron(cron, {paused: true, mode: "5-part"});
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: /, "");
  }
}

/** Whether a schedule was over at a time, in epoch milliseconds. */
export const isOver = ({end_time}: Pick<ScheduleRecord, "end_time">, time: number): boolean =>
  end_time !== "" && Number(end_time) * 1000 <= time;

/** When a schedule is due next, in epoch milliseconds: after it was set or last due, and within its times. Undefined when never again. */
export function nextDue(schedule: ScheduleRecord, timezone: string): number | undefined {
  const {cron, start_time, setAt, lastDue = 0} = schedule;
  const after = Math.max(setAt, lastDue, Number(start_time) * 1000 - 1);
  if (isOver(schedule, after) || cronProblem(cron) !== undefined) return undefined;
  const next = new Cron(cron, {paused: true, mode: "5-part", timezone}).nextRun(new Date(after))?.getTime();
  return next === undefined || isOver(schedule, next) ? undefined : next;
}

export class Schedules {
  readonly #next = new WeakMap<ScheduleRecord, number>();
  #timer: NodeJS.Timeout | undefined;

  /** `timezone` is an IANA name. */
  constructor(
    private readonly state: State,
    private readonly runs: FlowRuns,
    private readonly timezone: string
  ) {}

  /** Starts what is due, now and from now on. */
  open(): void {
    this.#look();
    this.#timer = setInterval(() => this.#look(), lookAgain);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = Date.now();
    for (const flow of this.state.tables.flows.values()) {
      if (flow.schedule && !flow.running && this.#dueAt(flow.schedule) <= now)
        this.#start(flow, flow.schedule, now);
    }
  }

  #start(flow: FlowRecord, schedule: ScheduleRecord, now: number): void {
    const due = {...flow, schedule: {...schedule, lastDue: now}};
    // One that can't be started, for the disk is full, is tried again.
    this.runs.start(due, this.#userOf(flow, schedule), {}).catch(() => undefined);
  }

  /** Who set the schedule, if they may still run flows here, else the app's owner. */
  #userOf({appId}: FlowRecord, {setBy}: ScheduleRecord): string {
    const app = this.state.tables.apps.get(appId)!;
    const level = setBy === undefined ? undefined : appAccess(app, setBy);
    return setBy !== undefined && (level === "OWNER" || level === "BUILDER") ? setBy : app.owner;
  }

  #dueAt(schedule: ScheduleRecord): number {
    const known = this.#next.get(schedule);
    if (known !== undefined) return known;
    const next = nextDue(schedule, this.timezone) ?? Infinity;
    this.#next.set(schedule, next);
    return next;
  }
}
