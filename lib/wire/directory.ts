// Directories: apps, datasets, flows and models each have a tree of their own.
import * as z from "zod";
import {get, post} from "./call.js";
import {message} from "./message.js";
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

/** Where a directory is, and how many items are in it. The platform sends blanks for them where it names one's directory. */
const place = {appId: maybe(text), parentId: maybe(text), size: maybe(number)};

/** A directory as a component names it. */
export const directoryRef = message({directoryId: text, type: directoryType, name: maybe(text), ...place});
export type DirectoryRef = z.output<typeof directoryRef>;

/** The directory that a component is in; `undefined` for the top level, where the platform sends one without an id. */
export const directoryOfComponent = maybe(
  directoryRef,
  (value) => !(value as {directory_id?: string} | undefined)?.directory_id
);

/** The directory to put something in; `null` is the top level, `{}` on the wire. */
export const targetDirectory = z.codec(z.unknown(), z.nullable(directoryRef), {
  decode: (value) => (value && Object.keys(value).length > 0 ? value : null),
  encode: (value) => value ?? {}
});

/** A directory by itself. */
export const directory = message({directoryId: text, name: text, type: directoryType, ...place});
export type Directory = z.output<typeof directory>;

const listed = message({directories: z.array(directory)});
const one = message({directory});
const created = message({directoryId: text});

export const getAppDirectory = get("/component/get-project-directory", message({directoryId: text}), one);
export const listAppDirectories = get(
  "/component/get-project-directories-for-user",
  message({fetchAll: flag, directoryId: text.optional()}),
  listed
);
export const createAppDirectory = post(
  "/component/create-project-directory",
  message({directory: message({name: text, parentId: text})}),
  created
);
export const deleteAppDirectory = post(
  "/component/delete-project-directory",
  message({directory: message({directoryId: text})}),
  created
);

/** The calls that datasets, flows and models have alike for the directories of an app. */
function directoryCalls(kind: "dataset" | "pipeline" | "model") {
  return {
    get: get(`/component/get-${kind}-directory`, message({appId: text, directoryId: text}), one),
    /** With a `directoryId` what is right in it; without one every directory of the app, nested ones included. */
    list: get(
      `/component/get-${kind}-directories-for-project`,
      message({appId: text, directoryId: text.optional()}),
      listed
    ),
    create: post(
      `/component/create-${kind}-directory`,
      message({directory: message({name: text, appId: text, parentId: text})}),
      created
    )
  };
}

export const datasetDirectories = directoryCalls("dataset");
export const flowDirectories = directoryCalls("pipeline");
export const modelDirectories = directoryCalls("model");
