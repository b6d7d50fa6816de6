// The platform on a disk that fills up at any moment of a run or an upload: it says so, and goes on by itself when there is space.
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it} from "vitest";
import type {RunFlow} from "../../lib/platform/index.js";
import {mayMount, smallDisk} from "../small-disk.js";
import {platform, putParts, type Json} from "./support.js";

const definition = {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}};

describe.skipIf(!mayMount)("a platform on a full disk", {timeout: 180_000}, () => {
  it.each([0, 1, 2, 3])(
    "ends a run that filled it, and starts the next, with %i blocks left",
    async (blocks) => {
      const disk = smallDisk();
      let fill = true;
      const runFlow: RunFlow = async () => {
        if (fill) disk.fill(blocks);
        return {datasets: [], modelVersions: [], notes: ["x".repeat(40_000)]};
      };
      const seed = [{name: "A", description: "", datasets: [], models: [], flows: [{name: "F", definition}]}];
      const {owner} = await platform({data: `${disk.folder}/platform`, seed, runFlow});
      const {project_id} = (await owner.get("get-project", {name: "A"})).project as {project_id: string};
      const {pipeline_id} = (await owner.get("get-pipeline", {project_id, name: "F"})).pipeline as Json;
      const ids = {project_id, pipeline_id: pipeline_id as string};
      const status = () => owner.get("is-pipeline-running", ids);
      const ended = async () => {
        while ((await status()).status) await sleep(50);
        return (await owner.get("get-pipeline-log", {...ids, limit: 9})).pipeline_log as Json[];
      };
      await owner.post("run-pipeline", {pipeline: ids});
      await expect
        .poll(async () => ((await status()).progress as Json).message as string)
        .toMatch(/^The disk is full/);
      disk.free();
      fill = false;
      expect(await ended()).toMatchObject([{status: "SUCCESS"}]);
      await owner.post("run-pipeline", {pipeline: ids});
      expect(await ended()).toMatchObject([{status: "SUCCESS"}, {status: "SUCCESS"}]);
    }
  );

  it("says what a flow's own files didn't find room for", async () => {
    const disk = smallDisk();
    const csv = "a\n" + "12345678\n".repeat(20_000);
    const flow = {
      ...definition,
      facets: [
        {
          facet_id: "0",
          facet_uid: "I_005",
          name: "",
          arguments: {dataset_id: {dataset: "D"}, use_raw_file: false}
        },
        {
          facet_id: "1",
          facet_uid: "O_005",
          name: "",
          arguments: {dataset_name: "Copy", header: true, file_type: "csv"}
        }
      ],
      arrows: [{source: "0", destination: "1", arguments: {}}]
    };
    const seed = [
      {
        name: "A",
        description: "",
        datasets: [{name: "D", csv}],
        models: [],
        flows: [{name: "F", definition: flow}]
      }
    ];
    const {owner} = await platform({data: `${disk.folder}/platform`, seed});
    const {project_id} = (await owner.get("get-project", {name: "A"})).project as {project_id: string};
    const {pipeline_id} = (await owner.get("get-pipeline", {project_id, name: "F"})).pipeline as Json;
    const ids = {project_id, pipeline_id: pipeline_id as string};
    const run = async () => {
      await owner.post("run-pipeline", {pipeline: ids});
      while ((await owner.get("is-pipeline-running", ids)).status) await sleep(50);
      const {pipeline_log} = await owner.get("get-pipeline-log", {...ids, limit: 1});
      return (pipeline_log as Json[])[0]!;
    };
    disk.fill(20);
    expect(await run()).toMatchObject({
      status: "FAILED",
      message: expect.stringMatching(/disk is full/i) as string
    });
    disk.free();
    expect(await run()).toMatchObject({status: "SUCCESS"});
  });

  it("ends an upload that filled it", async () => {
    const disk = smallDisk();
    const {owner} = await platform({data: `${disk.folder}/platform`});
    const project_id = await owner.createApp();
    const ids = {project_id, dataset_id: await owner.createDataset(project_id)};
    const csv = Buffer.from("a,b\n" + "1,x\n".repeat(50_000));
    const query = {...ids, filename: "Sales.csv", file_size: csv.length};
    const upload = await owner.get("get-dataset-multipart-upload-urls", query);
    const etags = await putParts(upload, csv);
    await owner.complete(ids, "Sales.csv", upload.upload_id as string, etags);
    disk.fill();
    await sleep(2500);
    disk.free();
    expect(["SUCCESS", "FAILED"]).toContain(await owner.confirmed(ids));
    expect(await owner.upload(project_id, ids.dataset_id, csv)).toBe("SUCCESS");
    expect(await owner.download(project_id, ids.dataset_id)).toBe(csv.toString());
  });
});
