// Calls about directories: of apps, which belong to a user, and of an app's datasets, flows and models.
import {z} from "zod";
import {appFor} from "../access.js";
import * as answer from "../answer.js";
import {get, post, type Call} from "../call.js";
import type {Context} from "../context.js";
import {directoryOf} from "../directory.js";
import {notFound, rejected} from "../error.js";
import {flag, id, name} from "../field.js";
import {newId} from "../id.js";
import type {DirectoryRecord, DirectoryType} from "../records.js";
import {drop, put, type State} from "../state.js";

const parent_id = id.nullish().transform((parent) => parent ?? "");

const found = (directory: DirectoryRecord | undefined, fits: (directory: DirectoryRecord) => boolean) => {
  if (!directory || !fits(directory)) throw notFound("Directory");
  return directory;
};

export const directoryCalls = ({state}: Context): Call[] => [
  ...projectDirectoryCalls(state),
  ...componentDirectoryCalls(state, "DATASET", "dataset"),
  ...componentDirectoryCalls(state, "PIPELINE", "pipeline"),
  ...componentDirectoryCalls(state, "MODEL", "model")
];

function projectDirectoryCalls(state: State): Call[] {
  const own = (directoryId: string, user: string) =>
    found(state.tables.directories.get(directoryId), ({type, owner}) => type === "PROJECT" && owner === user);

  return [
    post(
      "/component/create-project-directory",
      z.object({directory: z.object({name, parent_id})}),
      async ({directory}, user) => {
        const parentId = directoryOf(state, directory.parent_id, "PROJECT", user);
        const record = {
          id: newId(),
          type: "PROJECT",
          name: directory.name,
          parentId,
          appId: "",
          owner: user
        } as const;
        await state.commit(put("directories", record));
        return {directory_id: record.id};
      }
    ),

    get("/component/get-project-directory", z.object({directory_id: id}), ({directory_id}, user) => ({
      directory: answer.directory(own(directory_id, user))
    })),

    get(
      "/component/get-project-directories-for-user",
      z.object({fetch_all: flag.optional(), directory_id: id.optional()}),
      ({fetch_all, directory_id}, user) => {
        const all = fetch_all ?? directory_id === undefined;
        const directories = [...state.tables.directories.values()].filter(
          ({type, owner, parentId}) =>
            type === "PROJECT" && owner === user && (all || parentId === (directory_id ?? ""))
        );
        return {directories: directories.map(answer.directory)};
      }
    ),

    post(
      "/component/delete-project-directory",
      z.object({directory: z.object({directory_id: id})}),
      async ({directory}, user) => {
        const record = own(directory.directory_id, user);
        const holdsApp = [...state.tables.apps.values()].some(({directoryId}) => directoryId === record.id);
        const holdsDirectory = [...state.tables.directories.values()].some(
          ({parentId}) => parentId === record.id
        );
        if (holdsApp || holdsDirectory) {
          throw rejected("The directory is not empty: move or delete what is in it first");
        }
        await state.commit(drop("directories", record.id));
        return {directory_id: record.id};
      }
    )
  ];
}

function componentDirectoryCalls(state: State, type: DirectoryType, kind: string): Call[] {
  return [
    post(
      `/component/create-${kind}-directory`,
      z.object({directory: z.object({name, project_id: id, parent_id})}),
      async ({directory}, user) => {
        const app = appFor(state, directory.project_id, user, "BUILDER");
        const parentId = directoryOf(state, directory.parent_id, type, app.id);
        const record = {id: newId(), type, name: directory.name, parentId, appId: app.id, owner: ""};
        await state.commit(put("directories", record));
        return {directory_id: record.id};
      }
    ),

    get(
      `/component/get-${kind}-directory`,
      z.object({project_id: id, directory_id: id}),
      ({project_id, directory_id}, user) => {
        const app = appFor(state, project_id, user);
        const record = found(
          state.tables.directories.get(directory_id),
          (one) => one.type === type && one.appId === app.id
        );
        return {directory: answer.directory(record)};
      }
    ),

    get(
      `/component/get-${kind}-directories-for-project`,
      z.object({project_id: id, directory_id: id.optional()}),
      ({project_id, directory_id}, user) => {
        const app = appFor(state, project_id, user);
        const directories = [...state.tables.directories.values()].filter(
          (one) =>
            one.type === type &&
            one.appId === app.id &&
            (directory_id === undefined || one.parentId === directory_id)
        );
        return {directories: directories.map(answer.directory)};
      }
    )
  ];
}
