// A process that publishes is killed at any moment: the site stays whole, and the next one publishes.
import {fork} from "node:child_process";
import {once} from "node:events";
import {readdir, rm} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it} from "vitest";
import {listEditions, publishEdition, restoreEdition} from "../../lib/site/editions.js";
import {checksums} from "../../lib/site/site-files.js";
import {expectWhole, siteFiles, temporaryFolder, write} from "./support.js";
import {program} from "../program.js";

const script = program(new URL("./editions-child.ts", import.meta.url));

const kills = 10;

/** Lets a process publish, and kills it somewhere in the middle of its second edition. */
async function killPublisher(root: string, links: string): Promise<void> {
  const child = fork(script(), [root, links]);
  const [milliseconds] = (await once(child, "message")) as [number];
  await sleep(Math.random() * milliseconds);
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

describe.each(["links", "folders"])("publishing by %s, killed at random", (links) => {
  it("leaves a whole site, and editions that are what they say", {timeout: 180_000}, async () => {
    const root = await temporaryFolder();
    await publishEdition({
      root,
      built: await write(join(root, "built"), siteFiles("first")),
      links: links === "links"
    });
    const seen = new Set<string>();
    for (let i = 0; i < kills; ++i) {
      await killPublisher(root, links);
      // What `serve` does before it reads the site. By a link there is nothing to bring back.
      if (links === "folders") await restoreEdition({root});
      seen.add(await expectWhole(root));
      for (const {id, files} of await listEditions({root})) {
        const sums = await checksums(join(root, ".ikigai/editions", id, "site"), Object.keys(files));
        expect(Object.fromEntries(sums)).toEqual(files);
      }
    }
    expect(seen.size).toBeGreaterThan(kills / 2);
    await rm(join(root, "built"), {recursive: true, force: true});
    await publishEdition({
      root,
      built: await write(join(root, "built"), siteFiles("last")),
      links: links === "links",
      keep: 2
    });
    expect(await expectWhole(root)).toBe("last");
    expect(
      (await readdir(join(root, ".ikigai/editions"))).filter((name) => !/^\d+T\d+Z$/.test(name))
    ).toEqual(["lock"]);
    expect((await readdir(root)).filter((name) => name.startsWith(".dist"))).toEqual([]);
  });
});
