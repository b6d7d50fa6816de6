/**
 * Starting a project from what an account has: which datasets hold forecasts, and the config, pages and other files as text. It reads
 * templates of this package and writes nothing.
 */
export {sections, type Section} from "./config-text.js";
export {insertEntries} from "./config-edit.js";
export {datasetEntries, flowEntries, modelEntries, type Entries} from "./entries.js";
export {plainText} from "./escape.js";
export type {FoundApp, FoundColumn, FoundDataset, FoundFlow, FoundModel, FoundVariable} from "./found.js";
export {Keys} from "./keys.js";
export {commandsOf, managerOf, type Manager} from "./managers.js";
export {mergeIgnored, mergePackage, type Merged} from "./merge.js";
export {packageFolder, packageSpec, readManifest} from "./package-folder.js";
export {appEntries, choose, pageFile, plannedFiles, referenceTo, type Choice} from "./plan.js";
export {packageText, scriptsOf, type ProjectOptions} from "./project-files.js";
export type {PlannedFile} from "./planned-file.js";
export {readApp, readDataset, readFlow, readModel} from "./read-app.js";
export {isFrameworkProject, sourceOf} from "./existing.js";
export {changeOf, checkPackage, planChanges, textOf, writeChanges, type Change} from "./write-plan.js";
