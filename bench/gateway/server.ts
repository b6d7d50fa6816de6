// The gateway in front of a site of one page: FOLDER PLATFORM FLOWS [ROWS], the platform as JSON, with a file of so many rows to query. It tells when it saw each poll's answer.
import {subscribe} from "node:diagnostics_channel";
import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startGateway} from "../../lib/gateway/index.js";
import {tellParent} from "../platform/parent.js";
import type {StartedPlatform} from "./platform.js";
import {clock, serveJson} from "./serve-json.js";

export interface StartedGateway {
  url: string;
  /** Where the times are told at which polls were answered. */
  polls: string;
}

const [folder, platform, flows, rows] = process.argv.slice(2);
const {baseUrl, userEmail, apiKey} = JSON.parse(platform!) as StartedPlatform;
const polls: number[] = [];
subscribe("undici:request:trailers", (message) => {
  const {path} = (message as {request: {path: string}}).request;
  if (path.startsWith("/component/is-pipeline-running")) polls.push(clock());
});

const site = join(folder!, "site");
await mkdir(site, {recursive: true});
await writeFile(
  join(site, "index.html"),
  "<!doctype html><html><head><title>Bench</title></head><body></body></html>"
);
if (rows !== undefined) {
  await mkdir(join(site, "_file/data"), {recursive: true});
  const file = join(site, "_file/data/sales.0a1b2c3d.parquet");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT i AS id, 'shop ' || i % 500 AS shop, i % 9973 * 0.25 AS amount FROM range(${Number(rows)}) t(i)) TO '${file}' (FORMAT parquet)`
  );
  instance.closeSync();
}
const client = new Ikigai({baseUrl, userEmail, apiKey});
const variables = {seconds: {type: "integer" as const}};
const gateway = await startGateway({
  config: checkConfig({
    app: "Bench",
    ...(rows !== undefined && {
      datasets: {sales: {dataset: "Sales"}},
      gateway: {query: {files: ["sales"], perViewer: 20}}
    }),
    flows: Object.fromEntries(
      Array.from({length: Number(flows)}, (_, n) => [`flow-${n}`, {flow: `Flow ${n}`, variables}])
    )
  }),
  client,
  site: {folder: site},
  state: join(folder!, "state"),
  log: (line) => process.stderr.write(line + "\n")
});
tellParent({url: gateway.url, polls: await serveJson(() => polls)} satisfies StartedGateway, async () => {
  await gateway.close();
  await client.close();
});
