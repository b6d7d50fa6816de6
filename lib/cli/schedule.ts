// The config's schedule, as `ikigai-kit serve` keeps it.
import {loadConfig} from "../config/index.js";
import {isDiskFull} from "../disk/index.js";
import {keepSchedule, publishAndTell, readStatus, writeStatus} from "../publishing/index.js";
import {drawPictures} from "./pictures.js";
import {quiet} from "./reporters.js";

export interface ServeSchedule {
  root: string;
  env: Record<string, string> | undefined;
  signal: AbortSignal;
  /** Lets the gateway know of a new site. */
  show: (folder: string) => Promise<void>;
}

/** Publishes when the config says so. Resolves when the signal has aborted and what was under way has ended. */
export async function startSchedule({root, env, signal, show}: ServeSchedule): Promise<void> {
  const log = (line: string) => void process.stderr.write(`  ${line}\n`);
  const status = await readStatus(root);
  await keepSchedule({
    refresh: async () => (await loadConfig(root)).refresh,
    last: status?.scheduledAt ? new Date(status.scheduledAt) : undefined,
    async run(due) {
      await writeStatus(root, {scheduledAt: due.toISOString()});
      const {edition, isNew, folder, refreshed} = await publishAndTell({
        root,
        env,
        signal,
        reporter: quiet(),
        compress: true,
        draw: drawPictures
      });
      if (isNew) await show(folder);
      const stale = refreshed.stale.length > 0 ? `, ${refreshed.stale.length} stale` : "";
      // What didn't find room is brought up to date when there is some, and not with the next refresh.
      const full = refreshed.stale.find(({message}) => isDiskFull(message));
      if (full) throw new Error(`${full.file}: ${full.message}`);
      log(`schedule: ${isNew ? `published ${edition.id}` : "up to date"}${stale}`);
    },
    log,
    signal
  });
}
