// Builds a project's site into its folder, without editions: for a static host, or to look at it.
import {
  builtFiles,
  buildSite,
  recordBuild,
  recordPlainBuild,
  type BuildSiteOptions,
  type PublishedFiles
} from "../site/index.js";
import {alone, type ProjectOptions} from "./alone.js";
import {describeData, type EditionAbout} from "./edition-about.js";
import {readAndRefresh, type DataOptions} from "./project-data.js";
import {during} from "./reporter.js";

/** Brings the data up to date that the pages need, and builds the site. After an error the site is as it was. */
export const buildProject = (
  options: ProjectOptions & DataOptions & Pick<BuildSiteOptions, "maxFileSize">
): Promise<{folder: string; files: PublishedFiles}> =>
  alone(options, async (ahead) => {
    const {root, env, reporter, signal} = options;
    let said = "";
    const {read, open, close, config, account, refreshed, files, warnings} = await readAndRefresh(
      "build",
      {...options, ahead, isForSite: true},
      (text, stream) => {
        if (stream === "stderr") said += text;
      }
    );
    try {
      const folder = await during(reporter, "build", async (line) => {
        const {maxFileSize = config.publish.maxFileSize} = options;
        let about: EditionAbout | undefined;
        const onBuilt = async (built: string) => {
          const record = await recordBuild(read, built, env ? {env} : {});
          const builtFrom = "builtFrom" in record ? record.builtFrom : undefined;
          const limit = maxFileSize !== undefined && {maxFileSize};
          about = {...describeData(refreshed.manifest), account, builtFrom, isCompressed: false, ...limit};
        };
        const folder = await buildSite(await open(), {maxFileSize, onBuilt});
        // The first edition of this folder then knows what it was made of.
        await recordPlainBuild({root, site: folder}, {...about!});
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
