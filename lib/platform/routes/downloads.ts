// The call that gives a dataset's data: a URL of the object store, once the download is prepared.
import {z} from "zod";
import {componentFor} from "../access.js";
import {get, type Call} from "../call.js";
import type {Context} from "../context.js";
import {id} from "../field.js";
import {datasetPath} from "../object-store.js";
import type {DatasetRecord} from "../records.js";

/** Milliseconds that preparing an optimized dataset takes from when it is first asked for. */
const preparation = 1500;

export function downloadCalls({state, signer}: Context): Call[] {
  /** When the download of an optimized dataset, as it is now, is ready. */
  const readyAt = new WeakMap<DatasetRecord, number>();

  const isReady = (dataset: DatasetRecord) => {
    const time = readyAt.get(dataset) ?? Date.now() + preparation;
    readyAt.set(dataset, time);
    return time <= Date.now();
  };

  return [
    get(
      "/component/get-dataset-download-url",
      z.object({project_id: id, dataset_id: id}),
      ({project_id, dataset_id}, user) => {
        const dataset = componentFor(state, "datasets", {appId: project_id, id: dataset_id}, user);
        if (!dataset.objectId) return {status: "FAILED"};
        if (dataset.isOptimized && !isReady(dataset)) return {status: "IN_PROGRESS"};
        return {status: "SUCCESS", url: signer.sign("GET", datasetPath(dataset.id))};
      }
    )
  ];
}
