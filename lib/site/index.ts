// A Framework project as this kit sees it: which data files its pages name, building aside, checking, and keeping what was published.
export {buildSite, type BuildOptions} from "./build.js";
export {restoreSite, siteFolder} from "./built-site.js";
export {builtFiles, cacheFolder, filesIn} from "./data-files.js";
export {checkSite, type CheckOptions, type CheckResult} from "./check.js";
export type {DataShape} from "./check-data.js";
export type {Edition, EditionsOf} from "./edition.js";
export {
  currentEdition,
  listEditions,
  publishEdition,
  restoreEdition,
  rollback,
  withEditionsLock,
  type ListedEdition,
  type Published,
  type PublishOptions,
  type RollbackOptions
} from "./editions.js";
export type {Precompressed} from "./precompress.js";
export {namedFiles} from "./named-files.js";
