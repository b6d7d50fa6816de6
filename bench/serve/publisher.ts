// Publishes an edition with new data every few seconds: ROOT SECONDS.
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {publishEdition} from "../../lib/site/index.js";
import {tellParent} from "../platform/parent.js";
import {writeSite} from "./site.js";

const [root, seconds] = process.argv.slice(2) as [string, string];
const stop = new AbortController();
const built = join(root, "built");

/** @returns how many seconds it took, the writing of the site apart */
async function publish(edition: number): Promise<number> {
  await writeSite(built, edition);
  const began = performance.now();
  await publishEdition({root, built});
  return (performance.now() - began) / 1000;
}

const times = [await publish(0)];
tellParent(0, async () => {
  stop.abort();
  await publishing;
  const rest = times.slice(1);
  console.log(
    `  ${rest.length} editions published meanwhile, ${(rest.reduce((a, b) => a + b, 0) / Math.max(1, rest.length)).toFixed(2)} s each ` +
      `(the first, with everything to compress, ${times[0]!.toFixed(2)} s)`
  );
});
const publishing = (async () => {
  for (let edition = 1; !stop.signal.aborted; ++edition) {
    await sleep(Number(seconds) * 1000, undefined, {signal: stop.signal}).catch(() => undefined);
    if (!stop.signal.aborted) times.push(await publish(edition));
  }
})();
