// Directories: apps, datasets, flows and models each have a tree of their own.
import * as z from "../zod/index.js";
import {get, post} from "./call.js";
import {message, type Codec} from "./message.js";
import {flag, maybe, number, text} from "./scalars.js";

const typeNames = [
  ["PROJECT", "APP"],
  ["PIPELINE", "FLOW"]
] as const;

/** What a directory holds. The platform has more kinds (CONNECTOR, DASHBOARD, …) in an app's components. */
export type DirectoryType = "APP" | "DATASET" | "FLOW" | "MODEL" | (string & {});

const directoryType = z.codec(text, z.custom<DirectoryType>(), {
  decode: (wire) => typeNames.find(([name]) => name === wire)?.[1] ?? wire,
  encode: (ours): string => typeNames.find(([, name]) => name === ours)?.[0] ?? ours
});

/** Where a directory is, and how many items are in it. The platform sends blanks for them in references to a directory. */
const place = {appId: maybe(text), parentId: maybe(text), size: maybe(number)};

const directoryRefMessage = message({directoryId: text, type: directoryType, name: maybe(text), ...place});

/** A component's reference to its directory. */
export interface DirectoryRef extends z.output<typeof directoryRefMessage> {}
export const directoryRef: Codec<DirectoryRef> = directoryRefMessage;

/** The directory that a component is in; `undefined` for the top level, for which the platform sends a directory without an id. */
export const directoryOfComponent = maybe(
  directoryRef,
  (value) => !(value as {directory_id?: string} | undefined)?.directory_id
);

/** The directory to put something in; `null` is the top level, `{}` on the wire. */
export const targetDirectory = z.codec(z.unknown(), z.nullable(directoryRef), {
  decode: (value) => (value && Object.keys(value).length > 0 ? value : null),
  encode: (value) => value ?? {}
});

const directoryMessage = message({directoryId: text, name: text, type: directoryType, ...place});

/** A directory by itself. */
export interface Directory extends z.output<typeof directoryMessage> {}
export const directory: Codec<Directory> = directoryMessage;

const listed = message({directories: z.array(directory)});
const one = message({directory});
const created = message({directoryId: text});

/** A directory of apps, by its id. */
export const getAppDirectory = get("/component/get-project-directory", message({directoryId: text}), one);
/** Every directory of the user's apps, or with `fetchAll: false` those directly in a directory. */
export const listAppDirectories = get(
  "/component/get-project-directories-for-user",
  message({fetchAll: flag, directoryId: text.optional()}),
  listed
);
/** Makes a directory of apps; a `parentId` of "" puts it at the top level. */
export const createAppDirectory = post(
  "/component/create-project-directory",
  message({directory: message({name: text, parentId: text})}),
  created
);
/** Deletes a directory of apps. */
export const deleteAppDirectory = post(
  "/component/delete-project-directory",
  message({directory: message({directoryId: text})}),
  created
);

/** The calls that datasets, flows and models share for the directories of an app. */
function directoryCalls(kind: "dataset" | "pipeline" | "model") {
  return {
    /** One directory, by its id. */
    get: get(`/component/get-${kind}-directory`, message({appId: text, directoryId: text}), one),
    /** With a `directoryId` the directories directly in it; without one every directory of the app, nested ones included. */
    list: get(
      `/component/get-${kind}-directories-for-project`,
      message({appId: text, directoryId: text.optional()}),
      listed
    ),
    /** Makes a directory; a `parentId` of "" puts it at the top level of the app. */
    create: post(
      `/component/create-${kind}-directory`,
      message({directory: message({name: text, appId: text, parentId: text})}),
      created
    )
  };
}

/** Calls for the directories of an app's datasets. */
export const datasetDirectories = directoryCalls("dataset");
/** Calls for the directories of an app's flows. */
export const flowDirectories = directoryCalls("pipeline");
/** Calls for the directories of an app's models. */
export const modelDirectories = directoryCalls("model");
