// A gateway in front of a local platform that really runs flows: one that copies the sales, and one that fails.
import {onTestFinished} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import type {Config} from "../../lib/config/index.js";
import type {GatewayOptions} from "../../lib/gateway/index.js";
import {startPlatform, type RunningPlatform, type SeedApp} from "../../lib/platform/index.js";
import {exported, facet, flow, imported} from "../../lib/platform/seed/flow.js";
import {start, temporaryFolder, type Started} from "./support.js";

const limited = facet("MID", "WRANGLING", "FREE_FORM_SQL", {query: "SELECT * FROM dataset"}, "Take");

export const shop: SeedApp = {
  name: "Shop",
  description: "",
  datasets: [
    {name: "Sales", csv: "day,units\n2024-01-01,20\n2024-01-02,22\n"},
    {name: "Sold", csv: "day,units\n2024-01-01,20\n"}
  ],
  models: [],
  flows: [
    flow("Copy", [imported("Sales"), limited, exported("Sold")], {
      query: {facet_name: "Take", name: "query"}
    }),
    flow("Other", [imported("Sales"), exported("Other")])
  ]
};

export const shopConfig: Partial<Config> = {
  app: "Shop",
  datasets: {sold: {dataset: "Sold"}},
  flows: {
    copy: {
      flow: "Copy",
      writes: ["sold"],
      variables: {query: {type: "text", default: "SELECT * FROM dataset"}}
    },
    typed: {
      flow: "Copy",
      variables: {
        count: {type: "integer", min: 1, max: 52},
        ratio: {type: "number"},
        yes: {type: "boolean"},
        day: {type: "date"},
        size: {type: "choice", options: ["s", "m"]},
        query: {type: "text", pattern: "SELECT .*"}
      }
    },
    "for-ann": {flow: "Copy", users: ["ann"]}
  }
};

export interface Shop extends Started {
  platform: RunningPlatform;
  /** What was asked of the platform since the last look, a line a call. */
  calls: () => string[];
}

/** Starts both; they end with the test. */
export async function startShop(
  options: Omit<Partial<GatewayOptions>, "config"> & {config?: Partial<Config>} = {}
): Promise<Shop> {
  const lines: string[] = [];
  const data = await temporaryFolder();
  const platform = await startPlatform({data, seed: [shop], log: (line) => lines.push(line)});
  onTestFinished(() => platform.close());
  const gateway = await start({
    client: new Ikigai({...platform, retry: 2}),
    ...options,
    config: {...shopConfig, ...options.config}
  });
  return {...gateway, platform, calls: () => lines.splice(0)};
}
