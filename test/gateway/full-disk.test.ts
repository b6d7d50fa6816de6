// The gateway on a disk that fills up: a press is told so, a run under way goes on by itself when there is space, and the flow can be started again.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {Audit} from "../../lib/gateway/runs/audit.js";
import {mayMount, smallDisk} from "../small-disk.js";
import {containing, gateway, world} from "./runs-support.js";

describe.skipIf(!mayMount)("a gateway on a full disk", {timeout: 180_000}, () => {
  const at = world();

  it("tells a press that the disk is full, and starts nothing", async () => {
    const disk = smallDisk();
    const {page, log} = await gateway(at, {state: disk.folder});
    disk.fill();
    // What is left of the last block takes a few.
    const statuses: number[] = [];
    for (let i = 0; i < 30 && statuses.at(-1) !== 500; i++) {
      const {status, body} = await page.requestRun("queued", {ms: 0});
      statuses.push(status);
      if (status === 500) {
        expect(body.error).toMatchObject({
          code: "internal",
          message: containing("The gateway's disk is full")
        });
      }
    }
    expect(statuses.at(-1)).toBe(500);
    expect(log.filter((line) => line.includes("undefined"))).toEqual([]);
    disk.free();
    const {body} = await page.requestRun("queued", {ms: 0});
    expect(await page.ended(body.id)).toMatchObject({status: "done"});
    expect(at.asked("run-pipeline")).toBe(statuses.length);
  });

  it.each([0, 1, 2])("takes a run to its end that it couldn't write, with %i blocks left", async (blocks) => {
    const disk = smallDisk();
    const {page} = await gateway(at, {state: disk.folder});
    const {body} = await page.requestRun("reforecast", {ms: 2_000});
    await page.until(body.id, ({status}) => status === "running");
    disk.fill(blocks);
    // A journal's line is shorter than a block: others fill what is left.
    for (let i = 0, status = 201; i < 60 && status !== 500; i++)
      ({status} = await page.requestRun("failing"));
    await page.until(body.id, ({message}) => message.includes("can't write to its disk"));
    disk.free();
    expect(await page.ended(body.id)).toMatchObject({status: "done"});
    const again = await page.requestRun("reforecast", {ms: 0});
    expect(again.status).toBe(201);
    expect(await page.ended(again.body.id)).toMatchObject({status: "done"});
    const audit = (await readFile(join(disk.folder, "audit.jsonl"), "utf8")).trimEnd().split("\n");
    const events = audit.map((line) => JSON.parse(line) as {event: string; run: string});
    expect(events.filter(({run}) => run === body.id).map(({event}) => event)).toEqual(["start", "end"]);
  });

  it("writes whole lines into its audit, and begins a new file only where there is room", async () => {
    const disk = smallDisk(64);
    const audit = await Audit.open(disk.folder);
    const entry = (message: string) => ({event: "end", flow: "f", user: null, message}) as const;
    await audit.write(entry("first"));
    disk.fill(1);
    await expect(audit.write(entry("x".repeat(9000)))).rejects.toThrow("ENOSPC");
    disk.free();
    await audit.write(entry("second"));
    const lines = (await readFile(join(disk.folder, "audit.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as {message: string}).message)).toEqual(["first", "second"]);
    for (let i = 0; i < 18; i++) await audit.write(entry("y".repeat(2 ** 20)));
    await audit.close();
    expect(await readFile(join(disk.folder, "audit.1.jsonl"), "utf8")).toContain('"first"');
  });
});
