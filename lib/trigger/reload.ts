// What refreshes in the page when a run has ended well.
import type {FlowInfo, Run} from "../gateway-api/index.js";
import {TriggerError} from "./error.js";

/** What `reload` was told: the names of files to wait for, and what to do then. */
export interface Reload {
  files: readonly string[];
  /** Does what `reload` was told, when the run has ended well and the files are published. */
  act: (run: Run) => void;
}

/** Nothing: reload the page. Names such as `data/x.parquet`: wait until they are published. A function: call it. */
export function reloadOf(targets: readonly (string | ((run: Run) => void))[]): Reload {
  const files = targets.filter((target) => typeof target === "string");
  const callbacks = targets.filter((target) => typeof target === "function");
  return {
    files,
    act: (run) => {
      if (!targets.length) location.reload();
      for (const callback of callbacks) callback(run);
    }
  };
}

/** Checks before anything runs that the flow writes what is waited for. */
export function checkWrites({key, writes}: FlowInfo, files: readonly string[]): void {
  for (const file of files) {
    const stem = file.replace(/^(?:.*\/)?data\//, "").replace(/\.\w+$/, "");
    // A model's key is the stem of its files: "demand-model" stands for data/demand-model-versions.arrow.
    if (writes.some((name) => stem === name || stem.startsWith(`${name}-`))) continue;
    const there = writes.length ? `it writes ${writes.join(", ")}` : "it writes nothing that pages read";
    throw new TriggerError(
      "publication",
      `flow "${key}" doesn't write ${file}: ${there}. Name it in the flow's "writes" in ikigai.config.ts`
    );
  }
}
