// Which files under data/ a config gives, and which entry each comes from.
import type {CheckedConfig, CheckedDataset, CheckedModel} from "./schema.js";

/** The tables that a model gives, each as a file of its own. */
export const modelTables = ["versions", "metrics", "hyperparameters"] as const;

export type ModelTable = (typeof modelTables)[number];

/** Name of the file that says where every other one came from. */
export const catalogName = "catalog";

/** What a file under data/ is made from. */
export type FileSource =
  | ({kind: "dataset"} & CheckedDataset)
  | ({kind: "model"; table: ModelTable} & CheckedModel)
  | {kind: "catalog"};

/** Every file that the config gives, without extension, in the config's order. */
export function dataFiles(config: CheckedConfig): Map<string, FileSource> {
  return new Map<string, FileSource>([
    ...Object.entries(config.datasets).map(
      ([name, entry]) => [name, {kind: "dataset", ...entry}] satisfies [string, FileSource]
    ),
    ...Object.entries(config.models).flatMap(([name, entry]) =>
      modelTables.map(
        (table) => [modelFile(name, table), {kind: "model", table, ...entry}] satisfies [string, FileSource]
      )
    ),
    [catalogName, {kind: "catalog"}]
  ]);
}

export const modelFile = (model: string, table: ModelTable) => `${model}-${table}`;
