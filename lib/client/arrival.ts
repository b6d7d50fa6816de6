// Writes a dataset's CSV to the disk, and lets it be read while it is still being downloaded.
import {execFile} from "node:child_process";
import {constants, open, writeFile, type FileHandle} from "node:fs/promises";
import {join} from "node:path";
import {promisify} from "node:util";
import {Batches, writeAll, writeTemporary} from "./file.js";
import type {Arrival, Early} from "../tabular/arrival.js";
import {startOver, type Piece} from "./object.js";

/** Bytes that must have arrived before reading begins: enough to choose types, and more than a pipe holds. */
const startBytes = 4 << 20;

/**
 * Writes an object into a folder, as `dataset.csv`. Returns as soon as it can be read, or is complete.
 * @param isEager whether to make a pipe, so that it can be read before it is complete
 */
export async function arrive(
  pieces: AsyncIterable<Piece | typeof startOver>,
  folder: string,
  isEager: boolean
): Promise<Arrival> {
  const path = join(folder, "dataset.csv");
  let begin: (pipe: Pipe | undefined) => void;
  const begun = new Promise<Pipe | undefined>((resolve) => (begin = resolve));
  const whole = writeTemporary(path, async (output) => {
    const start: Uint8Array[] = [];
    let missing = isEager && canPipe() ? startBytes : Infinity;
    let pipe: Pipe | undefined;
    try {
      for await (const piece of pieces) {
        if (piece === startOver) {
          await output.clear();
          await pipe?.breakOff();
          missing = Infinity;
          continue;
        }
        const {bytes} = piece;
        await output.write(bytes);
        if (pipe) await pipe.write(bytes);
        else if (missing < Infinity) {
          start.push(bytes);
          missing -= bytes.length;
          if (missing > 0) continue;
          pipe = await openPipe(folder, Buffer.concat(start));
          missing = Infinity;
          begin(pipe);
        }
      }
      await pipe?.end();
    } catch (error) {
      await pipe?.breakOff();
      throw error;
    }
  });
  // Readers get the failure when reading is over.
  whole.catch(() => {}).finally(() => begin(undefined));
  return {path, early: await begun, whole};
}

/** Reading and writing the two ends each block one of libuv's threads, and the disk needs another. */
const canPipe = () => process.platform !== "win32" && Number(process.env.UV_THREADPOOL_SIZE ?? 4) >= 4;

/** A named pipe that already has the start, or undefined if it can't be made. */
async function openPipe(folder: string, start: Buffer): Promise<Pipe | undefined> {
  const end = endOfRecords(start);
  if (end === 0) return undefined;
  const startFile = join(folder, "start.csv");
  const path = join(folder, "pipe.csv");
  try {
    await promisify(execFile)("mkfifo", ["-m", "600", path]);
  } catch {
    return undefined;
  }
  await writeFile(startFile, start.subarray(0, end));
  // Opening a pipe for writing waits for a reader, so open one first.
  const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = await open(path, constants.O_WRONLY);
  const pipe = new Pipe(startFile, path, reader, writer);
  await pipe.write(start);
  return pipe;
}

/** Where the last complete record ends. Unusual quoting may give a wrong place. */
function endOfRecords(csv: Buffer): number {
  let end = 0;
  let isQuoted = false;
  for (let i = 0; i < csv.length; i++) {
    const byte = csv[i];
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (byte === 0x0a && !isQuoted) end = i + 1;
  }
  return end;
}

class Pipe implements Early {
  readonly #batches: Batches;
  #hasReader = true;
  #isVoid = false;

  /** `reader` keeps the other end open until the real reader opens it. */
  constructor(
    readonly start: string,
    readonly pipe: string,
    private readonly reader: FileHandle,
    private readonly writer: FileHandle
  ) {
    this.#batches = new Batches(async (batch) => {
      try {
        if (this.#hasReader) await writeAll(writer, batch);
      } catch {
        this.#hasReader = false;
      }
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#batches.add(bytes);
  }

  async end(): Promise<void> {
    await this.#batches.flush();
    await this.writer.close();
  }

  /** Ends it early. */
  async breakOff(): Promise<void> {
    this.#isVoid = true;
    this.#hasReader = false;
    await this.end();
  }

  isVoid = () => this.#isVoid;

  /** A write that waits for a reader then fails. */
  close = () => this.reader.close();
}
