// Checks a config and fills in what it leaves out. Every fault says where it is, what stands there and what mends it.
import {z} from "zod";
import type {Config, Variable} from "./config.js";
import {fileNameFault} from "./file-name.js";
import {catalogName, modelFile, modelTables} from "./files.js";
import {nearest} from "./nearest.js";

export interface CheckedDataset {
  app: string;
  dataset: string;
  sql?: string;
}

export interface CheckedModel {
  app: string;
  model: string;
}

export interface CheckedFlow {
  app: string;
  flow: string;
  variables: Record<string, Variable>;
}

/** A config that has been checked, each entry with the app it lives in. */
export interface CheckedConfig {
  app: string;
  datasets: Record<string, CheckedDataset>;
  models: Record<string, CheckedModel>;
  flows: Record<string, CheckedFlow>;
  refresh?: {cron: string};
}

/** Something is wrong with ikigai.config.ts, `.env` or the environment; the message names it and the mend. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/**
 * Checks what ikigai.config.ts exports.
 * @param file names the file in errors
 * @throws ConfigError with one line a fault
 */
export function checkConfig(value: unknown, file = "ikigai.config.ts"): CheckedConfig {
  const result = schema.safeParse(value);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${describe(issue, value)}`);
    throw new ConfigError(`${file} needs mending:\n${faults.join("\n")}`);
  }
  const {app, datasets = {}, models = {}, flows = {}, refresh} = result.data;
  return {
    app,
    datasets: mapValues(datasets, (entry) => ({app, ...entry})),
    models: mapValues(models, (entry) => ({app, ...entry})),
    flows: mapValues(flows, (entry) => ({app, variables: {}, ...entry})),
    ...(refresh && {refresh})
  };
}

const mapValues = <A, B>(record: Record<string, A>, f: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));

/** An object with these keys and no others; an unknown key is answered with the nearest of them. */
function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      const keys = Object.keys(shape);
      return issue.keys
        .map((key) => {
          const meant = nearest(key, keys);
          return `unknown key "${key}"; ${meant ? `did you mean "${meant}"?` : `the keys here are ${keys.join(", ")}`}`;
        })
        .join("; ");
    }
  });
}

const name = z.string().trim().min(1, "is empty; write a name or id as Ikigai shows it");
const app = name.optional();
const label = z.string().optional();
const described = {label, help: z.string().optional()};

/** `min` up to `max`, with the default between them. */
function ordered<T extends number | string>(
  variable: {min?: T; max?: T; default?: T},
  context: z.RefinementCtx
) {
  const {min, max, default: value} = variable;
  const fault = (path: string, message: string) => context.addIssue({code: "custom", path: [path], message});
  if (min !== undefined && max !== undefined && min > max)
    fault("min", `${min} is above max, ${max}; swap them`);
  else if (value !== undefined && min !== undefined && value < min)
    fault("default", `${value} is below min, ${min}`);
  else if (value !== undefined && max !== undefined && value > max)
    fault("default", `${value} is above max, ${max}`);
}

const integer = z.int().optional();
const number = z.number().optional();
const day = z.iso.date("is not a day; write it as YYYY-MM-DD").optional();
const pattern = z.string().refine(isPattern, "is not a regular expression");

const variable = z.discriminatedUnion(
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
      message: "is none of the options beside it"
    })
  ],
  {error: "needs a type; the types are integer, number, text, boolean, date, choice"}
);

function isPattern(source: string): boolean {
  try {
    return Boolean(new RegExp(source, "v"));
  } catch {
    return false;
  }
}

const matches = (source: string, value: string) =>
  !isPattern(source) || new RegExp(`^(?:${source})$`, "v").test(value);

const cron = z
  .string()
  .refine(
    (text) => text.trim().split(/\s+/).length === 5,
    'needs five fields, minute first, such as "0 6 * * *"'
  );

const schema = strict({
  app: name,
  datasets: z
    .record(z.string(), strict({dataset: name, app, sql: z.string().trim().min(1, "is empty").optional()}))
    .optional(),
  models: z.record(z.string(), strict({model: name, app})).optional(),
  flows: z
    .record(z.string(), strict({flow: name, app, variables: z.record(z.string(), variable).optional()}))
    .optional(),
  refresh: strict({cron}).optional()
}).superRefine(checkFileNames) satisfies z.ZodType<Config, Config>;

/** Every file name is safe, and no two entries want the same one, capitals aside as on Windows and macOS. */
function checkFileNames(config: Config, context: z.RefinementCtx): void {
  const taken = new Map([[catalogName, "the catalog, which the kit writes itself"]]);
  const claim = (file: string, owner: string, path: string[]) => {
    const other = taken.get(file.toLowerCase());
    if (other === undefined) taken.set(file.toLowerCase(), owner);
    else
      context.addIssue({
        code: "custom",
        path,
        message: `its file "${file}" is also that of ${other}; rename one`
      });
  };
  for (const section of ["datasets", "models"] as const) {
    for (const key of Object.keys(config[section] ?? {})) {
      const message = fileNameFault(key);
      if (message) context.addIssue({code: "custom", path: [section, key], message});
      else if (section === "datasets") claim(key, `datasets.${key}`, [section, key]);
      else for (const table of modelTables) claim(modelFile(key, table), `models.${key}`, [section, key]);
    }
  }
}

/** One fault on one line: where, what is wrong, and what stands there if that helps. */
function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const where = issue.path.length ? issue.path.reduce<string>(step, "") : "the config";
  const found = issue.path.reduce<unknown>(
    (object, key) => (object as Record<PropertyKey, unknown> | undefined)?.[key],
    value
  );
  if (issue.code === "invalid_type") {
    return found === undefined
      ? `${where}: is missing; it should be ${article(issue.expected)}`
      : `${where}: ${show(found)} should be ${article(issue.expected)}`;
  }
  const shown = typeof found === "string" || typeof found === "number" ? ` (it is ${show(found)})` : "";
  return `${where}: ${issue.message}${shown}`;
}

const step = (path: string, key: PropertyKey) =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(String(key))
    ? `${path}${path && "."}${String(key)}`
    : `${path}[${typeof key === "number" ? key : JSON.stringify(String(key))}]`;

const article = (type: string) =>
  type === "int" ? "a whole number" : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;

/** A value as it would stand in the config, cut short. */
function show(value: unknown): string {
  const text = typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
