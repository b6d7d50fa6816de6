// Calls about datasets as records; their bytes come and go by uploads and downloads.
import {z} from "zod";
import {appFor, componentFor} from "../access.js";
import * as answer from "../answer.js";
import {get, post, type Call} from "../call.js";
import type {Context} from "../context.js";
import {directoryOf} from "../directory.js";
import {rejected} from "../error.js";
import {count, directory, id, movedTo, name} from "../field.js";
import {newId} from "../id.js";
import {cut, lies, listing, named, ofApp} from "../list.js";
import type {DatasetRecord} from "../records.js";
import {removeDataset} from "../remove.js";
import {put} from "../state.js";

const dataset = z.object({project_id: id, dataset_id: id});

export function datasetCalls(context: Context): Call[] {
  const {state} = context;
  const find = (one: z.output<typeof dataset>, user: string, needed: "VIEWER" | "BUILDER" = "VIEWER") =>
    componentFor(state, "datasets", {appId: one.project_id, id: one.dataset_id}, user, needed);

  return [
    post(
      "/component/create-dataset",
      z.object({dataset: z.object({project_id: id, name, directory, agent_access: z.boolean().nullish()})}),
      async ({dataset}, user) => {
        const app = appFor(state, dataset.project_id, user, "BUILDER");
        const now = Date.now();
        const record: DatasetRecord = {
          id: newId(),
          appId: app.id,
          name: dataset.name,
          filename: "",
          dataTypes: {},
          directoryId: directoryOf(state, dataset.directory, "DATASET", app.id),
          size: 0,
          objectId: "",
          isOptimized: false,
          agentAccess: dataset.agent_access ?? false,
          job: null,
          log: [],
          createdAt: now,
          modifiedAt: now
        };
        await state.commit(put("datasets", record));
        return {dataset_id: record.id};
      }
    ),

    get(
      "/component/get-dataset",
      z.object({project_id: id, dataset_id: id.optional(), name: z.string().optional()}),
      ({project_id, dataset_id, name}, user) => {
        if (dataset_id !== undefined) return {dataset: answer.dataset(find({project_id, dataset_id}, user))};
        if (name === undefined) throw rejected("dataset_id or name is required");
        const app = appFor(state, project_id, user);
        return {dataset: answer.dataset(named(ofApp(state.tables.datasets, app.id), name, "Dataset"))};
      }
    ),

    get("/component/get-datasets-for-project", z.object({project_id: id, ...listing}), (query, user) => {
      const app = appFor(state, query.project_id, user);
      const {items, limit_warning} = cut(
        ofApp(state.tables.datasets, app.id).filter(lies(query)),
        "datasets"
      );
      return {datasets: items.map(answer.dataset), limit_warning};
    }),

    post(
      "/component/edit-dataset",
      z.object({
        dataset: dataset.extend({
          name: name.optional(),
          directory: movedTo,
          agent_access: z.boolean().optional()
        })
      }),
      async ({dataset}, user) => {
        const record = find(dataset, user, "BUILDER");
        const moved = dataset.directory;
        await state.commit(
          put("datasets", {
            ...record,
            name: dataset.name ?? record.name,
            directoryId:
              moved === undefined ? record.directoryId : directoryOf(state, moved, "DATASET", record.appId),
            agentAccess: dataset.agent_access ?? record.agentAccess,
            modifiedAt: Date.now()
          })
        );
        return {dataset_id: record.id};
      }
    ),

    post("/component/delete-dataset", z.object({dataset}), async ({dataset}, user) => {
      const record = find(dataset, user, "BUILDER");
      await removeDataset(context, record);
      return {dataset_id: record.id};
    }),

    get(
      "/component/get-dataset-log",
      dataset.extend({limit: count.default(5)}),
      ({limit, ...dataset}, user) => ({
        dataset_log: find(dataset, user).log.slice(0, limit).map(answer.datasetLog)
      })
    )
  ];
}
