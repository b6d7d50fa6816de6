// A flow's schedule, as users write it.
import type * as wire from "../wire/index.js";
import {ValidationError} from "./errors.js";

/** When a flow runs: a cron of five fields, or that with a name, a start and an end time. */
export type ScheduleSource =
  | string
  | {
      /** Minute, hour, day of month, month, day of week. The minute is a plain number from 0 to 59. */
      cron: string;
      /** The flow's name by default. */
      name?: string;
      /** Now by default. */
      startTime?: Date;
      /** Without it the schedule never ends. */
      endTime?: Date;
    };

/** The schedule with its defaults. Throws `ValidationError` for one that the platform doesn't accept. */
export function scheduleOf(source: ScheduleSource, flowName: string): wire.Schedule {
  const given = typeof source === "string" ? {cron: source} : source;
  const {name = flowName, startTime = new Date(), endTime} = given;
  const cron = given.cron.trim().replace(/\s+/g, " ");
  const fields = cron.split(" ");
  if (fields.length !== 5) {
    throw new ValidationError(
      `schedule: cron must have five fields (minute, hour, day of month, month, day of week), such as "30 6 * * 1", ` +
        `but is ${JSON.stringify(given.cron)}`
    );
  }
  if (!/^[0-5]?\d$/.test(fields[0]!)) {
    throw new ValidationError(
      `schedule: the platform takes only a plain number from 0 to 59 as the minute of a cron, not ${JSON.stringify(fields[0])}`
    );
  }
  for (const [field, time] of Object.entries({startTime, endTime})) {
    if (time && Number.isNaN(time.getTime()))
      throw new ValidationError(`schedule: ${field} is an invalid date`);
  }
  if (endTime && endTime <= startTime) {
    throw new ValidationError(
      `schedule: endTime (${endTime.toISOString()}) must be after startTime (${startTime.toISOString()})`
    );
  }
  return {name, cron, startTime, ...(endTime && {endTime})};
}

/** There is no call to remove a schedule; the platform drops one that has ended, such as this, within about a minute. */
export const overSchedule: wire.Schedule = {
  name: "-",
  cron: "0 0 0 0 0",
  startTime: new Date(1000),
  endTime: new Date(1000)
};
