// When a flow runs by itself.
import * as z from "../zod/index.js";
import {message, type Codec} from "./message.js";
import {isBlank, maybe, text, time} from "./scalars.js";

const fields = message({name: text, startTime: time, endTime: maybe(time, isBlank), cron: text});
export interface Schedule extends z.output<typeof fields> {}

/**
 * `cron` has five fields, and the minute is a plain number from 0 to 59. Without an `endTime` it runs for good, which is sent as
 * a blank: so the platform's own client sends it.
 */
export const schedule: Codec<Schedule> = z.codec(z.unknown(), fields, {
  decode: (value) => value,
  encode: (value) => ({end_time: "", ...(value as object)})
});

/** A flow's schedule; one whose every field is blank means that there is none. */
export const scheduleOfFlow = maybe(schedule, isBlank);
