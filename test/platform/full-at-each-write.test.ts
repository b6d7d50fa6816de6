// The disk of the platform fills up at each of its writes in turn, through an upload and a run, and is freed: each ends, and the next goes well.
import {setTimeout as sleep} from "node:timers/promises";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import type {RunFlow} from "../../lib/platform/index.js";
import {countedWrites} from "../full-at-write.js";
import {platform, type Json} from "./support.js";

const definition = {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}};

it(
  "ends a run from whichever write the disk was full at, and starts the next",
  {timeout: 200_000},
  async () => {
    const data = await mkdtemp(join(tmpdir(), "ikigai-writes-"));
    onTestFinished(() => rm(data, {recursive: true, force: true}));
    const writes = await countedWrites(data);
    const runFlow: RunFlow = async () => ({datasets: [], modelVersions: [], notes: ["done"]});
    const seed = [{name: "A", description: "", datasets: [], models: [], flows: [{name: "F", definition}]}];
    const {owner} = await platform({data, seed, runFlow});
    const {project_id} = (await owner.get("get-project", {name: "A"})).project as {project_id: string};
    const {pipeline_id} = (await owner.get("get-pipeline", {project_id, name: "F"})).pipeline as Json;
    const ids = {project_id, pipeline_id: pipeline_id as string};
    const isRunning = async () => (await owner.get("is-pipeline-running", ids)).status as boolean;
    const logs = async () =>
      (await owner.get("get-pipeline-log", {...ids, limit: 99})).pipeline_log as Json[];
    for (let n = 1, isDone = false; !isDone; ++n) {
      expect(n).toBeLessThan(20);
      const before = (await logs()).length;
      writes.fullFrom(n);
      const isStarted = await owner.post("run-pipeline", {pipeline: ids}).then(
        () => true,
        (error: unknown) => {
          expect(String(error)).toMatch(/disk is full/);
          return false;
        }
      );
      await expect
        .poll(async () => writes.count() >= n || !(await isRunning()), {timeout: 10_000})
        .toBe(true);
      isDone = writes.count() < n;
      writes.free();
      while (await isRunning()) await sleep(50);
      expect((await logs()).length).toBe(before + (isStarted ? 1 : 0));
    }
  }
);

it(
  "has a dataset's old rows or its new ones, whichever write of an upload the disk was full at",
  {timeout: 200_000},
  async () => {
    const data = await mkdtemp(join(tmpdir(), "ikigai-writes-"));
    onTestFinished(() => rm(data, {recursive: true, force: true}));
    const writes = await countedWrites(data);
    const {owner} = await platform({data});
    const app = await owner.createApp();
    const dataset = await owner.createDataset(app);
    const csv = (value: string) => `name\n${value}\n`;
    expect(await owner.upload(app, dataset, csv("first"))).toBe("SUCCESS");
    let before = csv("first");
    let refused = 0;
    for (let n = 1, isDone = false; !isDone; ++n) {
      expect(n).toBeLessThan(60);
      writes.fullFrom(n);
      let isOver = false;
      const ended = owner
        .upload(app, dataset, csv(`at write ${n}`))
        .catch(String)
        .finally(() => (isOver = true));
      // An end that can't be written isn't told before there is room.
      await expect.poll(() => isOver || writes.count() >= n).toBe(true);
      isDone = writes.count() < n;
      writes.free();
      const outcome = await ended;
      const now = await owner.download(app, dataset);
      if (outcome === "SUCCESS") expect(now).toBe(csv(`at write ${n}`));
      else {
        ++refused;
        expect(outcome).toMatch(/disk is full|FAILED/);
        expect(now).toBe(before);
      }
      before = csv(`after write ${n}`);
      expect(await owner.upload(app, dataset, before)).toBe("SUCCESS");
      expect(await owner.download(app, dataset)).toBe(before);
    }
    expect(refused).toBeGreaterThan(2);
  }
);
