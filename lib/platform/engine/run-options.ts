// What a run of a flow is asked for.
import type {Host, Progress} from "./host.js";

export interface RunOptions extends Host {
  /** A flow definition as the wire has it. */
  definition: unknown;
  /** Values of run variables, by the variable's name. */
  variables?: Record<string, unknown>;
  /** An empty folder for this run alone; outputs are in it when the run is over, and the caller removes it. */
  folder: string;
  /** Whether PYTHON and CUSTOM_FACET facets may run; they run what the flow's author wrote as this user. */
  allowPython?: boolean;
  /** The interpreter, found on PATH by default. */
  python?: string;
  /** Milliseconds that a script may take; ten minutes by default. */
  pythonTimeLimit?: number;
  /** Bytes of memory that a script may take; without a limit by default. */
  scriptMemory?: number;
  /** Is told the group of processes in which a script begins, and with undefined that it has ended. */
  onScript?: (group: number | undefined) => void;
  /** Ends the run: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** The moment that ADD_CURRENT_TIME writes; now, unless a test says otherwise. */
  now?: Date;
  /** What DuckDB may hold in memory before it spills to the folder, as DuckDB writes it. */
  memoryLimit?: string;
}
