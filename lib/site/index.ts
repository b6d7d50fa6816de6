// A Framework project as this kit sees it: which data files its pages name, building aside, and putting the result in place.
export {buildSite, type BuildOptions} from "./build.js";
export {restoreSite, siteFolder} from "./built-site.js";
export {builtFiles, cacheFolder, filesIn} from "./data-files.js";
export {namedFiles} from "./named-files.js";
