// What the platform and a process that runs its flows say to each other.
import type {Host, Progress, RunOptions, RunResult} from "../engine/index.js";

/** A run, and what it may use. */
export interface Job extends Pick<RunOptions, "definition" | "variables" | "folder" | "allowPython"> {
  /** What DuckDB may use before it spills to the disk, in MB; scripts may have as much. */
  memory: number;
  /** What the whole process may use, in bytes: DuckDB doesn't count all that it takes. */
  processMemory: number;
}

/** What a run asks of its host: which method, and with what. */
export type Question = {[Name in keyof Host]: {about: Name; args: Parameters<Host[Name]>}}[keyof Host];

/** Why a run failed, and the facet to blame, "" where none is. */
export interface Fault {
  facetId: string;
  message: string;
}

/** To the process. It does one run at a time. */
export type Order =
  | {kind: "run"; job: Job}
  /** The host's answer to a question: `value`, or what went wrong. */
  | {kind: "answer"; id: number; value?: unknown; fault?: string}
  | {kind: "stop"};

/** From the process. */
export type Report =
  /** Once, when it has started. */
  | {kind: "ready"}
  | {kind: "progress"; progress: Progress}
  | ({kind: "question"; id: number} & Question)
  /** A script has begun, in a group of processes of this id, or it has ended. */
  | {kind: "script"; group: number | undefined}
  /** The process has taken too much, and a thread that is busy with it can't be stopped: end it. */
  | {kind: "memory"}
  /** `rss`: the bytes of memory that the process keeps. */
  | {kind: "end"; result: RunResult; rss: number}
  | ({kind: "fault"; rss: number} & Fault);
