// A dataset's way from the platform to a typed Parquet file, of which every published file is made.
import {rm} from "node:fs/promises";
import {basename, join} from "node:path";
import type {LimitFunction} from "p-limit";
import {convert} from "../lib/tabular/conversion.js";
import type {DataType, Dataset, Progress} from "../lib/client/index.js";
import type {ColumnNames} from "../lib/tabular/formats.js";
import {writeParquet} from "../lib/tabular/parquet.js";

/** A dataset as a Parquet file. */
export interface Staged {
  file: string;
  rows: number;
  columns: ColumnNames;
  /** What the platform says of its columns, as far as it does. */
  dataTypes: Record<string, DataType>;
  /** What isn't as the platform says, each in a sentence. */
  warnings: string[];
}

export interface StageOptions {
  /** Gets the CSV and what spills from memory while the file is made; its name is one that no other dataset has. */
  folder: string;
  /** Gets the file. */
  into: string;
  /** Whether no other dataset is pulled. */
  isAlone: boolean;
  downloads: LimitFunction;
  conversions: LimitFunction;
  onDownload: (done: number, total: number | undefined) => void;
  onConvert: (percent: number) => void;
  signal?: AbortSignal;
}

/**
 * Downloads a dataset and turns it into Parquet with the platform's types, its rows in their order. One that is `alone` is
 * converted while it comes; several would hold up one another's conversion with their downloads.
 */
export async function stageDataset(
  dataset: Pick<Dataset, "arrival" | "dataTypes">,
  options: StageOptions
): Promise<Staged> {
  const {folder, into, isAlone, downloads, conversions, onDownload, onConvert, signal} = options;
  const file = join(into, `${basename(folder)}.parquet`);
  const arrival = await downloads(async () => {
    signal?.throwIfAborted();
    const report = ({done, total}: Progress) => onDownload(done, total);
    const arrival = await dataset.arrival(folder, {isEager: isAlone, report, signal});
    if (!isAlone) await arrival.whole;
    return arrival;
  });
  let hasCome = false;
  const noteThat = () => {
    hasCome = true;
    onConvert(0);
  };
  return conversions(async () => {
    arrival.whole.then(noteThat, () => {});
    const onProgress = (percent: number) => void (hasCome && onConvert(percent));
    const converting = {folder, writes: [file], onProgress, signal};
    const staged = await convert(arrival, dataset.dataTypes, converting, async (connection, table) => ({
      file,
      rows: await writeParquet(connection, table, file),
      columns: Object.fromEntries(
        table.columns.map(({name, sqlType, isSmall}) => [name, isSmall ? "INTEGER" : sqlType])
      ),
      dataTypes: Object.fromEntries(
        table.columns.flatMap(({name, dataType}) => (dataType ? [[name, dataType]] : []))
      ),
      warnings: table.warnings
    }));
    await rm(arrival.path);
    return staged;
  });
}
