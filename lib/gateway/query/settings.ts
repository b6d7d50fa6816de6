// What queries may use, by the config or else by this machine.
import {availableParallelism} from "node:os";
import type {QueryEntry} from "../../config/index.js";
import type {JobLimits} from "./job.js";

export interface QuerySettings {
  /** Milliseconds that a query may run. */
  timeout: number;
  /** Queries of one viewer that run at once. */
  perViewer: number;
  /** Processes, each of which runs a query at a time. */
  processes: number;
  limits: JobLimits;
}

export function querySettings({
  timeout = 30,
  memory = "1GB",
  rows = 500_000,
  size = "64MB",
  perViewer = 2,
  processes = Math.max(2, Math.min(4, availableParallelism() >> 1))
}: QueryEntry): QuerySettings {
  return {
    timeout: timeout * 1000,
    perViewer,
    processes,
    limits: {
      memory,
      // Node, code, and what DuckDB doesn't count of what it takes.
      processMemory: 1.5 * bytesOf(memory) + 400e6,
      threads: Math.max(1, Math.ceil(availableParallelism() / processes)),
      rows,
      bytes: bytesOf(size)
    }
  };
}

/** The bytes of a size such as `1.5GB`, as the config lets it be written. */
function bytesOf(size: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(MB|GB)$/.exec(size)!;
  return Number(number) * (unit === "GB" ? 1e9 : 1e6);
}
