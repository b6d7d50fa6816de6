// A Framework project as this kit sees it: which files its pages need, building aside, checking, and keeping what was published.
export {buildAside, buildSite, replaceAside, type BuildSiteOptions, type BuiltSite} from "./build.js";
export {checkOutput, restoreSite} from "./built-site.js";
export {checkSite, type CheckOptions, type CheckResult} from "./check.js";
export type {DataShape} from "./check-data.js";
export type {Edition, EditionsOf} from "./edition.js";
export {
  currentEdition,
  listEditions,
  publishEdition,
  restoreEdition,
  rollback,
  tidyEditions,
  withEditionsLock,
  type ListedEdition,
  type Published,
  type PublishOptions,
  type RollbackOptions
} from "./editions.js";
export type {Precompressed} from "./precompress.js";
export {cachedKitFiles, kitFiles, loaderFiles} from "./kit-files.js";
export {recordPlainBuild} from "./plain-build.js";
export {oneAtATime, type Publish} from "./one-at-a-time.js";
export {clockLag} from "./project-key.js";
export {
  cacheFolder,
  openProject,
  throwProblems,
  type OpenProject,
  type ProjectFolders,
  type SiteProject
} from "./project.js";
export {ownFolder, ownNames} from "./own-folder.js";
export {readFolders, readProject, type ReadProject} from "./read-project.js";
export {checkOpenSites, claimSite, withConfigLock, withProjectLock} from "./project-lock.js";
export {builtFiles, previewFiles, type PublishedFiles} from "./published-files.js";
export {recordBuild} from "./built-from.js";
export {changedData} from "./replace-data.js";
export {splitFiles} from "./split-files.js";
export {checkDataFolders, checkSiteFolders} from "./written-folders.js";
