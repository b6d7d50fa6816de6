// The run variables of a flow that a viewer may set, as the config has them.
import {z} from "zod";
import {matchesPattern, patternFault} from "./pattern.js";
import {strict} from "./strict.js";

const label = z.string().optional();
const described = {label, help: z.string().optional(), required: z.boolean().optional()};

/** `min` up to `max`, with the default between them. */
function ordered<T extends number | string>(
  variable: {min?: T; max?: T; default?: T},
  context: z.RefinementCtx
) {
  const {min, max, default: value} = variable;
  const addProblem = (path: string, message: string) =>
    context.addIssue({code: "custom", path: [path], message});
  if (min !== undefined && max !== undefined && min > max)
    addProblem("min", `${min} is above max, ${max}; swap them`);
  else if (value !== undefined && min !== undefined && value < min)
    addProblem("default", `${value} is below min, ${min}`);
  else if (value !== undefined && max !== undefined && value > max)
    addProblem("default", `${value} is above max, ${max}`);
}

const integer = z.int().optional();
const number = z.number().optional();
const day = z.iso.date("is not a day; write it as YYYY-MM-DD").optional();
const pattern = z.string().superRefine((source, context) => {
  const message = patternFault(source);
  if (message !== undefined) context.addIssue({code: "custom", message});
});

/** A variable of any type, its limits and default in order. */
export const variable = z.discriminatedUnion(
  "type",
  [
    strict({
      type: z.literal("integer"),
      min: integer,
      max: integer,
      default: integer,
      ...described
    }).superRefine(ordered),
    strict({type: z.literal("number"), min: number, max: number, default: number, ...described}).superRefine(
      ordered
    ),
    strict({
      type: z.literal("text"),
      pattern: pattern.optional(),
      default: z.string().optional(),
      ...described
    }).refine((v) => v.pattern === undefined || v.default === undefined || matches(v.pattern, v.default), {
      path: ["default"],
      message: "doesn't match the pattern beside it"
    }),
    strict({type: z.literal("boolean"), default: z.boolean().optional(), ...described}),
    strict({type: z.literal("date"), min: day, max: day, default: day, ...described}).superRefine(ordered),
    strict({
      type: z.literal("choice"),
      options: z.array(z.string()).min(1, "is empty; give the values to choose from"),
      default: z.string().optional(),
      ...described
    }).refine((v) => v.default === undefined || v.options.includes(v.default), {
      path: ["default"],
      message: "is not one of the options beside it"
    })
  ],
  {error: "needs a type; the types are integer, number, text, boolean, date, choice"}
);

const matches = (source: string, value: string) =>
  patternFault(source) !== undefined || matchesPattern(source, value);
