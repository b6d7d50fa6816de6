// Calls about apps, which the wire calls projects.
import {z} from "zod";
import {appAccess, appFor} from "../access.js";
import * as answer from "../answer.js";
import {get, post, type Call} from "../call.js";
import type {Context} from "../context.js";
import {directoryOf} from "../directory.js";
import {rejected} from "../error.js";
import {description, directory, email, id, movedTo, name} from "../field.js";
import {newId} from "../id.js";
import {cut, lies, listing, named, ofApp} from "../list.js";
import type {AppRecord} from "../records.js";
import {latestVersionId} from "../model-version.js";
import {removeApp} from "../remove.js";
import {put} from "../state.js";

const level = z.enum(["OWNER", "BUILDER", "VIEWER"], {error: "must be OWNER, BUILDER or VIEWER"});
const project = z.object({project_id: id});
const person = z.object({project: project, user: z.object({email})});
const access = z.object({project: project, user: z.object({email, project_access_level: level})});

export const appsOf = ({state}: Context, user: string): AppRecord[] =>
  [...state.tables.apps.values()].filter((app) => appAccess(app, user) !== undefined);

export function appCalls(context: Context): Call[] {
  const {state} = context;

  const grant = async ({project, user: other}: z.output<typeof access>, user: string) => {
    const app = appFor(state, project.project_id, user, "OWNER");
    if (other.email === app.owner) throw rejected("The owner's access to a project can't be changed");
    await state.commit(
      put("apps", {
        ...app,
        access: {...app.access, [other.email]: other.project_access_level},
        modifiedAt: Date.now()
      })
    );
    return {project_id: app.id};
  };

  return [
    post(
      "/component/create-project",
      z.object({project: z.object({name, description: description.default(""), directory})}),
      async ({project}, user) => {
        const now = Date.now();
        const app: AppRecord = {
          id: newId(),
          name: project.name,
          owner: user,
          description: project.description,
          icon: "",
          images: [],
          directoryId: directoryOf(state, project.directory, "PROJECT", user),
          access: {},
          createdAt: now,
          modifiedAt: now,
          lastUsedAt: now
        };
        await state.commit(put("apps", app));
        return {project_id: app.id};
      }
    ),

    get(
      "/component/get-project",
      z.object({project_id: id.optional(), name: z.string().optional()}),
      ({project_id, name}, user) => {
        if (project_id !== undefined) return {project: answer.app(appFor(state, project_id, user))};
        if (name === undefined) throw rejected("project_id or name is required");
        return {project: answer.app(named(appsOf(context, user), name, "Project"))};
      }
    ),

    get("/component/get-projects-for-user", z.object(listing), (query, user) => {
      const {items, limit_warning} = cut(appsOf(context, user).filter(lies(query)), "projects");
      return {projects: items.map(answer.app), limit_warning};
    }),

    get("/component/get-components-for-project", project, ({project_id}, user) => {
      const app = appFor(state, project_id, user);
      const {datasets, flows, models, directories} = state.tables;
      const directoriesOf = (type: string) =>
        [...directories.values()]
          .filter((one) => one.appId === app.id && one.type === type)
          .map(answer.directory);
      const components = {
        charts: [],
        connectors: [],
        dashboards: [],
        datasets: ofApp(datasets, app.id).map(answer.dataset),
        databases: [],
        pipelines: ofApp(flows, app.id).map(answer.flow),
        models: ofApp(models, app.id).map((model) => answer.model(model, latestVersionId(state, model.id))),
        external_resources: [],
        users: [[app.owner, "OWNER"], ...Object.entries(app.access)].map(([email, project_access_level]) => ({
          email,
          project_access_level
        })),
        connector_directories: [],
        dashboard_directories: [],
        dataset_directories: directoriesOf("DATASET"),
        database_directories: [],
        pipeline_directories: directoriesOf("PIPELINE"),
        model_directories: directoriesOf("MODEL"),
        external_resource_directories: []
      };
      return {project_components: {[app.id]: components}};
    }),

    post(
      "/component/edit-project",
      z.object({
        project: project.extend({
          name: name.optional(),
          description: description.optional(),
          directory: movedTo
        })
      }),
      async ({project}, user) => {
        const app = appFor(state, project.project_id, user, "BUILDER");
        const moved = project.directory;
        await state.commit(
          put("apps", {
            ...app,
            name: project.name ?? app.name,
            description: project.description ?? app.description,
            directoryId: moved === undefined ? app.directoryId : directoryOf(state, moved, "PROJECT", user),
            modifiedAt: Date.now()
          })
        );
        return {project_id: app.id};
      }
    ),

    post("/component/delete-project", z.object({project}), async ({project}, user) => {
      const app = appFor(state, project.project_id, user, "OWNER");
      await removeApp(context, app);
      return {project_id: app.id};
    }),

    post("/component/share-project", access, grant),
    post("/component/edit-project-access-level-for-user", access, grant),

    post("/component/unshare-project", person, async ({project, user: other}, user) => {
      const app = appFor(state, project.project_id, user, "OWNER");
      if (other.email === app.owner) throw rejected("The owner's access to a project can't be changed");
      const {[other.email]: level, ...rest} = app.access;
      if (!level) throw rejected(`${other.email} has no access to this project`);
      await state.commit(put("apps", {...app, access: rest, modifiedAt: Date.now()}));
      return {project_id: app.id};
    })
  ];
}
