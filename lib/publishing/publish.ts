// Publishes a project's site: brings its data up to date, builds, checks, and puts the new edition in place, unless nothing has changed.
import {refuseFiles} from "../../data-loaders/manifest.js";
import {credentials} from "../config/index.js";
import {hasConfig} from "../config/load.js";
import {
  tidyEditions,
  buildAside,
  cacheFolder,
  builtFiles,
  changedData,
  checkSite,
  currentEdition,
  publishEdition,
  recordBuild,
  replaceAside,
  splitFiles,
  type BuiltSite,
  type Edition,
  type EditionsOf,
  type PublishedFiles,
  type PublishOptions as PublishEditionOptions
} from "../site/index.js";
import {bytes} from "../terminal/index.js";
import {aboutOf, describeData, shapesOf, type EditionAbout} from "./edition-about.js";
import {alone, type ProjectOptions} from "./alone.js";
import {readAndRefresh, type DataOptions, type ReadyProject} from "./project-data.js";
import {during, type Reporter} from "./reporter.js";

export interface PublishOptions extends ProjectOptions, Omit<DataOptions, "dryRun" | "keepStale"> {
  /** Whether a site whose data lost all rows, some columns or some parts is published all the same. */
  acceptLoss?: boolean | undefined;
  /** Whether a new edition is made though nothing has changed. */
  rebuild?: boolean | undefined;
  /** How many editions are kept; as the config says if left out. */
  keep?: number | undefined;
  /** Whether compressed siblings are made; if left out, where the edition before has them. */
  compress?: boolean | undefined;
  /** Bytes that no file may be larger than; as the config says if left out. */
  maxFileSize?: number | undefined;
}

export interface PublishedProject extends Pick<ReadyProject, "refreshed" | "config"> {
  /** The edition in place, and whether it is new. */
  edition: Edition;
  isNew: boolean;
  folder: string;
  /** Where pages find the data files. */
  files: PublishedFiles;
}

/** After an error the site is as it was, and so is the data in Framework's cache unless that was brought up to date already. */
export const publishProject = (options: PublishOptions): Promise<PublishedProject> =>
  alone(options, async (ahead) => {
    const {signal, reporter} = options;
    let said = "";
    const onOutput = (text: string, stream: "stdout" | "stderr") => {
      if (stream === "stderr") said += text;
    };
    const ready = await readAndRefresh(
      "build",
      {...options, ahead, keepStale: true, isForSite: true},
      onOutput
    );
    try {
      refuseStale(ready);
      const {read, config, refreshed, files, warnings} = ready;
      const {output: folder} = read.project;
      const site = {root: options.root, site: folder};
      await tidyEditions(site, {signal});
      const current = await currentEdition(site);
      const {maxFileSize = config.publish.maxFileSize} = options;
      // An edition of another account, or of another program, is nothing to build on; nor is one whose files are split otherwise.
      const before = aboutOf(current)?.account === ready.account ? aboutOf(current) : undefined;
      const base = before && !options.rebuild && before.maxFileSize === maxFileSize ? current : undefined;
      const changes = base && (await changedData(base, read.project, read.key));
      const hasSiblings = before?.isCompressed === true || options.compress !== true;
      const isSame = hasSiblings && changes && "changed" in changes && changes.changed.length === 0;
      const told = async (edition: Edition, isNew: boolean) => ({
        ...{refreshed, config, edition, isNew, folder},
        files: await builtFiles(folder, files)
      });
      if (base && isSame) return await told(base, false);
      const built = await build(ready, base && {of: site, edition: base}, {...options, maxFileSize});
      try {
        reporter.output(said); // what the project's own loaders say
        const about = {
          ...describeData(refreshed.manifest),
          account: ready.account,
          builtFrom: built.builtFrom,
          ...(maxFileSize !== undefined && {maxFileSize})
        };
        await check(built.folder, {options, cache: cacheFolder(read.project), before, about});
        const isCompressed = options.compress ?? before?.isCompressed ?? false;
        const edition = await putInPlace(reporter, {
          ...site,
          built: built.folder,
          about: {...about, isCompressed} satisfies EditionAbout,
          keep: options.keep ?? config.publish.keep,
          compress: isCompressed,
          signal
        });
        warnings.forEach((warning) => reporter.warn(warning));
        return await told(edition, true);
      } finally {
        await built.remove();
      }
    } catch (error) {
      if (!signal?.aborted) ready.warnings.forEach((warning) => reporter.warn(warning));
      throw error;
    } finally {
      await ready.close();
    }
  });

