// Downloads that no platform should answer with: each is told, and no file appears.
import {mkdtemp, readdir, rm} from "node:fs/promises";
import type {ServerResponse} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {pull} from "../../data-loaders/index.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {startBrokenProxy, type BrokenProxy} from "./broken-proxy.js";

let folder: string;
let platform: RunningPlatform;
let proxy: BrokenProxy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-broken-"));
  const csv = "sector,jobs\nRetail,1\n";
  platform = await startPlatform({
    data: join(folder, "platform"),
    seed: [{name: "Jobs", description: "", models: [], datasets: [{name: "History", csv}]}]
  });
  proxy = await startBrokenProxy(platform.baseUrl);
});
afterAll(async () => {
  await proxy.close();
  await platform.close();
  await rm(folder, {recursive: true});
});

/** Pulls the dataset while its download is answered so. */
async function pullWhile(answer: (response: ServerResponse) => void) {
  proxy.answer = answer;
  const into = await mkdtemp(join(folder, "into-"));
  const {userEmail, apiKey} = platform;
  const config = checkConfig({app: "Jobs", datasets: {history: {dataset: "History"}}});
  const client = new Ikigai({userEmail, apiKey, baseUrl: proxy.baseUrl, retry: 1, timeout: 8000});
  const result = await pull({config, client, files: ["history.parquet"], into}).catch(
    (error: unknown) => error as Error
  );
  return {result, files: await readdir(into)};
}

const body = (text: string | Buffer) => (response: ServerResponse) => void response.end(text);

/** A body that breaks off before the length that it was to have. */
const truncated = (response: ServerResponse) => {
  response.writeHead(200, {"content-length": "1000", etag: '"1"'});
  response.write("sector,jobs\nRetail,1\nFarm", () => response.destroy());
};

const expired = (response: ServerResponse) => {
  response.writeHead(403, {"content-type": "application/xml"});
  response.end("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
};

it.each([
  ["an empty body", body(""), /the dataset is empty/],
  ["broken quotes", body('sector,jobs\n"Retail,1\nFarming,2\n'), /quote/],
  ["a quote that never ends in the header", body('"sector,jobs\nRetail,1\n'), /quote in the CSV's header/],
  [
    "too many values in a line",
    body("sector,jobs\nRetail,1\nFarming,2,3\n"),
    /line 3 .*3 values where the header has 2/
  ],
  [
    "too few values in a line",
    body("sector,jobs\nRetail,1\nFarming\n"),
    /line 3 .*1 values? where the header has 2/
  ],
  ["bytes that are no UTF-8", body(Buffer.from("sector,jobs\nCaf\xe9,1\n", "latin1")), /UTF-8/],
  ["a body cut short", truncated, /bytes|broke|short/],
  ["an expired URL", expired, /expired|403/]
])("%s", async (_, answer, message) => {
  const {result, files} = await pullWhile(answer);
  expect(result).toBeInstanceOf(Error);
  expect((result as Error).message).toMatch(/^datasets\.history: /);
  expect((result as Error).message).toMatch(message);
  expect((result as Error).message).not.toContain("secret-signature");
  expect(files).toEqual([]);
});

it("a download that breaks once is continued", async () => {
  let isFirst = true;
  const {result} = await pullWhile((response) => {
    if (isFirst) truncated(response);
    else body("sector,jobs\nRetail,1\nFarming,2\n")(response);
    isFirst = false;
  });
  expect(result).toMatchObject([{rows: 2}]);
});
