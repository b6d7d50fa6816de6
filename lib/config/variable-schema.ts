// The run variables of a flow that a viewer may set, as the config has them.
import {z} from "zod";
import {nearestName} from "../names/index.js";
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

const types = ["integer", "number", "text", "boolean", "date", "choice"];

/** What is wrong with the type of a variable. */
function typeProblem(variable: unknown): string {
  const {type, ...rest} = variable as Record<string, unknown>;
  const all = `the types are ${types.join(", ")}`;
  if (type === undefined) {
    const meant = Object.keys(rest).find(
      (key) => nearestName(key, ["type", "label", "help", "min", "max"]) === "type"
    );
    return meant === undefined
      ? `is missing; ${all}`
      : `is missing, and "${meant}" is an unknown key; did you mean "type"?`;
  }
  const written = typeof type === "string" ? type : "";
  const meant = types.find((one) => written !== "" && one.startsWith(written)) ?? nearestName(written, types);
  return `is unknown; ${meant === undefined ? all : `did you mean "${meant}"?`}`;
}

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
  {error: (issue) => (issue.code === "invalid_union" ? typeProblem(issue.input) : undefined)}
);

const matches = (source: string, value: string) =>
  patternFault(source) !== undefined || matchesPattern(source, value);
