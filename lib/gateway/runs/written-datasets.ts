// Which datasets a definition writes, and which it names at all.
import type {FlowDefinition} from "../../definition/index.js";

/** The arguments by which facets name datasets: `EXPORTED` writes one by its name, `IMPORTED` reads one by its id. */
const writing = "dataset_name";
const naming = [writing, "dataset_id"];

/** What a definition writes: datasets by name, and the run variables whose values are names of such datasets. */
export interface WrittenDatasets {
  datasets: string[];
  variables: string[];
}

/** The datasets that a definition writes. The name of one that a variable sets is among them, too: the variable may be left out. */
export function writtenDatasets({facets, variables}: FlowDefinition): WrittenDatasets {
  return {
    datasets: facets.flatMap((facet) => texts(facet.arguments[writing])),
    variables: Object.keys(variables).filter((variable) => variables[variable]!.name === writing)
  };
}

/** The names and ids of all datasets that a definition reads or writes, and the variables that name one. */
export function namedDatasets({facets, variables}: FlowDefinition): WrittenDatasets {
  return {
    datasets: facets.flatMap((facet) => naming.flatMap((name) => texts(facet.arguments[name]))),
    variables: Object.keys(variables).filter((variable) => naming.includes(variables[variable]!.name))
  };
}

const texts = (value: unknown) => (typeof value === "string" ? [value] : []);

/** A name without what may not count for the platform or can't be seen: two names that differ in nothing else are taken for one. */
export const folded = (name: string) =>
  name
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
