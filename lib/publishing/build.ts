// Builds a project's site into its folder, without editions: for a static host, or to look at it.
import {builtFiles, buildSite, type BuildSiteOptions, type PublishedFiles} from "../site/index.js";
import {alone, type ProjectOptions} from "./alone.js";
import {readAndRefresh, type DataOptions} from "./project-data.js";
import {during} from "./reporter.js";

/** Brings the data up to date that the pages need, and builds the site. After an error the site is as it was. */
export const buildProject = (
  options: ProjectOptions & DataOptions & BuildSiteOptions
): Promise<{folder: string; files: PublishedFiles}> =>
  alone(options, async (ahead) => {
    const {reporter, signal} = options;
    let said = "";
    const {open, close, config, files, warnings} = await readAndRefresh(
      "build",
      {...options, ahead},
      (text, stream) => {
        if (stream === "stderr") said += text;
      }
    );
    try {
      const folder = await during(reporter, "build", async (line) => {
        const {maxFileSize = config.publish.maxFileSize} = options;
        const folder = await buildSite(await open(), {maxFileSize});
        line.done(folder);
        return folder;
      });
      reporter.output(said); // what the project's own loaders say
      return {folder, files: await builtFiles(folder, files)};
    } finally {
      if (!signal?.aborted) warnings.forEach((warning) => reporter.warn(warning));
      await close();
    }
  });
