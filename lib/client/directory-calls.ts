// Creates directories of each kind: directories of apps belong to a user, the others to an app.
import * as wire from "../wire/index.js";
import type {DirectoryCalls} from "./new-directory.js";
import type {Transport} from "./transport.js";

/** The calls for a user's directories of apps. */
export const appDirectoryCalls = (transport: Transport): DirectoryCalls => ({
  create: async (name, parentId, options) =>
    (await transport.call(wire.createAppDirectory, {directory: {name, parentId}}, options)).directoryId,
  get: async (directoryId, options) =>
    (await transport.call(wire.getAppDirectory, {directoryId}, options)).directory
});

/** The calls for an app's directories of one kind, such as `wire.datasetDirectories`. */
export const directoryCallsIn = (
  transport: Transport,
  {create, get}: typeof wire.datasetDirectories,
  appId: string
): DirectoryCalls => ({
  create: async (name, parentId, options) =>
    (await transport.call(create, {directory: {name, appId, parentId}}, options)).directoryId,
  get: async (directoryId, options) => (await transport.call(get, {appId, directoryId}, options)).directory
});
