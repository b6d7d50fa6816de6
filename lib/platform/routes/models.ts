// Calls about models and their versions; only a flow's run makes a version.
import {z} from "zod";
import {appFor, componentFor} from "../access.js";
import * as answer from "../answer.js";
import {get, post, type Call} from "../call.js";
import type {Context} from "../context.js";
import {directoryOf} from "../directory.js";
import {notFound, rejected} from "../error.js";
import {description, directory, id, movedTo, name} from "../field.js";
import {newId} from "../id.js";
import {cut, lies, listing, named, ofApp} from "../list.js";
import {latestVersionId, versionsOf} from "../model-version.js";
import type {ModelRecord} from "../records.js";
import {removeModel} from "../remove.js";
import {modelSpecs} from "../specs/index.js";
import {put} from "../state.js";

const model = z.object({project_id: id, model_id: id});

/** Names of types are the same whatever their case, spaces and underscores. */
const canonical = (text: string) => text.toLowerCase().replaceAll(/[ _]/g, "");

function checkType(type: string, subType: string): void {
  const same = (wanted: string) => (spec: {name: string}) => canonical(spec.name) === canonical(wanted);
  const spec = Object.values(modelSpecs).find(same(type));
  if (!spec) throw rejected(`model.model_type: there is no model type ${JSON.stringify(type)}`);
  if (spec.sub_model_types.some(same(subType))) return;
  const names = spec.sub_model_types.map(({name}) => name).join(", ");
  throw rejected(
    `model.sub_model_type: the model type "${spec.name}" has no ${JSON.stringify(subType)}; it has ${names}`
  );
}

export function modelCalls(context: Context): Call[] {
  const {state} = context;
  const find = (one: z.output<typeof model>, user: string, needed: "VIEWER" | "BUILDER" = "VIEWER") =>
    componentFor(state, "models", {appId: one.project_id, id: one.model_id}, user, needed);
  const show = (record: ModelRecord) => answer.model(record, latestVersionId(state, record.id));

  return [
    post(
      "/component/create-model",
      z.object({
        model: z.object({
          project_id: id,
          name,
          directory,
          model_type: name,
          sub_model_type: name,
          description: description.default("")
        })
      }),
      async ({model}, user) => {
        const app = appFor(state, model.project_id, user, "BUILDER");
        checkType(model.model_type, model.sub_model_type);
        const now = Date.now();
        const record: ModelRecord = {
          id: newId(),
          appId: app.id,
          name: model.name,
          directoryId: directoryOf(state, model.directory, "MODEL", app.id),
          modelType: model.model_type,
          subModelType: model.sub_model_type,
          description: model.description,
          createdAt: now,
          modifiedAt: now
        };
        await state.commit(put("models", record));
        return {model_id: record.id};
      }
    ),

    get(
      "/component/get-model",
      z.object({project_id: id, model_id: id.optional(), name: z.string().optional()}),
      ({project_id, model_id, name}, user) => {
        if (model_id !== undefined) return {model: show(find({project_id, model_id}, user))};
        if (name === undefined) throw rejected("model_id or name is required");
        const app = appFor(state, project_id, user);
        return {model: show(named(ofApp(state.tables.models, app.id), name, "Model"))};
      }
    ),

    get("/component/get-models-for-project", z.object({project_id: id, ...listing}), (query, user) => {
      const app = appFor(state, query.project_id, user);
      const {items, limit_warning} = cut(ofApp(state.tables.models, app.id).filter(lies(query)), "models");
      return {models: items.map(show), limit_warning};
    }),

    post(
      "/component/edit-model",
      z.object({
        model: model.extend({
          name: name.optional(),
          directory: movedTo,
          description: description.optional()
        })
      }),
      async ({model}, user) => {
        const record = find(model, user, "BUILDER");
        const moved = model.directory;
        await state.commit(
          put("models", {
            ...record,
            name: model.name ?? record.name,
            description: model.description ?? record.description,
            directoryId:
              moved === undefined ? record.directoryId : directoryOf(state, moved, "MODEL", record.appId),
            modifiedAt: Date.now()
          })
        );
        return {model_id: record.id};
      }
    ),

    post("/component/delete-model", z.object({model}), async ({model}, user) => {
      const record = find(model, user, "BUILDER");
      await removeModel(context, record);
      return {model_id: record.id};
    }),

    get("/component/get-model-versions", model, (model, user) => {
      const record = find(model, user);
      return {versions: versionsOf(state, record.id).map(answer.modelVersion)};
    }),

    get(
      "/component/get-model-version",
      z.object({project_id: id, version_id: id}),
      ({project_id, version_id}, user) => {
        const app = appFor(state, project_id, user);
        const version = state.tables.modelVersions.get(version_id);
        const model = version && state.tables.models.get(version.modelId);
        if (!version || model?.appId !== app.id) throw notFound("Model version");
        return {model_version: answer.modelVersion(version)};
      }
    )
  ];
}
