// Apps: what holds datasets, flows and models together.
import * as z from "../zod/index.js";
import {get, post} from "./call.js";
import {datasetFields} from "./dataset.js";
import {directory, directoryOfComponent, targetDirectory} from "./directory.js";
import {flowFields} from "./flow.js";
import {message} from "./message.js";
import {modelFields} from "./model.js";
import {eachMaybe, flag, isBlank, limitWarning, list, maybe, text, time} from "./scalars.js";

/** An app as the platform keeps it. */
export const app = message({
  appId: text,
  name: text,
  owner: text,
  description: text,
  icon: text.optional(),
  images: list(text),
  directory: directoryOfComponent,
  createdAt: time,
  modifiedAt: time,
  lastUsedAt: maybe(time, isBlank)
});
export interface App extends z.output<typeof app> {}

/** The platform sends only some fields of an app's components, so every field is optional. */
const outlines = <Fields extends z.ZodRawShape>(fields: Fields) => list(message(eachMaybe(fields)));

/** Components of a kind that this kit only lists. Their other fields are kept as they were sent. */
const others = outlines({name: text, appId: text});
const directories = list(directory);

/** Everything in an app. */
export const components = message({
  charts: others,
  connectors: others,
  dashboards: others,
  datasets: outlines(datasetFields),
  databases: others,
  flows: outlines(flowFields),
  models: outlines(modelFields),
  externalResources: others,
  users: outlines({email: text, appAccessLevel: text}),
  connectorDirectories: directories,
  dashboardDirectories: directories,
  datasetDirectories: directories,
  databaseDirectories: directories,
  flowDirectories: directories,
  modelDirectories: directories,
  externalResourceDirectories: directories
});
export interface Components extends z.output<typeof components> {}

/** A user's access level for an app. */
export const appAccessLevel = z.enum(["OWNER", "BUILDER", "VIEWER"]);
export type AppAccessLevel = z.output<typeof appAccessLevel>;

const listed = message({apps: z.array(app), limitWarning});
const changed = message({appId: text});

/** By id or by name. */
export const getApp = get(
  "/component/get-project",
  message({appId: text.optional(), name: text.optional()}),
  message({app})
);
/** Every app of the user, or with `fetchAll: false` those directly in a directory. */
export const listApps = get(
  "/component/get-projects-for-user",
  message({fetchAll: flag, directoryId: text.optional()}),
  listed
);
/** The user's apps whose name contains `query`. */
export const searchApps = get("/search/search-projects-for-user", message({query: text}), listed);
/** Everything in an app, by the app's id. */
export const getComponents = get(
  "/component/get-components-for-project",
  message({appId: text}),
  message({appComponents: z.record(z.string(), components)})
);
/** Makes an app. Names need not be unique. */
export const createApp = post(
  "/component/create-project",
  message({app: message({name: text, description: text, directory: targetDirectory})}),
  changed
);
/** Changes the given fields only. */
export const editApp = post(
  "/component/edit-project",
  message({
    app: message({
      appId: text,
      name: text.optional(),
      directory: targetDirectory.optional(),
      description: text.optional()
    })
  }),
  changed
);
/** Deletes an app with everything in it. */
export const deleteApp = post("/component/delete-project", message({app: message({appId: text})}), changed);

const userWithAccess = message({email: text, appAccessLevel});
const access = message({app: message({appId: text}), user: userWithAccess});
/** Gives a user access to an app. */
export const shareApp = post("/component/share-project", access, changed);
/** Changes the access level of a user who has access to an app. */
export const editAppAccess = post("/component/edit-project-access-level-for-user", access, changed);
/** Takes a user's access to an app away. */
export const unshareApp = post(
  "/component/unshare-project",
  message({app: message({appId: text}), user: message({email: text})}),
  changed
);
