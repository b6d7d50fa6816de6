// Which file is wanted: a name that the config gives, and the format that its extension says.
import {
  dataFiles,
  ownFiles,
  partSource,
  type CheckedConfig,
  type FileSource,
  type OwnFile
} from "../lib/config/index.js";
import {listedNearest} from "../lib/names/index.js";
import {LoadError} from "./error.js";
import {formats, type Format} from "../lib/tabular/formats.js";

/** A file that is wanted, and the entry of the config that it is made from. */
export type FileRequest = FileSource & {
  /** The name with extension, `demand.parquet`. */
  file: string;
  /** The name alone, `demand`. */
  name: string;
  format: Format;
};

export type FileRequestOf<Kind extends FileRequest["kind"]> = Extract<FileRequest, {kind: Kind}>;

/** A file that is made of a dataset: of what it holds or a part of that, the list of parts, or all contents that are kept of it. */
export type DatasetRequest = FileRequestOf<"dataset" | "editions" | "part" | "parts">;

export const isOfDataset = (request: FileRequest): request is DatasetRequest =>
  ["dataset", "editions", "part", "parts"].includes(request.kind);

/** The key of its entry. */
export const datasetKey = (request: DatasetRequest): string =>
  request.kind === "dataset" ? request.name : request.key;

/** A source that the config names, rather than a file of the kit's own. */
export type Pulled = Exclude<FileSource, {kind: OwnFile}>;

export const isOwn = (source: FileSource): source is Exclude<FileSource, Pulled> =>
  Object.hasOwn(ownFiles, source.kind);

/** @throws LoadError naming the files there are, nearest first */
export function fileRequest(file: string, config: CheckedConfig): FileRequest {
  const dot = file.lastIndexOf(".");
  const format = formats.find((format) => format === file.slice(dot + 1));
  if (dot < 1 || !format) {
    throw new LoadError(
      `"${file}" should end in ${formats.map((format) => `.${format}`).join(", ")}: that picks its format`
    );
  }
  const name = file.slice(0, dot);
  const files = dataFiles(config);
  const source = files.get(name) ?? partSource(name, config);
  if (!source) {
    throw new LoadError(
      `ikigai.config.ts gives no file "${name}". It gives ${listedNearest(name, files.keys())}. ` +
        `Add an entry "${name}" to its datasets, or name one of these.`
    );
  }
  // Their values are nested, which no table shows well.
  if ((source.kind === "flows" || source.kind === "specs") && format !== "json") {
    throw new LoadError(`${ownFiles[source.kind]} comes as "${name}.json" only`);
  }
  if (source.kind === "part" && format !== "parquet")
    throw new LoadError(`"${file}" is a part of ${source.key}, and parts come as Parquet only`);
  if (source.kind === "parts" && format !== "json")
    throw new LoadError(`the list of parts of ${source.key} comes as "${name}.json" only`);
  return {...source, file, name, format};
}

/** The entry of the config that a file comes from, as errors call it. */
export function entryOf(name: string, source: FileSource): string {
  switch (source.kind) {
    case "dataset":
      return `datasets.${name}`;
    case "editions":
    case "part":
    case "parts":
      return `datasets.${source.key}`;
    case "model":
      return `models.${name.slice(0, -source.table.length - 1)}`;
    default:
      return name;
  }
}
