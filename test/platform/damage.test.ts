// What a platform says when it can't start on its folder or its port.
import {appendFile, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {startPlatform} from "../../lib/platform/index.js";
import {platform, temporaryFolder} from "./support.js";

describe("a platform on a damaged folder", () => {
  it("does not start, and says what mends it", async () => {
    const data = await temporaryFolder();
    const first = await startPlatform({data});
    await first.close();
    const file = join(data, "journal.jsonl");
    await appendFile(file, '["00000000",[["put","apps",{"id":"x"}]]]\n');
    const before = await readFile(file, "utf8");
    await expect(startPlatform({data})).rejects.toThrow(
      `${file}, line 2: the checksum does not fit the line. Nothing was changed. Restore the file from a copy, or ` +
        "start again from nothing with --reset (everything in the folder is then lost)."
    );
    expect(await readFile(file, "utf8")).toBe(before);
    await writeFile(join(data, "account.json"), "{");
    await expect(startPlatform({data})).rejects.toThrow(/account\.json, whole file: .*--reset/s);
  });

  it("keeps two platforms from one folder", async () => {
    const {data} = await platform();
    await expect(startPlatform({data})).rejects.toThrow(
      `The state folder ${data} is in use by another platform, perhaps that of ikigai-kit serve, dev or demo. Stop that command, or use another folder, which begins with the demo's data.`
    );
  });

  it("says when its port is taken", async () => {
    const {platform: running} = await platform();
    const port = Number(new URL(running.baseUrl).port);
    const data = await temporaryFolder();
    await expect(startPlatform({data, port})).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken.`);
    const {owner} = await platform({data});
    expect(await owner.get("get-projects-for-user", {fetch_all: "True"})).toBeDefined();
  });
});
