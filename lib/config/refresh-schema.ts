// When the data is pulled again, how the site is published, and who gets messages: as the config has it.
import {z} from "zod";
import {cronProblem} from "./cron-problem.js";
import {fileSizeHelp, parseFileSize} from "./file-size.js";
import {name, strict} from "./strict.js";

/** A whole number of things from 1 up. */
export const count = (things: string) => z.int().min(1, `should be 1 or more: how many ${things} are kept`);

const cron = z.string().superRefine((text, context) => {
  const message = cronProblem(text);
  if (message !== undefined) context.addIssue({code: "custom", message});
});

const timeZone = z.string().refine(isTimeZone, 'is not a time zone; write it as in "Europe/Berlin" or "UTC"');

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", {timeZone: zone}));
  } catch {
    return false;
  }
}

export const refresh = strict({
  cron: cron.optional(),
  timeZone: timeZone.optional(),
  jitter: z
    .number()
    .min(0, "should be 0 seconds or more")
    .max(3600, "should be an hour (3600) or less")
    .optional(),
  retries: z.int().min(0, "should be 0 or more").max(10, "should be 10 or less").optional(),
  whenStale: z.enum(["publish", "stop"], {error: 'should be "publish" or "stop"'}).optional(),
  groups: z
    .record(z.string(), z.array(name).min(2, "needs two sources or more that belong together"))
    .optional()
});

export const publish = strict({
  keep: count("editions").optional(),
  maxFileSize: z
    .string()
    .refine((text) => parseFileSize(text) !== undefined, `should be ${fileSizeHelp}`)
    .optional()
});

const occasion = z.enum(["failure", "recovery", "edition"], {
  error: 'should be "failure", "recovery" or "edition"'
});
const pictures = z
  .array(strict({page: z.string().min(1, "is empty"), chart: z.string().optional()}))
  .optional();
const common = {
  on: z
    .array(occasion)
    .min(1, "is empty: no message would ever be sent; name one, or leave it out")
    .optional(),
  pictures
};

/** A name of a variable of the environment, since the address of a webhook is often a secret. */
const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is not the name of an environment variable");

export const notify = z.union(
  [
    strict({command: z.array(z.string()).min(1, "is empty; write the program and its arguments"), ...common}),
    strict({webhook: z.url({protocol: /^https?$/, error: "is not an http(s) address"}), ...common}),
    strict({webhookVariable: variableName, ...common})
  ],
  {
    error:
      'should have one of command: ["program", "argument"], webhook: "https://…" and webhookVariable: "NAME"'
  }
);
