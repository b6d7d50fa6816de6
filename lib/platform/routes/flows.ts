// Calls about flows, which the wire calls pipelines.
import {z} from "zod";
import {appFor, componentFor} from "../access.js";
import * as answer from "../answer.js";
import {get, post, type Call} from "../call.js";
import type {Context} from "../context.js";
import {directoryOf} from "../directory.js";
import {rejected} from "../error.js";
import {count, directory, id, json, movedTo, name} from "../field.js";
import {newId} from "../id.js";
import {cut, lies, listing, named, ofApp} from "../list.js";
import type {FlowRecord} from "../records.js";
import {removeFlow} from "../remove.js";
import {cronProblem, isOver} from "../schedules.js";
import {put} from "../state.js";

const pipeline = z.object({project_id: id, pipeline_id: id});

const time = z.string().regex(/^\d{1,12}$/, {error: "must be a string of epoch seconds"});

/** Five fields; of the minute only a plain number is taken, so that no flow runs more than once an hour. */
const cron = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => text.split(/\s+/).length === 5, {
    error: "must have five fields: minute hour day month day_of_week"
  })
  .refine((text) => /^[0-5]?\d\s/.test(text), {
    error: "must begin with a minute, an integer between 0 and 59"
  });

const schedule = z
  .object({name, start_time: time, end_time: z.union([z.literal(""), time]).default(""), cron})
  .transform((value) => ({...value, setAt: Date.now()}))
  // One that has ended is how clients remove a schedule: its cron may be of no day at all.
  .refine((value) => isOver(value, Date.now()) || cronProblem(value.cron) === undefined, {
    path: ["cron"],
    error: ({input}) => `can't be: ${cronProblem((input as {cron: string}).cron)}`
  });

const definition = z
  .looseObject({facets: z.array(json).default([]), arrows: z.array(json).default([])})
  .transform((value): Record<string, unknown> => ({
    arguments: {},
    variables: {},
    model_variables: {},
    ...value
  }));

export function flowCalls(context: Context): Call[] {
  const {state, runs} = context;
  const find = (one: z.output<typeof pipeline>, user: string, needed: "VIEWER" | "BUILDER" = "VIEWER") =>
    componentFor(state, "flows", {appId: one.project_id, id: one.pipeline_id}, user, needed);

  return [
    post(
      "/component/create-pipeline",
      z.object({
        pipeline: z.object({
          project_id: id,
          name,
          directory,
          high_volume_preference: z.boolean().default(false),
          definition,
          agent_access: z.boolean().nullish(),
          schedule: schedule.nullish()
        })
      }),
      async ({pipeline}, user) => {
        const app = appFor(state, pipeline.project_id, user, "BUILDER");
        const now = Date.now();
        const record: FlowRecord = {
          id: newId(),
          appId: app.id,
          name: pipeline.name,
          directoryId: directoryOf(state, pipeline.directory, "PIPELINE", app.id),
          definition: pipeline.definition,
          highVolumePreference: pipeline.high_volume_preference,
          agentAccess: pipeline.agent_access ?? false,
          schedule: pipeline.schedule ? {...pipeline.schedule, setBy: user} : null,
          running: null,
          createdAt: now,
          modifiedAt: now
        };
        await state.commit(put("flows", record));
        return {pipeline_id: record.id};
      }
    ),

    get(
      "/component/get-pipeline",
      z.object({pipeline_id: id.optional(), project_id: id.optional(), name: z.string().optional()}),
      ({pipeline_id, project_id, name}, user) => {
        if (pipeline_id !== undefined) {
          const flow = componentFor(state, "flows", {appId: project_id, id: pipeline_id}, user);
          return {pipeline: answer.flow(flow)};
        }
        if (name === undefined || project_id === undefined) {
          throw rejected("pipeline_id, or project_id and name, are required");
        }
        const app = appFor(state, project_id, user);
        return {pipeline: answer.flow(named(ofApp(state.tables.flows, app.id), name, "Pipeline"))};
      }
    ),

    get("/component/get-pipelines-for-project", z.object({project_id: id, ...listing}), (query, user) => {
      const app = appFor(state, query.project_id, user);
      const {items, limit_warning} = cut(ofApp(state.tables.flows, app.id).filter(lies(query)), "pipelines");
      return {pipelines: items.map(answer.flow), limit_warning};
    }),

    post(
      "/component/edit-pipeline",
      z.object({
        pipeline: pipeline.extend({
          name: name.optional(),
          directory: movedTo,
          high_volume_preference: z.boolean().optional(),
          definition: definition.optional(),
          agent_access: z.boolean().optional(),
          schedule: schedule.nullish()
        })
      }),
      async ({pipeline}, user) => {
        const record = find(pipeline, user, "BUILDER");
        const moved = pipeline.directory;
        await state.commit(
          put("flows", {
            ...record,
            name: pipeline.name ?? record.name,
            directoryId:
              moved === undefined ? record.directoryId : directoryOf(state, moved, "PIPELINE", record.appId),
            highVolumePreference: pipeline.high_volume_preference ?? record.highVolumePreference,
            definition: pipeline.definition ?? record.definition,
            agentAccess: pipeline.agent_access ?? record.agentAccess,
            schedule: pipeline.schedule ? {...pipeline.schedule, setBy: user} : record.schedule,
            modifiedAt: Date.now()
          })
        );
        return {pipeline_id: record.id};
      }
    ),

    post("/component/delete-pipeline", z.object({pipeline}), async ({pipeline}, user) => {
      const record = find(pipeline, user, "BUILDER");
      await removeFlow(context, record);
      return {pipeline_id: record.id};
    }),

    post(
      "/component/run-pipeline",
      z.object({
        pipeline,
        variables: z.record(z.string(), z.object({value: z.unknown()})).default({})
      }),
      async ({pipeline, variables}, user) => {
        const record = find(pipeline, user, "BUILDER");
        const known = Object.keys((record.definition.variables as object | undefined) ?? {});
        const unknown = Object.keys(variables).find((variable) => !known.includes(variable));
        if (unknown !== undefined) {
          throw rejected(
            `variables: the pipeline has no variable ${JSON.stringify(unknown)}` +
              (known.length > 0 ? `; it has ${known.join(", ")}` : "")
          );
        }
        const values = Object.fromEntries(Object.entries(variables).map(([key, {value}]) => [key, value]));
        await runs.start(record, user, values);
        return {pipeline_id: record.id};
      }
    ),

    get("/component/is-pipeline-running", pipeline, (one, user) => {
      const run = runs.report(find(one, user).id);
      if (!run) return {status: false, progress: {message: ""}};
      const {status, progress, message} = run;
      return {status: true, progress: {status, progress, message}};
    }),

    post("/component/stop-pipeline", z.object({pipeline}), ({pipeline}, user) => {
      const record = find(pipeline, user, "BUILDER");
      runs.stop(record.id);
      return {pipeline_id: record.id};
    }),

    get(
      "/component/get-pipeline-log",
      pipeline.extend({limit: count.default(5)}),
      ({limit, ...one}, user) => {
        const record = find(one, user);
        const logs = [...state.tables.flowLogs.values()].filter((log) => log.flowId === record.id);
        return {pipeline_log: logs.toReversed().slice(0, limit).map(answer.flowLog)};
      }
    )
  ];
}
