// A local platform whose flows run as long as they are told and report each hundredth of it: FOLDER FLOWS. It tells when it was
// asked what.
import {setTimeout as sleep} from "node:timers/promises";
import {startPlatform} from "../../lib/platform/index.js";
import {tellParent} from "../platform/parent.js";
import {clock, serveJson} from "./serve-json.js";

export interface StartedPlatform {
  baseUrl: string;
  userEmail: string;
  apiKey: string;
  /** Where the calls are listed, each with the time of its answer. */
  calls: string;
}

export type Calls = [path: string, at: number][];

const [data, flows] = process.argv.slice(2);
const calls: Calls = [];
const definition = {
  facets: [
    {facet_id: "0", facet_uid: "I_005", name: "", arguments: {dataset_id: "d"}},
    {facet_id: "1", facet_uid: "O_005", name: "out", arguments: {dataset_name: "Out"}}
  ],
  arrows: [{source: "0", destination: "1", arguments: {}}],
  arguments: {},
  variables: {seconds: {facet_name: "out", name: "dataset_name"}},
  model_variables: {}
};
const platform = await startPlatform({
  data: data!,
  seed: [
    {
      name: "Bench",
      description: "",
      datasets: [],
      models: [],
      flows: Array.from({length: Number(flows)}, (_, n) => ({name: `Flow ${n}`, definition}))
    }
  ],
  log: (line) => calls.push([line.split(" ")[2]!, clock()]),
  runFlow: async ({variables, signal, onProgress}) => {
    const milliseconds = Number(variables.seconds ?? 0) * 1000;
    for (let percent = 0; percent < 100; percent++) {
      onProgress({fraction: percent / 100, title: "working", facetId: "1"} as never);
      await sleep(milliseconds / 100, undefined, {signal});
    }
    return {datasets: [], modelVersions: [], notes: []};
  }
});
const {baseUrl, userEmail, apiKey} = platform;
tellParent(
  {baseUrl, userEmail, apiKey, calls: await serveJson(() => calls)} satisfies StartedPlatform,
  platform.close
);
