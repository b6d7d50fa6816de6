// What an edition says about the data and the code that it was made of, to compare the next one with.
import * as z from "zod";
import type {Manifest} from "../../data-loaders/manifest.js";
import type {DataShape, Edition} from "../site/index.js";

const about = z.object({
  /** What the site was made of, to tell what has changed since; unknown if left out. */
  builtFrom: z.unknown().optional(), // without "optional" the schema of a key of any type demands the key
  /** Whose data it has. */
  account: z.string(),
  /** Whether it has compressed siblings. */
  isCompressed: z.boolean(),
  /** Bytes that none of its files is larger than, where that was asked for. */
  maxFileSize: z.number().optional(),
  data: z.record(z.string(), z.object({sha256: z.string(), rows: z.int(), columns: z.array(z.string())})),
  /** Files whose source couldn't be pulled, and since when. */
  stale: z.record(z.string(), z.string())
});
export type EditionAbout = z.infer<typeof about>;

/** What an edition says of itself; undefined where it was published by something else. */
export const aboutOf = (edition: Edition | undefined): EditionAbout | undefined =>
  about.safeParse(edition?.about).data;

/** What there is to say about data. */
export function describeData({files}: Manifest): Pick<EditionAbout, "data" | "stale"> {
  const entries = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    data: Object.fromEntries(
      entries.map(([path, {sha256, rows, columns}]) => [path, {sha256, rows, columns: Object.keys(columns)}])
    ),
    stale: Object.fromEntries(entries.flatMap(([path, {stale}]) => (stale ? [[path, stale.since]] : [])))
  };
}

/** Data as the check of a site compares it. */
export const shapesOf = ({data}: Pick<EditionAbout, "data">): DataShape[] =>
  Object.entries(data).map(([file, {rows, columns}]) => ({file, rows, columns}));
