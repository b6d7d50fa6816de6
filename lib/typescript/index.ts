/**
 * Runs the TypeScript files of a project: its config, and through `run.ts` its loaders. Imports no other room.
 */
export {importTypeScript} from "./import.js";
