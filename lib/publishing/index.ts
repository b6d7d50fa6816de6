// A project's site from end to end: data, build, checks, edition; on request, on a schedule, and told to people.
export {buildProject} from "./build.js";
export {openPreview, type OpenPreview} from "./preview.js";
export type {ProjectOptions} from "./project-data.js";
export {publishProject, type PublishedProject, type PublishOptions} from "./publish.js";
export {previewPublisher, publisher} from "./publishers.js";
export {refreshProject} from "./refresh.js";
export type {Progress, Reporter} from "./reporter.js";
