// Many clients at once: nobody gets a wrong answer, and nothing is lost.
import {describe, expect, it} from "vitest";
import {startPlatform} from "../../lib/platform/index.js";
import {callerOf, platform, temporaryFolder, type Json} from "./support.js";

describe("50 clients at once", () => {
  it("each see their own changes, all of them still there after a restart", async () => {
    const data = await temporaryFolder();
    const first = await startPlatform({data});
    const owner = callerOf(first, first);
    const shared = await owner.createApp("Shared");
    await Promise.all(
      Array.from({length: 50}, async (_, n) => {
        const project_id = await owner.createApp(`App ${n}`);
        const mine = await owner.createDataset(project_id, `Data ${n}`);
        await owner.createDataset(shared, `Data ${n}`);
        for (let round = 0; round < 5; round++) {
          const description = `${n} in round ${round}`;
          await owner.post("edit-project", {project: {project_id, description}});
          expect((await owner.get("get-project", {project_id})).project).toMatchObject({
            name: `App ${n}`,
            description
          });
        }
        const csv = "n\n" + `${n}\n`.repeat(n + 1);
        expect(await owner.upload(project_id, mine, csv)).toBe("SUCCESS");
        expect(await owner.download(project_id, mine)).toBe(csv);
      })
    );
    await first.close();

    const {owner: again} = await platform({data});
    const {projects} = await again.get("get-projects-for-user", {fetch_all: "True"});
    expect((projects as Json[]).map((one) => one.description as string).sort()).toEqual(
      ["", ...Array.from({length: 50}, (_, n) => `${n} in round 4`)].sort()
    );
    const {datasets} = await again.get("get-datasets-for-project", {project_id: shared, fetch_all: "True"});
    expect(datasets).toHaveLength(50);
  });
});
