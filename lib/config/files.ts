// Which files under data/ a config gives, and which entry each comes from.
import type {CheckedConfig, CheckedDataset, CheckedModel} from "./checked-config.js";

/** The tables that a model gives, each as a file of its own. */
export const modelTables = ["versions", "metrics", "hyperparameters"] as const;

/** One of the tables that a model gives. */
export type ModelTable = (typeof modelTables)[number];

/** Files that the kit writes itself, whatever the config says, and what each is. */
export const ownFiles = {
  catalog: "the catalog",
  flows: "the list of flows",
  specs: "the list of facets and models"
} as const;

/** A file that the kit writes itself, by its name without extension. */
export type OwnFile = keyof typeof ownFiles;

/** What a file under data/ is made from. */
export type FileSource =
  | ({kind: "dataset"} & CheckedDataset)
  | ({kind: "editions"; key: string} & CheckedDataset)
  | ({kind: "part"; key: string; part: string} & CheckedDataset)
  | ({kind: "parts"; key: string} & CheckedDataset)
  | ({kind: "model"; table: ModelTable} & CheckedModel)
  | {[Kind in OwnFile]: {kind: Kind}}[OwnFile];

/**
 * The source of a file of an entry that is split: `demand.2024` is the part 2024, and `demand.parts` the list of parts. No key of the
 * config has a dot. Undefined for any other name.
 */
export function partSource(name: string, config: CheckedConfig): FileSource | undefined {
  const dot = name.indexOf(".");
  const [key, part] = [name.slice(0, dot), name.slice(dot + 1)];
  const entry = Object.hasOwn(config.datasets, key) ? config.datasets[key] : undefined;
  if (dot < 1 || entry?.partition === undefined) return undefined;
  return part === partList ? {kind: "parts", key, ...entry} : {kind: "part", key, part, ...entry};
}

/** What stands in the place of a part in the name of the list of parts. */
export const partList = "parts";

/** Every file of the config, without extension, in the config's order; without the parts of files that are split. */
export function dataFiles(config: CheckedConfig): Map<string, FileSource> {
  return new Map<string, FileSource>([
    ...Object.entries(config.datasets).flatMap(([name, entry]): [string, FileSource][] => [
      [name, {kind: "dataset", ...entry}],
      ...(entry.editions
        ? [[editionsFile(name), {kind: "editions", key: name, ...entry}] satisfies [string, FileSource]]
        : [])
    ]),
    ...Object.entries(config.models).flatMap(([name, entry]) =>
      modelTables.map(
        (table) => [modelFile(name, table), {kind: "model", table, ...entry}] satisfies [string, FileSource]
      )
    ),
    ...(Object.keys(ownFiles) as OwnFile[]).map((kind) => [kind, {kind}] satisfies [string, FileSource])
  ]);
}

export const modelFile = (model: string, table: ModelTable) => `${model}-${table}`;

/** The file with all contents that are kept of a dataset. */
export const editionsFile = (dataset: string) => `${dataset}-editions`;
