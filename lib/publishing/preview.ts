// Opens a project for Framework's preview, with its data up to date.
import {claimSite, type OpenProject} from "../site/index.js";
import {problemsOf} from "./live-data.js";
import {alone, type ProjectOptions} from "./alone.js";
import {readAndRefresh} from "./project-data.js";

export interface OpenPreview {
  open: OpenProject;
  /** Lets builds with another account's data in again. */
  release: () => Promise<void>;
  /** What is wrong with the data, a sentence each. */
  problems: string[];
}

/** Brings the data up to date and opens the project. What can't be built yet is told and left to the page, which shows it. */
export const openPreview = (
  options: ProjectOptions,
  onOutput: (text: string) => void
): Promise<OpenPreview> =>
  alone(options, async (ahead) => {
    const {open, account, warnings, refreshed} = await readAndRefresh(
      "preview",
      {...options, ahead, keepStale: true},
      onOutput
    );
    warnings.forEach((warning) => options.reporter.warn(warning));
    return {
      open: await open(),
      release: await claimSite(options.root, account),
      problems: problemsOf(refreshed)
    };
  });
