// Brings the data of a project up to date without building its site.
import {alone, type ProjectOptions} from "./alone.js";
import type {DataOptions, ReadyProject} from "./project-data.js";

/** A build right afterwards pulls nothing again. */
export const refreshProject = (
  options: ProjectOptions & DataOptions
): Promise<Pick<ReadyProject, "refreshed" | "config">> =>
  alone(options, async (ahead) => {
    const {readAndRefresh} = await import("./project-data.js");
    const {close, refreshed, config, warnings} = await readAndRefresh("build", {...options, ahead}, () => {});
    warnings.forEach((warning) => options.reporter.warn(warning));
    await close();
    return {refreshed, config};
  });
