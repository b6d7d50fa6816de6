// Brings the data of a project up to date without building its site.
import {
  alone,
  readAndRefresh,
  type DataOptions,
  type ProjectOptions,
  type ReadyProject
} from "./project-data.js";

/** A build right afterwards pulls nothing again. */
export const refreshProject = (
  options: ProjectOptions & DataOptions
): Promise<Pick<ReadyProject, "refreshed" | "config">> =>
  alone(options, async () => {
    const {close, refreshed, config, warnings} = await readAndRefresh("build", options, () => {});
    warnings.forEach((warning) => options.reporter.warn(warning));
    await close();
    return {refreshed, config};
  });
