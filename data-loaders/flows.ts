// The file that says what each flow of the config is, so that a page can describe and draw it where no gateway tells.
import type {Ikigai} from "../lib/client/index.js";
import type {CheckedConfig, CheckedFlow} from "../lib/config/index.js";
import {FlowDefinition, type FlowGraph} from "../lib/definition/index.js";
import {allOf, withContext} from "./error.js";
import type {Lookup} from "./lookup.js";

/** A flow as `data/flows.json` has it. */
interface DescribedFlow {
  /** What pages call it: its key in the config. */
  key: string;
  app: string;
  /** Its name on the platform. */
  name: string;
  label: string;
  help: string | null;
  variables: CheckedFlow["variables"];
  /** The fields that the gateway gives of a graph, too. */
  graph: FlowGraph;
  /** Ids of the datasets that its definition imports. */
  reads: string[];
  /** Names of the datasets that it exports, in its app. */
  writes: string[];
}

/** The config's flows, in its order. */
export async function flowList(
  config: CheckedConfig,
  {client, find}: {client: Ikigai; find: Lookup}
): Promise<DescribedFlow[]> {
  const entries = Object.entries(config.flows);
  if (!entries.length) return [];
  const facetTypes = await client.facetTypes();
  return allOf(
    entries.map(([key, entry]) =>
      withContext(`flows.${key}`, async () => {
        const {name, definition} = await find.flow(entry);
        const {app, label = name, help = null, variables} = entry;
        return {
          key,
          app,
          name,
          label,
          help,
          variables,
          graph: new FlowDefinition(definition ?? {}).graph(facetTypes),
          reads: argumentsNamed(definition, "dataset_id"),
          writes: argumentsNamed(definition, "dataset_name")
        };
      })
    )
  );
}

/** The texts that a definition's facets have for an argument, each once. */
const argumentsNamed = (definition: Partial<FlowDefinition> | null | undefined, name: string) => [
  ...new Set(
    (definition?.facets ?? [])
      .map((facet) => (facet.arguments as Record<string, unknown> | undefined)?.[name])
      .filter((value) => typeof value === "string")
  )
];
