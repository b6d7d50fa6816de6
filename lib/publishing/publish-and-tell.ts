// Publishes a project, records the outcome, and sends the config's messages.
import {basename} from "node:path";
import {loadConfig, type CheckedConfig} from "../config/index.js";
import {reasonOf} from "../disk/index.js";
import {notify, type NotifyOptions, type Occasion} from "./notify.js";
import {publishProject, type PublishedProject, type PublishOptions} from "./publish.js";
import {dataTime, readStatus, writeStatus, type PublicationStatus} from "./status.js";

export interface TellOptions extends PublishOptions {
  /** Draws the pictures that a message wants, of a built site. */
  draw: (
    site: string,
    wanted: CheckedConfig["notify"][number]["pictures"]
  ) => ReturnType<NotifyOptions["draw"]>;
}

/** After an error the site is unchanged, and the notifications of failures have been sent. */
export async function publishAndTell(options: TellOptions): Promise<PublishedProject> {
  const {root, signal, only} = options;
  const began = performance.now();
  const before = await readStatus(root);
  const at = new Date().toISOString();
  let published: PublishedProject;
  try {
    published = await publishProject(options);
  } catch (error) {
    signal?.throwIfAborted();
    const status = await keep(options, {at, outcome: "failed", problems: [reasonOf(error)]});
    const config = await loadConfig(root).catch(() => undefined);
    if (config)
      await tell(occasionsOf(before, status), {options, config, status, edition: null, pulled: [], began});
    throw error;
  }
  // From here on the edition is in place, and nothing makes a failure of it.
  const {refreshed, edition, isNew, config, folder} = published;
  const problems = refreshed.stale.map(({file, message}) => `${file}: ${message}`);
  const outcome = problems.length > 0 ? "stale" : "fresh";
  const dataAt = only ? {} : {dataAt: dataTime(refreshed.manifest)};
  const status = await keep(options, {at, outcome, problems, ...dataAt});
  const pulled = refreshed.pulled.map(({file}) => file);
  const occasions = [...occasionsOf(before, status), ...(isNew ? (["edition"] as const) : [])];
  await tell(occasions, {options, config, status, edition: edition.id, pulled, site: folder, began});
  return published;
}

type Became = Pick<PublicationStatus, "at" | "outcome" | "problems"> & Partial<PublicationStatus>;

/**
 * Records the outcome. Where that can't be written, as on a full disk, it is warned of, and people are told all the
 * same.
 */
async function keep({root, reporter}: TellOptions, became: Became): Promise<PublicationStatus> {
  try {
    return await writeStatus(root, became);
  } catch (error) {
    reporter.warn(`${root}/.ikigai/publication.json can't be written: ${reasonOf(error)}`);
    return {dataAt: null, scheduledAt: null, ...became};
  }
}

/** A failure is told once, and again when it is another one. */
function occasionsOf(before: PublicationStatus | undefined, now: PublicationStatus): Occasion[] {
  const isSame =
    JSON.stringify([before?.outcome, before?.problems]) === JSON.stringify([now.outcome, now.problems]);
  if (now.outcome !== "fresh") return isSame ? [] : ["failure"];
  return before && before.outcome !== "fresh" ? ["recovery"] : [];
}

interface Told {
  options: TellOptions;
  config: CheckedConfig;
  status: PublicationStatus;
  edition: string | null;
  pulled: string[];
  site?: string;
  began: number;
}

async function tell(occasions: Occasion[], told: Told): Promise<void> {
  const {options, config, status, edition, pulled, site, began} = told;
  const {root, reporter, draw} = options;
  const {at, problems} = status;
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  await notify(
    occasions,
    {project: basename(root), at, edition, pulled, problems, seconds},
    {
      root,
      entries: config.notify,
      draw: (wanted) => (site === undefined ? Promise.resolve([]) : draw(site, wanted)),
      warn: (message) => reporter.warn(message)
    }
  );
}
