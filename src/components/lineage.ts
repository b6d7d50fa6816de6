// Which flow writes a dataset, from what, by the flows' definitions.
import {html} from "npm:htl";
import type {CatalogEntry} from "./catalog.js";

/** What this needs of a flow in data/flows.json. */
export interface FlowLineage {
  key: string;
  app: string;
  name: string;
  /** Ids of the datasets that it imports. */
  reads?: string[];
  /** Names of the datasets that it exports. */
  writes?: string[];
}

/** A sentence for a dataset. */
export function lineage(entry: CatalogEntry, flows: FlowLineage[], catalog: CatalogEntry[]): HTMLElement {
  const writers = flows.filter(
    ({app, writes = []}) => app === entry.app && writes.includes(entry.name ?? "")
  );
  const readers = flows.filter(({reads = []}) => entry.id !== null && reads.includes(entry.id));
  const nameOf = (id: string) => catalog.find((one) => one.id === id)?.name ?? `dataset ${id}`;
  const link = ({name}: FlowLineage) => html`<a href="./flows">${name}</a>`;
  return html`<p>
    ${
      writers.length
        ? writers.map(
            (flow) =>
              html.fragment`Written by the flow ${link(flow)} from ${(flow.reads ?? []).map(nameOf).join(", ") || "no dataset"}. `
          )
        : "No flow of this site writes it. "
    }
    ${readers.length ? html.fragment`Read by ${readers.map((flow, i) => html.fragment`${i ? ", " : ""}${link(flow)}`)}.` : ""}
  </p>`;
}
