// What to refresh in the page when a run has succeeded.
import type {FlowInfo, Run} from "../gateway-api/index.js";
import {TriggerError} from "./error.js";

/** What `reload` was given: the names of files to wait for, and what to do then. */
export interface Reload {
  files: readonly string[];
  /** Reloads, or calls the page's functions, when the run has succeeded and the files are published. */
  act: (run: Run) => void;
}

/** With no targets, reloads the page; names such as `data/x.parquet` are waited for; functions are called. */
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

/** Checks before a run that the flow writes the files that are waited for. */
export function checkWrites({key, writes}: FlowInfo, files: readonly string[]): void {
  for (const file of files) {
    const stem = file.replace(/^(?:.*\/)?data\//, "").replace(/\.\w+$/, "");
    // A model's key is the stem of its files: "demand-model" stands for data/demand-model-versions.arrow; a dataset's that of its parts.
    if (
      writes.some((name) => stem === name || (/^[-.]/.test(stem.slice(name.length)) && stem.startsWith(name)))
    )
      continue;
    const there = writes.length ? `it writes ${writes.join(", ")}` : "it writes nothing that pages read";
    throw new TriggerError(
      "publication",
      `flow "${key}" doesn't write ${file}: ${there}. Name it in the flow's "writes" in ikigai.config.ts`
    );
  }
}
