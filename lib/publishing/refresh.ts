// Brings the data of a project up to date without building its site.
import {
  alone,
  openAndRefresh,
  type DataOptions,
  type ProjectOptions,
  type ReadyProject
} from "./project-data.js";

/** A build right afterwards pulls nothing again. */
export const refreshProject = (
  options: ProjectOptions & DataOptions
): Promise<Pick<ReadyProject, "refreshed" | "config">> =>
  alone(options, async () => {
    const {open, refreshed, config, warnings} = await openAndRefresh("build", options, () => {});
    warnings.forEach((warning) => options.reporter.warn(warning));
    await open.close();
    return {refreshed, config};
  });
