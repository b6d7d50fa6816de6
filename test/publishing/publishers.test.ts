// What the gateway publishes after a run: its data, or an error where that can't be pulled, with the site as good as before.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it, vi} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {previewPublisher, publisher, type Reporter} from "../../lib/publishing/index.js";
import {config, remove, shop, smallProject, temporaryFolder, type Project} from "../cli/project.js";

vi.setConfig({testTimeout: 120_000}); // Framework is started

let project: Project;
let data: string;
let platform: RunningPlatform;
beforeAll(async () => {
  project = await smallProject();
  data = await temporaryFolder();
  platform = await startPlatform({data, seed: [shop]});
  await project.write("ikigai.config.ts", config({dataset: "Sales"}, {refresh: {retries: 0}}));
});
afterAll(async () => {
  await platform.close();
  await remove(data);
  await project.remove();
});

const silent: Reporter = {
  begin: () => ({progress: () => {}, done: () => {}, fail: () => {}}),
  warn: () => {},
  output: () => {},
  wait: () => {}
};
const options = () => ({
  root: project.root,
  env: {
    IKIGAI_BASE_URL: platform.baseUrl,
    IKIGAI_USER_EMAIL: platform.userEmail,
    IKIGAI_API_KEY: platform.apiKey
  },
  reporter: silent
});
const never = new AbortController().signal;
const csv = shop.datasets[0]!.csv as string;

it("gives the URL of each data file, and says what of the run's data can't be pulled", async () => {
  const shown: string[] = [];
  const publish = publisher(options(), async (folder) => void shown.push(folder));
  const preview = previewPublisher(options());
  const published = async () => {
    const [, path] = /"path":"\.\/(_file\/data\/sales\.[^"]*csv)"/.exec(
      await readFile(join(project.root, "dist/index.html"), "utf8")
    )!;
    return readFile(join(project.root, "dist", path!), "utf8");
  };
  const cached = () => readFile(join(project.root, "src/.observablehq/cache/data/sales.csv"), "utf8");

  expect(await publish(["sales"], never)).toEqual({
    "data/sales.csv": expect.stringMatching(/^\/_file\/data\/sales\.[0-9a-f]{8}\.csv$/) as unknown
  });
  expect(await preview(["sales"], never)).toEqual({
    "data/sales.csv": expect.stringMatching(/^\/_file\/data\/sales\.csv\?sha=/) as unknown
  });
  expect([await published(), await cached()]).toEqual([csv, csv]);

  await (await (await new Ikigai(platform).apps.get("Shop")).datasets.get("Sales")).delete();
  await expect(publish(["sales"], never)).rejects.toThrow(/datasets\.sales: .*no dataset/);
  await expect(preview(["sales"], never)).rejects.toThrow(/datasets\.sales: .*no dataset/);
  expect([await published(), await cached()]).toEqual([csv, csv]);
  expect(shown).toEqual([join(project.root, "dist"), join(project.root, "dist")]);
});
