// When a flow runs by itself.
import * as z from "zod";
import {message} from "./message.js";
import {isBlank, maybe, text, time} from "./scalars.js";

/** Sent as a blank when there is none, as the platform's own client does. */
const endTime = z.codec(z.unknown().optional(), time.optional(), {
  decode: (value) => (isBlank(value) ? undefined : value) as z.input<typeof time>,
  encode: (value) => value ?? ""
});

/** `cron` has five fields, and the minute is a plain number from 0 to 59. Without an `endTime` it runs for good. */
export const schedule = message({
  name: text,
  startTime: time,
  endTime,
  cron: text
});
export type Schedule = z.output<typeof schedule>;

/** A flow's schedule; one whose every field is blank means that there is none. */
export const scheduleOfFlow = maybe(schedule, isBlank);
