// Records as they travel: old names, epoch seconds as strings, and blanks instead of what isn't there, as the platform
// serializes from protobuf.
import type {
  AppRecord,
  CustomFacetRecord,
  CustomFacetVersionRecord,
  DatasetRecord,
  DirectoryRecord,
  DirectoryType,
  FlowLogRecord,
  FlowRecord,
  JobLog,
  ModelRecord,
  ModelVersionRecord
} from "./records.js";
import {isOver} from "./schedules.js";

const seconds = (time: number) => String(Math.floor(time / 1000));

const dated = (record: {createdAt: number; modifiedAt: number}) => ({
  created_at: seconds(record.createdAt),
  modified_at: seconds(record.modifiedAt)
});

/** The directory something lies in: its id and kind, the rest blank. */
const within = (directoryId: string, type: DirectoryType) => ({
  directory_id: directoryId,
  name: "",
  type,
  project_id: "",
  parent_id: "",
  size: "0"
});

export const directory = (record: DirectoryRecord) => ({
  directory_id: record.id,
  name: record.name,
  type: record.type,
  project_id: record.appId,
  parent_id: record.parentId,
  size: "0"
});

export const app = (record: AppRecord) => ({
  project_id: record.id,
  name: record.name,
  owner: record.owner,
  description: record.description,
  icon: record.icon,
  images: record.images,
  directory: within(record.directoryId, "PROJECT"),
  ...dated(record),
  last_used_at: seconds(record.lastUsedAt)
});

export const dataset = (record: DatasetRecord) => ({
  project_id: record.appId,
  dataset_id: record.id,
  name: record.name,
  filename: record.filename,
  data_types: record.dataTypes,
  directory: within(record.directoryId, "DATASET"),
  is_optimized: record.isOptimized,
  file_extension: "csv",
  size: record.size,
  agent_access: record.agentAccess,
  is_visible: true,
  ...dated(record)
});

export const datasetLog = (entry: JobLog) => ({
  status: entry.status,
  timestamp: seconds(entry.timestamp),
  job_type: entry.jobType,
  message: entry.message
});

const blankSchedule = {name: "", start_time: "", end_time: "", cron: ""};

/**
 * An ended schedule is dropped at the next full minute, which is also how clients remove one: there is no call for it,
 * so they set one that has ended long ago.
 */
function schedule({schedule}: FlowRecord) {
  if (!schedule) return blankSchedule;
  const {name, start_time, end_time, cron, setAt} = schedule;
  const minute = (time: number) => Math.floor(time / 60_000);
  const now = Date.now();
  return isOver(schedule, now) && minute(now) > minute(setAt)
    ? blankSchedule
    : {name, start_time, end_time, cron};
}

export const flow = (record: FlowRecord) => ({
  project_id: record.appId,
  pipeline_id: record.id,
  name: record.name,
  directory: within(record.directoryId, "PIPELINE"),
  definition: record.definition,
  trigger_downstream_pipelines: false,
  high_volume_preference: record.highVolumePreference,
  agent_access: record.agentAccess,
  schedule: schedule(record),
  last_run: {},
  next_run: {},
  ...dated(record)
});

export const flowLog = (record: FlowLogRecord) => ({
  log_id: record.id,
  status: record.status,
  user: record.user,
  erroneous_facet_id: record.erroneousFacetId,
  message: record.message,
  timestamp: seconds(record.timestamp)
});

export const model = (record: ModelRecord, latestVersionId: string) => ({
  project_id: record.appId,
  model_id: record.id,
  name: record.name,
  latest_version_id: latestVersionId,
  directory: within(record.directoryId, "MODEL"),
  model_type: record.modelType,
  sub_model_type: record.subModelType,
  description: record.description,
  ...dated(record)
});

export const modelVersion = (record: ModelVersionRecord) => ({
  version_id: record.id,
  model_id: record.modelId,
  version: record.version,
  hyperparameters: record.hyperparameters,
  metrics: record.metrics,
  ...dated(record)
});

export const customFacet = (record: CustomFacetRecord, facetUid: string) => ({
  custom_facet_id: record.id,
  name: record.name,
  chain_group: record.chainGroup,
  facet_uid: facetUid,
  description: record.description,
  tags: record.tags,
  python_script: record.script,
  libraries: record.requirements,
  rootkit_token: record.rootkitToken,
  arguments: record.arguments,
  ...dated(record)
});

export const customFacetVersion = (record: CustomFacetVersionRecord) => ({
  version: record.version,
  version_id: record.id,
  custom_facet_id: record.customFacetId,
  description: record.description,
  arguments: record.arguments,
  created_at: seconds(record.createdAt)
});
