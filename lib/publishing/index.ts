// A project's site from end to end: data, build, checks, edition; on request, on a schedule, and told to people.
export {buildProject} from "./build.js";
export {liveData} from "./live-data.js";
export {openPreview} from "./preview.js";
export type {ProjectOptions} from "./alone.js";
export type {PublishedProject} from "./publish.js";
export {publishAndTell, type TellOptions} from "./publish-and-tell.js";
export {previewPublisher, publisher} from "./publishers.js";
export type {Progress, Reporter} from "./reporter.js";
export {keepSchedule} from "./schedule.js";
export {readStatus, writeStatus} from "./status.js";
