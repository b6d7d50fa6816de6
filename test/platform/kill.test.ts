// Killed with -9 at any moment, a platform starts again with every acknowledged change there and no half one.
import {spawn, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {createInterface} from "node:readline";
import {describe, expect, it, onTestFinished} from "vitest";
import {startPlatform} from "../../lib/platform/index.js";
import {Caller, callerOf, platform, putParts, temporaryFolder, type Json} from "./support.js";
import {program} from "../program.js";

const script = program(new URL("./child.ts", import.meta.url));

interface Child {
  process: ChildProcess;
  owner: Caller;
  port: number;
  kill: () => Promise<void>;
}

function spawnPlatform(data: string, port: number, seeds: number): ChildProcess {
  const child = spawn(process.execPath, [script(), data, String(port), String(seeds)], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function child(data: string, port = 0): Promise<Child> {
  const process = spawnPlatform(data, port, 0);
  const [line] = (await once(createInterface(process.stdout!), "line")) as [string];
  const {baseUrl, userEmail, apiKey} = JSON.parse(line) as Record<string, string>;
  const owner = new Caller(baseUrl!, {user: userEmail!, "api-key": apiKey!});
  const kill = async () => {
    process.kill("SIGKILL");
    await once(process, "exit");
  };
  return {process, owner, port: Number(new URL(baseUrl!).port), kill};
}

describe("a killed platform", {timeout: 120_000}, () => {
  it("keeps every acknowledged edit and no half one", async () => {
    const data = await temporaryFolder();
    let acknowledged = 0;
    let sent = 0;
    let project_id: string | undefined;
    for (const edits of [0, 2, 8]) {
      const {owner, kill} = await child(data);
      project_id ??= await owner.createApp("0");
      // Each edit changes two fields, which must never be seen apart.
      const editing = (async () => {
        for (;;) {
          const value = String(++sent);
          await owner.post("edit-project", {project: {project_id, name: value, description: value}});
          acknowledged = Number(value);
        }
      })();
      const broken = expect(editing).rejects.toThrow();
      const enough = acknowledged + edits;
      while (acknowledged < enough) await sleep(1);
      await kill();
      await broken;
      const started = await startPlatform({data});
      const after = new Caller(started.baseUrl, owner.headers);
      const project = (await after.get("get-project", {project_id})).project as {
        name: string;
        description: string;
      };
      await started.close();
      expect(project.description === project.name || project.name === "0").toBe(true);
      expect(Number(project.name)).toBeGreaterThanOrEqual(acknowledged);
      expect(Number(project.name)).toBeLessThanOrEqual(sent);
    }
    expect(acknowledged).toBeGreaterThan(3);
  });

  it("goes on with an upload whose parts had arrived, and with one that was complete", async () => {
    const data = await temporaryFolder();
    const csv = Buffer.from("a,b\n" + "1,x\n".repeat(50_000));
    const first = await child(data);
    const project_id = await first.owner.createApp();
    const dataset_id = await first.owner.createDataset(project_id);
    const ids = {project_id, dataset_id};
    const query = {...ids, filename: "Sales.csv", file_size: csv.length};
    const upload = await first.owner.get("get-dataset-multipart-upload-urls", query);
    const etags = await putParts(upload, csv);
    // A part is on its way a second time when the end comes.
    const half = new ReadableStream({start: (controller) => controller.enqueue(new Uint8Array(1000))});
    const init: RequestInit & {duplex: "half"} = {method: "PUT", body: half, duplex: "half"};
    const broken = expect(fetch((upload.urls as Json)["1"] as string, init)).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await first.kill();
    await broken;

    const second = await child(data, first.port);
    await second.owner.complete(ids, "Sales.csv", upload.upload_id as string, etags);
    await second.kill();

    const {owner} = await platform({data});
    expect(await owner.confirmed(ids)).toBe("SUCCESS");
    expect(await owner.download(project_id, dataset_id)).toBe(csv.toString());
    // An upload's parts go after its end is on record.
    await expect.poll(() => readdir(join(data, "uploads"))).toEqual([]);
    expect(await readdir(join(data, "objects"))).toHaveLength(1);
  });

  it("gives an upload up that was being read each time, and only that one", async () => {
    const data = await temporaryFolder();
    const journal = () => readFile(join(data, "journal.jsonl"), "utf8");
    const began = async (starts: number, uploads: number) => {
      while ((await journal()).split(`"starts":${starts}`).length - 1 < uploads) await sleep(5);
    };
    const csv = Buffer.from("a,b\n1,x\n");
    const first = await child(data);
    const project_id = await first.owner.createApp();
    const [harmful, harmless] = [
      {project_id, dataset_id: await first.owner.createDataset(project_id, "harmful")},
      {project_id, dataset_id: await first.owner.createDataset(project_id, "harmless")}
    ];
    const ends = [];
    for (const ids of [harmful, harmless]) {
      const query = {...ids, filename: "Sales.csv", file_size: csv.length};
      const upload = await first.owner.get("get-dataset-multipart-upload-urls", query);
      const etags = await putParts(upload, csv);
      ends.push(() => first.owner.complete(ids, "Sales.csv", upload.upload_id as string, etags));
    }
    for (const end of ends) await end();
    // An upload's end waits for the next second, so the kill comes before it.
    await began(1, 2);
    await first.kill();
    const second = await child(data, first.port);
    await began(2, 1);
    await second.kill();

    const {owner} = await platform({data});
    expect(await owner.confirmed(harmful)).toBe("FAILED");
    const {dataset_log} = await owner.get("get-dataset-log", {...harmful, limit: 5});
    expect(dataset_log).toMatchObject([
      {
        status: "FAILED",
        message: expect.stringContaining("ended 2 times while it read this upload") as string
      }
    ]);
    expect(await owner.confirmed(harmless)).toBe("SUCCESS");
    expect(await owner.download(project_id, harmless.dataset_id)).toBe(csv.toString());
    await expect.poll(() => readdir(join(data, "uploads"))).toEqual([]);
    expect(await owner.upload(project_id, harmful.dataset_id, "a\n1\n")).toBe("SUCCESS");
  });

  it("doesn't count the times that it was stopped in peace", async () => {
    const data = await temporaryFolder();
    const csv = Buffer.from("a,b\n1,x\n");
    let owner: Caller;
    const open = async () => {
      const running = await startPlatform({data});
      owner = callerOf(running, running);
      return running;
    };
    let running = await open();
    const project_id = await owner!.createApp();
    const ids = {project_id, dataset_id: await owner!.createDataset(project_id)};
    const upload = await owner!.get("get-dataset-multipart-upload-urls", {
      ...ids,
      filename: "Sales.csv",
      file_size: csv.length
    });
    const etags = await putParts(upload, csv);
    await owner!.complete(ids, "Sales.csv", upload.upload_id as string, etags);
    for (let i = 0; i < 3; i++) {
      await running.close();
      running = await open();
    }
    onTestFinished(() => running.close());
    expect(await owner!.confirmed(ids)).toBe("SUCCESS");
  });

  it("seeds again when it was killed while it seeded", async () => {
    const data = await temporaryFolder();
    const process = spawnPlatform(data, 0, 200);
    const stored = () => readdir(join(data, "objects")).catch(() => []);
    while ((await stored()).length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    process.kill("SIGKILL");
    await once(process, "exit");
    expect(await readdir(data)).not.toContain("journal.jsonl");

    const {owner} = await platform({
      data,
      seed: [{name: "Whole", description: "", datasets: [{name: "D", csv: "a\n1\n"}], models: []}]
    });
    const {projects} = await owner.get("get-projects-for-user", {fetch_all: "True"});
    expect(projects).toMatchObject([{name: "Whole"}]);
    expect(await stored()).toHaveLength(1);
  });

  it("says in the log that a run was cut off", async () => {
    const data = await temporaryFolder();
    const definition = {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}};
    const seed = [{name: "A", description: "", datasets: [], models: [], flows: [{name: "F", definition}]}];
    const running = await startPlatform({
      data,
      seed,
      runFlow: ({signal}) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("cut"))))
    });
    const before = new Caller(running.baseUrl, {user: running.userEmail, "api-key": running.apiKey});
    const {project_id} = (await before.get("get-project", {name: "A"})).project as {project_id: string};
    const {pipeline_id} = (await before.get("get-pipeline", {project_id, name: "F"})).pipeline as {
      pipeline_id: string;
    };
    const ids = {project_id, pipeline_id};
    await before.post("run-pipeline", {pipeline: ids});
    await running.close();

    const {owner} = await platform({data});
    expect((await owner.get("is-pipeline-running", ids)).status).toBe(false);
    expect((await owner.get("get-pipeline-log", {...ids, limit: 5})).pipeline_log).toMatchObject([
      {
        status: "FAILED",
        message: "The platform stopped while the pipeline was running",
        user: running.userEmail
      }
    ]);
  });
});
