// The call that gives a dataset's data: a URL of the object store, once the download is prepared.
import {z} from "zod";
import {componentFor} from "../access.js";
import {get, type Call} from "../call.js";
import type {Context} from "../context.js";
import {id} from "../field.js";
import {datasetPath} from "../object-store.js";

/** Milliseconds that preparing an optimized dataset takes from when it is first asked for. */
const preparation = 1500;

export function downloadCalls({state, signer}: Context): Call[] {
  /** When the download of an optimized dataset's data is ready, under the data's id. */
  const readyAt = new Map<string, number>();

  const isReady = (objectId: string) => {
    const time = readyAt.get(objectId) ?? Date.now() + preparation;
    readyAt.set(objectId, time);
    return time <= Date.now();
  };

  return [
    get(
      "/component/get-dataset-download-url",
      z.object({project_id: id, dataset_id: id}),
      ({project_id, dataset_id}, user) => {
        const dataset = componentFor(state, "datasets", {appId: project_id, id: dataset_id}, user);
        if (!dataset.objectId) return {status: "FAILED"};
        if (dataset.isOptimized && !isReady(dataset.objectId)) return {status: "IN_PROGRESS"};
        return {status: "SUCCESS", url: signer.sign("GET", datasetPath(dataset.id))};
      }
    )
  ];
}
