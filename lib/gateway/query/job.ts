// What the gateway and the process that runs its queries say to each other.

/** A statement to run, and what it may use. */
export interface Job {
  /** The Parquet files of each table, as paths on the disk. */
  files: Record<string, readonly string[]>;
  /** Statements that create what the statement calls, such as macros. */
  setup: readonly string[];
  text: string;
  /** A value for each `?` of the text. */
  params: readonly (string | number | boolean | null)[];
  limits: JobLimits;
}

/** Beyond any of these a query ends with a fault. */
export interface JobLimits {
  /** What DuckDB may use, as it writes it: "1GB". */
  memory: string;
  /** What the whole process may use, in bytes: DuckDB doesn't count all that it takes. */
  processMemory: number;
  threads: number;
  /** Rows of the answer. */
  rows: number;
  /** Bytes of the answer. */
  bytes: number;
}

/** To the process. It does one job at a time. */
export type Order = {kind: "run"; job: Job} | {kind: "stop"};

/** From the process: the parts of an Arrow IPC stream, then its end; or a fault, after which there is nothing more. */
export type Report =
  /** Once, when it has started. */
  | {kind: "ready"}
  /** The process has taken too much, and a thread that is busy with it can't be stopped: end it. */
  | {kind: "memory"}
  | {kind: "part"; bytes: Uint8Array}
  /** `repeatable`: whether the same statement over the same files gives the same answer again. */
  | {kind: "end"; repeatable: boolean}
  | ({kind: "fault"} & Fault);

/** Why a query has no answer: the statement is wrong, or it needs more than it may use. */
export interface Fault {
  code: "statement" | "limit";
  message: string;
}

export const outOfMemory = (memory: string): JobError =>
  new JobError(
    "limit",
    `The query needs more than the ${memory} of memory that it may use (gateway.query.memory in ikigai.config.ts): ` +
      "filter or aggregate earlier"
  );

/** Thrown where a job is done. */
export class JobError extends Error {
  override readonly name = "JobError";

  constructor(
    readonly code: Fault["code"],
    message: string
  ) {
    super(message);
  }
}
