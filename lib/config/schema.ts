// Checks a config and fills in what it leaves out. Every problem is reported with its place, the value there and the fix.
import {z} from "zod";
import {nearestName} from "../names/index.js";
import {baseProblem} from "./base-path.js";
import type {CheckedConfig} from "./checked-config.js";
import type {Config, PublishEntry} from "./config.js";
import {dataset} from "./dataset-schema.js";
import {checkDefinitions, checkedDefinitions, definitions} from "./definitions-schema.js";
import {fileNameProblem} from "./file-name.js";
import {parseFileSize} from "./file-size.js";
import {editionsFile, modelFile, modelTables, ownFiles} from "./files.js";
import {notify, publish, refresh} from "./refresh-schema.js";
import {problemsOf} from "./problems.js";
import {name, strict} from "./strict.js";
import {variable} from "./variable-schema.js";

/** Something is wrong with ikigai.config.ts, `.env` or the environment; the message names it and the fix. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/**
 * Checks what ikigai.config.ts exports.
 * @param file names the file in errors
 * @throws ConfigError with one line for each problem
 */
export function checkConfig(value: unknown, file = "ikigai.config.ts"): CheckedConfig {
  const result = configSchema.safeParse(value);
  if (!result.success) {
    const problems = problemsOf(result.error.issues, value).map((problem) => `  ${problem}`);
    throw new ConfigError(`${file} needs fixing:\n${problems.join("\n")}`);
  }
  const {
    app,
    datasets = {},
    models = {},
    flows = {},
    gateway = {},
    allowDefinitions,
    refresh,
    publish = {},
    notify = []
  } = result.data;
  return {
    app,
    datasets: mapValues(datasets, (entry) => ({app, ...entry})),
    models: mapValues(models, (entry) => ({app, ...entry})),
    flows: mapValues(flows, (entry) => ({
      app,
      variables: {},
      writes: [],
      whenRunning: "join" as const,
      ...entry
    })),
    gateway,
    allowDefinitions: checkedDefinitions({app, allowDefinitions}),
    refresh: {groups: {}, retries: 2, whenStale: "publish", ...refresh},
    publish: checkedPublish(publish),
    notify: notify.map((entry) => ({on: ["failure", "recovery"], pictures: [], ...entry}))
  };
}

const checkedPublish = ({keep = 3, maxFileSize}: PublishEntry): CheckedConfig["publish"] => ({
  keep,
  ...(maxFileSize !== undefined && {maxFileSize: parseFileSize(maxFileSize)!})
});

const mapValues = <A, B>(record: Record<string, A>, f: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));

const app = name.optional();
const label = z.string().optional();

const flow = strict({
  flow: name,
  app,
  variables: z.record(z.string(), variable).optional(),
  label,
  help: z.string().optional(),
  writes: z.array(z.string()).optional(),
  whenRunning: z.enum(["join", "queue"], {error: 'should be "join" or "queue"'}).optional(),
  users: z.array(name).min(1, "is empty: nobody could start it; leave it out to let everybody").optional()
});

const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: "is not an IP address or CIDR block"
});
const amount = z
  .string()
  .regex(/^(?!0+(\.0+)?[MG]B)\d+(?:\.\d+)?(?:MB|GB)$/, 'should be a size such as "512MB" or "2GB"')
  .optional();
const positive = z.int().min(1, "should be 1 or more");
const query = strict({
  files: z.array(z.string()).min(1, "is empty: nothing could be queried; name a file, or leave query out"),
  timeout: positive.max(60, "should be 60 seconds at most").optional(),
  memory: amount,
  rows: positive.optional(),
  size: amount,
  perViewer: positive.optional(),
  processes: positive.optional()
});

const gateway = strict({
  userHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, "is not the name of an HTTP header")
    .optional(),
  trustedProxies: z.array(address).min(1, "is empty; name the proxy's address").optional(),
  base: z
    .string()
    .superRefine((text, context) => {
      const message = baseProblem(text);
      if (message !== undefined) context.addIssue({code: "custom", message});
    })
    .optional(),
  query: query.optional()
}).refine(({userHeader, trustedProxies}) => userHeader === undefined || trustedProxies !== undefined, {
  path: ["trustedProxies"],
  message: "is missing: without it anybody could send the userHeader; name the proxy's address"
});

