// Flows: their metadata, their runs, and the log.
import * as z from "../zod/index.js";
import {get, post} from "./call.js";
import {directoryOfComponent, targetDirectory} from "./directory.js";
import {flowDefinition} from "./flow-definition.js";
import {message} from "./message.js";
import {flag, freeMap, isBlank, limitWarning, maybe, number, text, time} from "./scalars.js";
import {schedule, scheduleOfFlow} from "./schedule.js";
import {word} from "./word.js";

/** A flow's fields, for `flow` and for the outline of it in an app's components. */
export const flowFields = {
  appId: text,
  flowId: text,
  name: text,
  directory: directoryOfComponent,
  definition: maybe(flowDefinition),
  triggerDownstreamFlows: flag.optional(),
  highVolumePreference: flag.optional(),
  agentAccess: flag.optional(),
  schedule: scheduleOfFlow,
  lastRun: maybe(freeMap, isBlank),
  nextRun: maybe(freeMap, isBlank),
  createdAt: time,
  modifiedAt: time
};
/** A flow with its definition, schedule, and last and next run. */
export const flow = message(flowFields);
export interface Flow extends z.output<typeof flow> {}

export const flowStatus = word([
  "SCHEDULED",
  "RUNNING",
  "STOPPING",
  "STOPPED",
  "FAILED",
  "IDLE",
  "UNKNOWN",
  "SUCCESS"
]);
/** A flow's status. `SUCCESS` is seen only in logs: a flow that has ended is `IDLE`. */
export type FlowStatus = z.output<typeof flowStatus>;

/** A flow's status now; `progress` in percent, if the platform knows it. */
export interface FlowStatusReport {
  status: FlowStatus;
  progress?: number;
  message: string;
}

/** On the wire `status` says only whether it runs, and `progress` is meaningless when it doesn't. */
const flowStatusReport = z.codec(
  message({
    status: flag,
    progress: maybe(message({status: maybe(flowStatus), progress: maybe(number), message: maybe(text)}))
  }),
  z.custom<FlowStatusReport>(),
  {
    decode: ({status: isRunning, progress: detail}): FlowStatusReport => ({
      status: isRunning ? (detail?.status ?? "UNKNOWN") : "IDLE",
      ...(isRunning && {progress: detail?.progress}),
      message: detail?.message ?? ""
    }),
    encode: ({status, progress, message}) => ({
      status: status !== "IDLE",
      progress: {status, progress, message}
    })
  }
);

/** How a run ended. `data` is the platform's message, such as an error; `erroneousFacetId` is the facet that failed. */
export const runLog = message(
  {
    logId: text,
    status: flowStatus,
    user: text,
    erroneousFacetId: maybe(text),
    data: text,
    timestamp: time
  },
  {data: "message"}
);
export interface RunLog extends z.output<typeof runLog> {}

const listed = message({flows: z.array(flow), limitWarning});
const changed = message({flowId: text});
const ids = {appId: text, flowId: text};

/** By id, or by app and name. */
export const getFlow = get(
  "/component/get-pipeline",
  message({appId: text.optional(), flowId: text.optional(), name: text.optional()}),
  message({flow})
);
/** Every flow of an app, or with `fetchAll: false` those directly in a directory. */
export const listFlows = get(
  "/component/get-pipelines-for-project",
  message({appId: text, fetchAll: flag, directoryId: text.optional()}),
  listed
);
/** An app's flows whose name contains `query`. */
export const searchFlows = get(
  "/search/search-pipelines-for-project",
  message({appId: text, query: text}),
  listed
);
/** A flow's status now. */
export const getFlowStatus = get("/component/is-pipeline-running", message(ids), flowStatusReport);
/** The newest `limit` entries, newest first. */
export const getFlowLog = get(
  "/component/get-pipeline-log",
  message({flowId: text, appId: text, limit: number}),
  message({flowLog: z.array(runLog)})
);
/** Makes a flow; with a `schedule` of null it runs only on request. */
export const createFlow = post(
  "/component/create-pipeline",
  message({
    flow: message({
      appId: text,
      name: text,
      directory: targetDirectory,
      highVolumePreference: flag,
      definition: flowDefinition,
      agentAccess: flag.optional(),
      schedule: z.nullable(schedule)
    })
  }),
  changed
);
/** Changes the given fields only. */
export const editFlow = post(
  "/component/edit-pipeline",
  message({
    flow: message({
      ...ids,
      name: text.optional(),
      directory: targetDirectory.optional(),
      highVolumePreference: flag.optional(),
      definition: flowDefinition.optional(),
      agentAccess: flag.optional(),
      schedule: schedule.optional()
    })
  }),
  changed
);
/** Deletes a flow with its log. */
export const deleteFlow = post("/component/delete-pipeline", message({flow: message(ids)}), changed);

/** A call of the local platform's own, so far. */
export const stopFlow = post("/component/stop-pipeline", message({flow: message(ids)}), changed);
/** Starts a run. `variables` by name, each as `{value}`. */
export const runFlow = post(
  "/component/run-pipeline",
  message({
    flow: message(ids),
    variables: z.record(z.string(), z.object({value: z.unknown()})).optional()
  }),
  changed
);
