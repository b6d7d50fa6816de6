// The datasets that a flow reads, found before anything runs: a wrong id fails at once, and the database can be told
// which files it may open.
import type {Arguments} from "./arguments.js";
import {FlowFailure} from "./failure.js";
import {facetTitle, type Node} from "./graph.js";
import type {Host, HostDataset} from "./host.js";

/** The datasets by id, each asked for once. Throws a FlowFailure where an IMPORTED facet names no dataset of the app. */
export async function referencedDatasets(
  steps: {node: Node; args: Arguments}[],
  host: Pick<Host, "dataset">
): Promise<Map<string, HostDataset>> {
  const datasets = new Map<string, HostDataset>();
  for (const {node, args} of steps) {
    if (node.spec.facet_info.facet_type !== "IMPORTED") continue;
    const id = args.text("dataset_id");
    if (datasets.has(id)) continue;
    const dataset = await host.dataset(id);
    if (!dataset) {
      throw new FlowFailure(
        node.facet.facet_id,
        `${facetTitle(node)}: the app has no dataset with the id '${id}': set 'dataset_id' to one that it has`
      );
    }
    datasets.set(id, dataset);
  }
  return datasets;
}