/** The shape of what ikigai.config.ts exports, with all checks. */
export const configSchema = strict({
  app: name,
  datasets: z.record(z.string(), dataset).optional(),
  models: z.record(z.string(), strict({model: name, app})).optional(),
  flows: z.record(z.string(), flow).optional(),
  refresh: refresh.optional(),
  publish: publish.optional(),
  notify: z.array(notify).optional(),
  gateway: gateway.optional(),
  allowDefinitions: definitions.optional()
})
  .superRefine(checkFileNames)
  .superRefine(checkFlows)
  .superRefine(checkQueriedFiles)
  .superRefine(checkDefinitions)
  .superRefine(checkGroups) satisfies z.ZodType<Config, Config>;

/** A page names a flow by its key in a URL, and the gateway gives keys of its own to flows that were built in a page. */
const flowKey = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

/** Checks that a flow's key is plain, and that it writes only what the config pulls. */
function checkFlows({datasets = {}, models = {}, flows = {}}: Config, context: z.RefinementCtx): void {
  const keys = [...Object.keys(datasets), ...Object.keys(models)];
  const addProblem = (path: PropertyKey[], message: string) =>
    context.addIssue({code: "custom", path, message});
  for (const [key, {writes = []}] of Object.entries(flows)) {
    if (!flowKey.test(key)) {
      addProblem(
        ["flows", key],
        "should begin with a letter or digit and hold letters, digits, spaces and . _ - only"
      );
    }
    for (const [i, written] of writes.entries()) {
      if (keys.includes(written)) continue;
      const meant = nearestName(written, keys);
      const fix = meant ? `did you mean "${meant}"?` : "add it there";
      addProblem(["flows", key, "writes", i], `is not a key of datasets or models; ${fix}`);
    }
  }
}

/** Only files that the config makes can be queried. */
function checkQueriedFiles({datasets = {}, models = {}, gateway}: Config, context: z.RefinementCtx): void {
  const made = [
    ...Object.entries(datasets).flatMap(([key, {editions}]) => (editions ? [key, editionsFile(key)] : [key])),
    ...Object.keys(models).flatMap((key) => modelTables.map((table) => modelFile(key, table)))
  ];
  for (const [i, file] of (gateway?.query?.files ?? []).entries()) {
    if (made.includes(file)) continue;
    const meant = nearestName(file, made);
    const fix = meant ? `did you mean "${meant}"?` : `the files are ${made.join(", ") || "none"}`;
    const message = `is not a file of datasets or models; ${fix}`;
    context.addIssue({code: "custom", path: ["gateway", "query", "files", i], message});
  }
}

/** A group names sources of the config, each in one group at most. */
function checkGroups({datasets = {}, models = {}, refresh}: Config, context: z.RefinementCtx): void {
  const keys = [...Object.keys(datasets), ...Object.keys(models)];
  const groupOf = new Map<string, string>();
  for (const [group, members] of Object.entries(refresh?.groups ?? {})) {
    for (const [i, member] of members.entries()) {
      const problem = (message: string) =>
        context.addIssue({code: "custom", path: ["refresh", "groups", group, i], message});
      const other = groupOf.get(member);
      if (!keys.includes(member)) {
        const meant = nearestName(member, keys);
        problem(`is not a key of datasets or models; ${meant ? `did you mean "${meant}"?` : "add it there"}`);
      } else if (other !== undefined) problem(`is in the group "${other}" already; a source has one group`);
      else groupOf.set(member, group);
    }
  }
}

/** Checks that every file name is safe and no two entries have the same one, ignoring case as Windows and macOS do. */
function checkFileNames(config: Config, context: z.RefinementCtx): void {
  const taken = new Map(
    Object.entries(ownFiles).map(([file, what]) => [file, `${what}, which the kit writes itself`])
  );
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
      const message = fileNameProblem(key);
      if (message) context.addIssue({code: "custom", path: [section, key], message});
      else if (section === "datasets") {
        claim(key, `datasets.${key}`, [section, key]);
        if (config.datasets?.[key]?.editions) claim(editionsFile(key), `datasets.${key}`, [section, key]);
      } else for (const table of modelTables) claim(modelFile(key, table), `models.${key}`, [section, key]);
    }
  }
}
