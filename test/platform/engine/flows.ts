// Runs small flows over small tables, for the engine's tests.
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {
  runFlow,
  type DataTypes,
  type HostModel,
  type RunOptions,
  type RunResult
} from "../../../lib/platform/engine/index.js";
import {facetSpecs} from "../../../lib/platform/specs/index.js";

/** A dataset: its CSV, and what the platform says of its columns (nothing: the engine looks for itself). */
export interface Given {
  csv: string | Buffer;
  dataTypes?: DataTypes;
}

export interface Outcome extends RunResult {
  /** The CSV that each EXPORTED facet wrote, by the dataset's name. */
  csv: Record<string, string>;
}

const uids = new Map(
  Object.values(facetSpecs)
    .flatMap((groups) => Object.values(groups))
    .flatMap((facets) => Object.values(facets))
    .map(({facet_info}) => [`${facet_info.chain_group} ${facet_info.facet_type}`, facet_info.facet_uid])
);

/** The uid of a facet, in the middle of a chain unless it is only elsewhere. */
const uid = (type: string) =>
  (uids.get(`MID ${type}`) ?? uids.get(`INPUT ${type}`) ?? uids.get(`OUTPUT ${type}`))!;

type Arguments = Record<string, unknown>;
interface FacetOf {
  facet_id: string;
  facet_uid: string;
  name: string;
  arguments: Arguments;
}

export const facet = (id: string, type: string, args: Arguments = {}, name = ""): FacetOf => ({
  facet_id: id,
  facet_uid: uid(type),
  name,
  arguments: args
});

export const importOf = (id: string, dataset: string, args: Arguments = {}) =>
  facet(id, "IMPORTED", {dataset_id: dataset, use_raw_file: false, file_type: "csv", header: true, ...args});

export const exportOf = (id: string, dataset = "out", args: Arguments = {}) =>
  facet(id, "EXPORTED", {dataset_name: dataset, file_type: "csv", header: true, ...args});

/** An arrow written as `"a > b"`, with its arguments. */
export function arrow(path: string, args: Arguments = {}) {
  const [source, destination] = path.split(" > ");
  return {source: source!, destination: destination!, arguments: args};
}

export const definitionOf = (
  facets: FacetOf[],
  arrows: ReturnType<typeof arrow>[],
  variables: Record<string, {facet_name: string; name: string}> = {}
) => ({facets, arrows, arguments: {}, variables, model_variables: {}});

export type Settings = Partial<Omit<RunOptions, "definition" | "dataset" | "model">> & {models?: HostModel[]};

/** Runs a definition over the given datasets in a folder that is gone afterwards. */
export async function run(
  definition: unknown,
  given: Record<string, string | Given>,
  {models = [], ...settings}: Settings = {}
): Promise<Outcome> {
  const root = await mkdtemp(join(tmpdir(), "engine-"));
  try {
    const datasets = Object.entries(given).map(([id, value], i) => ({
      id,
      path: join(root, `dataset ${i}'s file`),
      ...(typeof value === "string" ? {csv: value} : value)
    }));
    for (const {path, csv} of datasets) await writeFile(path, csv);
    const result = await runFlow({
      definition,
      folder: await mkdtemp(join(root, "run-")),
      dataset: async (id) => {
        const dataset = datasets.find((each) => each.id === id);
        return dataset && {name: id, path: dataset.path, dataTypes: dataset.dataTypes ?? {}};
      },
      model: async (name) => models.find((model) => model.name === name),
      customFacet: async () => undefined,
      ...settings
    });
    const csv = await Promise.all(
      result.datasets.map(async ({name, path}) => [name, await readFile(path, "utf8")] as const)
    );
    return {...result, csv: Object.fromEntries(csv)};
  } finally {
    await rm(root, {recursive: true, force: true});
  }
}

/** What one facet makes of one table (or of two, by `table_side`), as CSV. */
export async function through(
  type: string,
  args: Arguments,
  table: string | Given | Record<string, string>,
  settings: Settings = {}
): Promise<string> {
  const outcome =
    typeof table === "object" && !("csv" in table)
      ? await run(
          definitionOf(
            [
              ...Object.keys(table).map((side) => importOf(side, side)),
              facet("it", type, args),
              exportOf("out")
            ],
            [
              ...Object.keys(table).map((side) => arrow(`${side} > it`, {table_side: side})),
              arrow("it > out")
            ]
          ),
          table,
          settings
        )
      : await run(
          definitionOf(
            [importOf("in", "in"), facet("it", type, args), exportOf("out")],
            [arrow("in > it"), arrow("it > out")]
          ),
          {in: table as string | Given},
          settings
        );
  return outcome.csv.out!.trimEnd();
}

/** A table written with spaces for looks and `|` for commas, one row a line. */
export const csv = ([text]: TemplateStringsArray) =>
  text!
    .trim()
    .split("\n")
    .map((line) =>
      line
        .trim()
        .split("|")
        .map((cell) => cell.trim())
        .join(",")
    )
    .join("\n");