/** Throws an Error where something is stale and the config says that nothing is published then. */
function refuseStale({config, refreshed}: ReadyProject): void {
  if (config.refresh.whenStale === "publish" || refreshed.stale.length === 0) return;
  const told = refreshed.stale.map(({file, message}) => `  ${file}: ${message}`);
  throw new Error(
    `Nothing is published, since the config says so (refresh.whenStale: "stop") and this can't be pulled:\n${told.join("\n")}`
  );
}

/** Makes the new site aside: of the edition in place where nothing but data has changed, or else by Framework. */
const build = (
  {read, open}: ReadyProject,
  base: {of: EditionsOf; edition: Edition} | undefined,
  {reporter, env, maxFileSize}: PublishOptions
): Promise<BuiltSite & {builtFrom?: unknown}> =>
  during(reporter, "build", async (line) => {
    const replaced = base && (await replaceAside({...base, project: read.project, key: read.key}));
    const quick = replaced && "folder" in replaced ? replaced : undefined;
    const built = quick ?? (await buildAside(await open()));
    try {
      const record = quick ?? (await recordBuild(read, built.folder, env ? {env} : {}));
      // Of data that was replaced none may be too large, either.
      if (maxFileSize !== undefined) await splitFiles(built.folder, maxFileSize);
      line.done(
        quick ? `${count(quick.changed.length, "data file")} replaced, all else as before` : "the whole site"
      );
      return {...built, builtFrom: "builtFrom" in record ? record.builtFrom : undefined};
    } catch (error) {
      await built.remove();
      throw error;
    }
  });

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

const putInPlace = (reporter: Reporter, edition: PublishEditionOptions): Promise<Edition> =>
  during(reporter, "publish", async (line) => {
    const {edition: published, compressed, warnings} = await publishEdition(edition);
    warnings.forEach((warning) => reporter.warn(warning));
    const {size = 0, brotliSize = 0} = compressed ?? {};
    line.done(
      `edition ${published.id}${size > 0 ? `, ${bytes(size)} of it compressed to ${bytes(brotliSize)}` : ""}`
    );
    return published;
  });

/** Looks at a build before it is published. Throws an Error that lists all that keeps it from being published. */
const check = (
  folder: string,
  {
    options,
    cache,
    before,
    about
  }: {
    options: PublishOptions;
    /** Framework's cache. */
    cache: string;
    before: EditionAbout | undefined;
    about: Pick<EditionAbout, "data">;
  }
): Promise<void> =>
  during(options.reporter, "check", async (line) => {
    const {root, env, acceptLoss = false, reporter} = options;
    // A project that takes nothing of Ikigai has no key that could be in its site.
    const apiKey = (await hasConfig(root)) ? (await credentials(root, {...process.env, ...env})).apiKey : "";
    const {problems, warnings, lost} = await checkSite(folder, {
      secrets: [apiKey, process.env.IKIGAI_GATEWAY_TOKEN ?? ""],
      ...(before && !acceptLoss && {data: {now: shapesOf(about), before: shapesOf(before)}})
    });
    if (problems.length > 0) {
      // A download that was spoiled on its way looks like this, too: the next refresh doesn't take it for what the platform has.
      await refuseFiles(cache, lost).catch(() => undefined);
      throw new Error(
        `The site isn't published, and the one before stays:\n${problems.map((problem) => `  ${problem}`).join("\n")}`
      );
    }
    line.done(warnings.length > 0 ? count(warnings.length, "warning") : "nothing is missing");
    warnings.forEach((warning) => reporter.warn(warning));
  });
