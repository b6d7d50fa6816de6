// The platform in a process of its own, which can be killed: FOLDER PORT LEDGER. Each run is written into the ledger when it begins, and
// its order is what it writes.
import {appendFileSync} from "node:fs";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {startPlatform} from "../../lib/platform/index.js";
import {seedApps} from "../project.js";
import {ordersFlow} from "./orders.js";

const [data, port, ledger] = process.argv.slice(2);
const platform = await startPlatform({
  data: data!,
  port: Number(port),
  seed: seedApps({datasets: [{name: "Orders", csv: "mark\nnone\n"}], flows: [ordersFlow]}),
  async runFlow({variables, folder, signal, onProgress}) {
    const mark = String(variables.mark);
    appendFileSync(ledger!, `${mark}\n`);
    for (let step = 1; step <= 4; ++step) {
      await sleep(150, undefined, {signal});
      onProgress({fraction: step / 4, title: "taking orders", facetId: "1"} as never);
    }
    const path = join(folder, "orders.csv");
    await writeFile(path, `mark\n${mark}\n`);
    const dataTypes = {mark: {data_type: "CATEGORICAL", data_formats: {}}};
    return {
      datasets: [{facetId: "1", name: "Orders", path, dataTypes, rows: 1}],
      modelVersions: [],
      notes: []
    };
  }
});
const {baseUrl, userEmail, apiKey} = platform;
process.stdout.write(`${JSON.stringify({baseUrl, userEmail, apiKey})}\n`);
process.once("SIGTERM", () => void platform.close().then(() => process.exit()));
