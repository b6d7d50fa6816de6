// Compressed siblings of a site's files, `x.js.br` and `x.js.gz`, so that no server has to compress while somebody waits.
import {open, readFile, rename, rm, writeFile} from "node:fs/promises";
import {availableParallelism} from "node:os";
import {extname, join} from "node:path";
import {promisify} from "node:util";
import {brotliCompress, constants, gzip, type BrotliOptions} from "node:zlib";
import {mayOutliveBuild} from "./framework-files.js";
import {forEach, linkOrCopy} from "./site-files.js";

const encodings = {br: promisify(brotliCompress), gz: promisify(gzip)};
type Ending = keyof typeof encodings;
const endings = Object.keys(encodings) as Ending[];

/** Types that compress well. Of others a sample is tried. */
const compressible =
  /\.(?:html|m?js|css|json|map|csv|tsv|txt|md|svg|xml|wasm|arrow|geojson|topojson|ndjson|jsonl|webmanifest|ico|ttf|otf)$/i;

/** Bytes below which a sibling saves less than a packet. */
const smallest = 1_000;
/** A sibling must be smaller than this part of the file. */
const worthwhile = 0.9;

export interface PrecompressOptions {
  /** Names of the files to compress, relative to the folder, with slashes. */
  files: readonly string[];
  /** Where an unchanged file has its sibling already, if it does: that one is linked. */
  known?: (file: string, sibling: string) => Promise<string | undefined>;
  signal?: AbortSignal | undefined;
}

/** What was done. Sizes are in bytes. */
export interface Precompressed {
  /** Names of the siblings, and the seconds that the slowest took, with its name. */
  siblings: string[];
  /** How many of them were linked. */
  linked: number;
  seconds: number;
  /** Of all files that have a sibling, and of their brotli siblings. */
  size: number;
  brotliSize: number;
}

/**
 * Makes the siblings that are worth it: those smaller than 90 % of their file. A file that is there under a sibling's name, such as
 * `x.csv.gz` beside `x.csv`, stays as it is. A kill leaves no half of one under its name.
 */
export async function precompress(
  folder: string,
  {files, known, signal}: PrecompressOptions
): Promise<Precompressed> {
  const began = performance.now();
  const there = new Set(files);
  const done: Precompressed = {siblings: [], linked: 0, seconds: 0, size: 0, brotliSize: 0};
  const candidates = files.filter((file) => !/\.(?:br|gz)$/.test(file));
  // zlib compresses beside JavaScript, in as many threads as there are processors.
  await forEach(
    candidates,
    async (file) => {
      signal?.throwIfAborted();
      const wanted = endings.filter((ending) => !there.has(`${file}.${ending}`));
      const missing: Ending[] = [];
      for (const ending of wanted) {
        const before = await known?.(file, `${file}.${ending}`);
        if (before === undefined) missing.push(ending);
        else {
          await linkOrCopy(before, join(folder, `${file}.${ending}`));
          done.siblings.push(`${file}.${ending}`);
          ++done.linked;
        }
      }
      if (missing.length === 0 || !(await isWorthTrying(join(folder, file)))) return;
      const content = await readFile(join(folder, file));
      for (const ending of missing) {
        const size = await compressTo(join(folder, file), ending, content, file);
        if (size === undefined) continue;
        done.siblings.push(`${file}.${ending}`);
        if (ending === "br")
          [done.size, done.brotliSize] = [done.size + content.length, done.brotliSize + size];
      }
    },
    availableParallelism()
  );
  done.siblings.sort();
  done.seconds = (performance.now() - began) / 1000;
  return done;
}

/** Writes a sibling and returns its size, or undefined where it isn't worth it. */
async function compressTo(
  path: string,
  ending: Ending,
  content: Buffer,
  name: string
): Promise<number | undefined> {
  const result =
    ending === "br"
      ? await encodings.br(content, brotliOptions(name, content.length))
      : await encodings.gz(content, {level: content.length > 2 ** 23 ? 6 : 9});
  if (result.length > content.length * worthwhile) return undefined;
  const aside = `${path}.${ending}.part`;
  try {
    await writeFile(aside, result);
    await rename(aside, `${path}.${ending}`);
  } finally {
    await rm(aside, {force: true});
  }
  return result.length;
}

/**
 * How hard to try. Quality 11 takes 2.5 s a megabyte and saves 10 % more than 5, which takes 0.1 s: it is for code, which is
 * compressed once and served for months. Pages and data are new with each edition, and somebody waits for them.
 */
function brotliOptions(name: string, size: number): BrotliOptions {
  const isCode = mayOutliveBuild(name) && !name.startsWith("_file/");
  const quality = !isCode ? 5 : size < 2 ** 16 ? 11 : size < 2 ** 23 ? 9 : 7;
  return {
    params: {[constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: size}
  };
}

/** Parquet, pictures and fonts are compressed already; but not every PNG or Parquet is. */
async function isWorthTrying(path: string): Promise<boolean> {
  const handle = await open(path, "r");
  try {
    const {size} = await handle.stat();
    if (size < smallest) return false;
    if (compressible.test(extname(path))) return true;
    const samples = await Promise.all(
      [0, 0.5, 0.9].map(async (part) => {
        const sample = Buffer.alloc(Math.min(2 ** 16, size));
        const {bytesRead} = await handle.read(
          sample,
          0,
          sample.length,
          Math.floor(part * (size - sample.length))
        );
        const {length} = await encodings.gz(sample.subarray(0, bytesRead), {level: 1});
        return length / bytesRead;
      })
    );
    return samples.reduce((a, b) => a + b) / samples.length < worthwhile;
  } finally {
    await handle.close();
  }
}
