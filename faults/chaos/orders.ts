// The flow that viewers start: each run has a mark of its own, by which it is known everywhere.
import {config} from "../project.js";

const facets = (dataset: string) => [
  {
    facet_id: "0",
    facet_uid: "I_005",
    name: "",
    arguments: {dataset_id: "d", file_type: "csv", header: true, use_raw_file: false}
  },
  {
    facet_id: "1",
    facet_uid: "O_005",
    name: "write",
    arguments: {dataset_name: dataset, file_type: "csv", header: true}
  }
];

const definitionOf = (dataset: string) => ({
  facets: facets(dataset),
  arrows: [{source: "0", destination: "1", arguments: {}}],
  arguments: {},
  variables: {},
  model_variables: {}
});

export const ordersFlow = {
  name: "Orders",
  definition: {
    ...definitionOf("Orders"),
    variables: {mark: {facet_name: "write", name: "dataset_name"}}
  }
};

/** What a viewer saves. */
export const savedDefinition = definitionOf("What if");

/** The header that names a viewer, as a proxy's would. */
export const userHeader = "x-user";

/** What the project's config has for it. The schedule publishes each minute. */
export const chaosConfig = {
  datasets: {...config.datasets, orders: {dataset: "Orders"}},
  refresh: {...config.refresh, cron: "* * * * *"},
  flows: {
    orders: {
      flow: "Orders",
      variables: {mark: {type: "text", required: true}},
      writes: ["orders"],
      whenRunning: "queue"
    }
  },
  allowDefinitions: true,
  gateway: {userHeader, trustedProxies: ["127.0.0.1"]}
};
