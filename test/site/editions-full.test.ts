// The disk fills up at each write of a publication in turn: the site stays whole, the reason is told, and the next one publishes.
import {join} from "node:path";
import {expect, it} from "vitest";
import {isDiskFull} from "../../lib/disk/index.js";
import {listEditions, publishEdition, restoreEdition} from "../../lib/site/editions.js";
import {checksums} from "../../lib/site/site-files.js";
import {countedWrites} from "../full-at-write.js";
import {expectWhole, siteFiles, temporaryFolder, write} from "./support.js";

it.each(["links", "folders"])(
  "publishing by %s, whichever write the disk was full at",
  {timeout: 240_000},
  async (links) => {
    const root = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    let built = 0;
    const publish = async (value: string) =>
      publishEdition({
        root,
        built: await write(join(elsewhere, String(++built)), siteFiles(value)),
        links: links === "links",
        keep: 2
      });
    await publish("first");
    const writes = await countedWrites(root);
    let before = "first";
    let refused = 0;
    for (let n = 1, isDone = false; !isDone; ++n) {
      const value = `at write ${n}`;
      writes.fullFrom(n);
      const error = await publish(value).then(
        () => undefined,
        (error: unknown) => error
      );
      isDone = writes.count() < n;
      writes.free();
      if (links === "folders") await restoreEdition({root});
      const now = await expectWhole(root);
      if (error === undefined) expect(now).toBe(value);
      else {
        ++refused;
        expect(isDiskFull(error), (error as Error).message).toBe(true);
        expect([before, value]).toContain(now);
      }
      for (const {id, files} of await listEditions({root})) {
        const sums = await checksums(join(root, ".ikigai/editions", id, "site"), Object.keys(files));
        expect(Object.fromEntries(sums)).toEqual(files);
      }
      before = `after write ${n}`;
      await publish(before);
      expect(await expectWhole(root)).toBe(before);
    }
    expect(refused).toBeGreaterThan(5);
  }
);
