// What the platform remembers: one table a kind of thing, its records under their ids.
// Records are never changed in place, only put again, so that a snapshot taken at any moment is whole.
// Times are epoch milliseconds here, whatever the wire says.

export interface Tables {
  apps: AppRecord;
  directories: DirectoryRecord;
  datasets: DatasetRecord;
  uploads: UploadRecord;
  flows: FlowRecord;
  flowLogs: FlowLogRecord;
  models: ModelRecord;
  modelVersions: ModelVersionRecord;
  customFacets: CustomFacetRecord;
  customFacetVersions: CustomFacetVersionRecord;
}

export type TableName = keyof Tables;

export type AccessLevel = "OWNER" | "BUILDER" | "VIEWER";
export type CustomFacetAccessLevel = "ADMIN" | "EDIT" | "VIEW" | "RUN";
export type DirectoryType = "PROJECT" | "DATASET" | "PIPELINE" | "MODEL";
export type DataTypes = Record<string, {data_type: string; data_formats: Record<string, string>}>;

interface Dated {
  id: string;
  createdAt: number;
  modifiedAt: number;
}

/** What lies in an app, perhaps in one of its directories ("" is the root). */
export interface Component extends Dated {
  appId: string;
  name: string;
  directoryId: string;
}

export interface AppRecord extends Dated {
  name: string;
  owner: string;
  description: string;
  icon: string;
  images: string[];
  directoryId: string;
  /** Who else may use the app, by email. */
  access: Record<string, AccessLevel>;
  lastUsedAt: number;
}

export interface DirectoryRecord {
  id: string;
  type: DirectoryType;
  name: string;
  parentId: string;
  /** "" for directories of apps, which belong to a user. */
  appId: string;
  /** The user a directory of apps belongs to, else "". */
  owner: string;
}

/** The newest upload's fate. */
interface UploadJob {
  status: "RUNNING" | "SUCCESS" | "FAILED";
  filename: string;
}

export interface JobLog {
  status: "SUCCESS" | "FAILED";
  jobType: "UPLOAD_DATASET";
  message: string;
  timestamp: number;
}

export interface DatasetRecord extends Component {
  filename: string;
  dataTypes: DataTypes;
  /** Bytes of the CSV. */
  size: number;
  /** The file that holds the CSV; "" while nothing was uploaded. */
  objectId: string;
  /** Written by a high-volume flow: its download is prepared first. */
  isOptimized: boolean;
  agentAccess: boolean;
  job: UploadJob | null;
  /** Newest first. */
  log: JobLog[];
}

/** An upload between getting its URLs and its data being the dataset's. */
export interface UploadRecord {
  id: string;
  datasetId: string;
  filename: string;
  /** Bytes that the client said it would send. */
  size: number;
  parts: number;
  createdAt: number;
  /** The ETags it was completed with, in order of the parts; null while parts still arrive. */
  etags: string[] | null;
  /** How often a platform began to read it and then never said how that ended. */
  starts?: number;
}

/** A schedule, with what travels spelled as on the wire. */
export interface ScheduleRecord {
  name: string;
  start_time: string;
  end_time: string;
  cron: string;
  /** Epoch milliseconds. */
  setAt: number;
  setBy?: string;
  /** When a run was last started for it, in epoch milliseconds. */
  lastDue?: number;
}

export interface FlowRecord extends Component {
  definition: Record<string, unknown>;
  highVolumePreference: boolean;
  agentAccess: boolean;
  schedule: ScheduleRecord | null;
  /** Who started the run that is under way, if one is. */
  running: {user: string; startedAt: number} | null;
}

export interface FlowLogRecord {
  id: string;
  flowId: string;
  status: "SUCCESS" | "FAILED" | "STOPPED";
  user: string;
  erroneousFacetId: string;
  message: string;
  timestamp: number;
}

export interface ModelRecord extends Component {
  modelType: string;
  subModelType: string;
  description: string;
}

export interface ModelVersionRecord extends Dated {
  modelId: string;
  version: string;
  hyperparameters: Record<string, unknown>;
  metrics: Record<string, unknown>;
  /** What it learned, for the engine alone. */
  learned?: Record<string, unknown>;
}

export interface CustomFacetArgument {
  name: string;
  type: "bool" | "int" | "str" | "float";
  value: string | number | boolean;
}

interface CustomFacetScript {
  description: string;
  script: string;
  requirements: string[];
  rootkitToken: string;
  arguments: CustomFacetArgument[];
}

export interface CustomFacetRecord extends Dated, CustomFacetScript {
  name: string;
  owner: string;
  chainGroup: string;
  tags: string[];
  access: Record<string, CustomFacetAccessLevel>;
}

export interface CustomFacetVersionRecord extends CustomFacetScript {
  id: string;
  customFacetId: string;
  version: string;
  createdAt: number;
}
