// The disk of a gateway fills up at each of its writes in turn, from a press to the end of its publication, and is freed: a press that was
// accepted comes to its end, one that was refused is never run, and the flow can be started again.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, it} from "vitest";
import {countedWrites} from "../full-at-write.js";
import {containing, gateway, temporaryFolder, world} from "./runs-support.js";

const at = world();

it("goes on from whichever write the disk was full at", {timeout: 120_000}, async () => {
  const state = await temporaryFolder();
  const writes = await countedWrites(state);
  const publish = async () => ({"data/demand-forecast.parquet": "/f.parquet"});
  const {page} = await gateway(at, {state, publish});
  const accepted: string[] = [];
  let presses = 0;
  for (let n = 1, isDone = false; !isDone; ++n) {
    expect(n).toBeLessThan(20);
    writes.fullFrom(n);
    const asked = at.asked("run-pipeline");
    const {status, body} = await page.requestRun("writing", {ms: 0});
    ++presses;
    if (status === 500) {
      expect(body.error).toMatchObject({code: "internal", message: containing("The gateway's disk is full")});
      writes.free();
      expect(at.asked("run-pipeline")).toBe(asked);
      continue;
    }
    expect(status).toBe(201);
    accepted.push(body.id);
    // It waits for its disk, or has come to its end without.
    const isOver = () => page.run(body.id).then(({data}) => data?.status === "published");
    await expect.poll(async () => writes.count() >= n || (await isOver()), {timeout: 10_000}).toBe(true);
    isDone = writes.count() < n;
    writes.free();
    expect(await page.ended(body.id)).toMatchObject({status: "done", data: {status: "published"}});
  }
  expect(presses).toBeGreaterThan(accepted.length);
  expect(accepted.length).toBeGreaterThan(4);
  expect(at.asked("run-pipeline")).toBe(accepted.length);
  const audit = (await readFile(join(state, "audit.jsonl"), "utf8")).trimEnd().split("\n");
  const events = audit.map((line) => JSON.parse(line) as {event: string; run: string});
  for (const id of accepted)
    expect(events.filter(({run}) => run === id).map(({event}) => event)).toEqual(["start", "end"]);
});
