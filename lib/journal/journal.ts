// A program's state on disk: a file of JSON lines, each one whole transaction, only ever appended to.
//
// A line is ["<crc32 of the rest>", <transaction>]. Many transactions that wait at once share one write and one fsync,
// and none is acknowledged before that fsync. A process killed while it writes leaves a last line without its newline:
// it was never acknowledged, so it is dropped. Anything else that can't be read is damage, and is left as it is.
import {open, readFile, rename, rm, type FileHandle} from "node:fs/promises";
import {dirname} from "node:path";
import {crc32} from "node:zlib";
import {DamagedError} from "./damage.js";
import {syncDirectory} from "./sync-directory.js";

/** What one program's journal has of its own. */
export interface JournalKind {
  /** The program, for the first line and for messages: `platform`. */
  owner: string;
  /** The version of the transactions' format: a file of another version isn't read. */
  version: number;
  /** What to do without a copy of a damaged file. Completes the sentence "Restore the file from a copy, or". */
  withoutCopy: string;
  /** The error for a transaction that could not be written; the message says why. */
  failure: (message: string) => Error;
}

/** Below this many bytes a journal isn't worth rewriting. */
const compactFrom = 8 * 2 ** 20;
const compactGrowth = 4;

interface Pending {
  line: string;
  undo: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

const encode = (transaction: unknown) => {
  const json = JSON.stringify(transaction);
  return `["${crc32(json).toString(16).padStart(8, "0")}",${json}]\n`;
};

function decode(line: string): unknown {
  const [sum, json] = [line.slice(2, 10), line.slice(12, -1)];
  if (!/^\["[0-9a-f]{8}",.*\]$/s.test(line)) throw new Error("this is not a line of a journal");
  if (crc32(json) !== parseInt(sum, 16)) throw new Error("the checksum does not fit the line");
  return JSON.parse(json);
}

const headerOf = ({owner, version}: JournalKind) => ({format: `ikigai-kit ${owner} journal`, version});

/** Writes a whole journal under another name and puts it in place at once. */
export async function writeJournal(
  file: string,
  kind: JournalKind,
  transactions: Iterable<unknown>
): Promise<void> {
  await writeTemporary(file, kind, transactions);
  await replace(file);
}

const temporaryFile = (file: string) => file + ".new";

async function writeTemporary(
  file: string,
  kind: JournalKind,
  transactions: Iterable<unknown>
): Promise<number> {
  const handle = await open(temporaryFile(file), "w", 0o600);
  let size = 0;
  try {
    let chunk = encode(headerOf(kind));
    for (const transaction of transactions) {
      chunk += encode(transaction);
      if (chunk.length < 2 ** 20) continue;
      size += await appended(handle, chunk);
      chunk = "";
    }
    size += await appended(handle, chunk);
    await handle.datasync();
  } catch (error) {
    await rm(temporaryFile(file), {force: true});
    throw error;
  } finally {
    await handle.close();
  }
  return size;
}

/** Appends a text whole, and returns its bytes: a disk that is nearly full takes a part of one write without an error. */
async function appended(handle: FileHandle, text: string): Promise<number> {
  await handle.appendFile(text);
  return Buffer.byteLength(text);
}

async function replace(file: string): Promise<void> {
  await rename(temporaryFile(file), file);
  await syncDirectory(dirname(file));
}

export class Journal {
  #pending: Pending[] = [];
  #flushing: Promise<void> | undefined;
  #compactAt: number;
  #broken: string | undefined;

  private constructor(
    readonly file: string,
    private readonly kind: JournalKind,
    private handle: FileHandle,
    private size: number,
    private readonly snapshot: () => Iterable<unknown>
  ) {
    // At the start it isn't known how much of a long journal is outdated: the first change compacts it.
    this.#compactAt = size > compactFrom ? 0 : compactFrom;
  }

  /**
   * Passes every transaction of the file to `replay`, in order, and opens the file for more. `snapshot` returns transactions
   * that are equivalent to the whole journal, to replace it when it has grown long. Throws `DamagedError`, and leaves the file
   * as it is, when it can't be read.
   */
  static async open(
    file: string,
    kind: JournalKind,
    replay: (transaction: unknown) => void,
    snapshot: () => Iterable<unknown>
  ): Promise<Journal> {
    const bytes = await readFile(file);
    let start = 0;
    for (let number = 1, end; (end = bytes.indexOf(10, start)) >= 0; start = end + 1, number++) {
      try {
        const line = decode(bytes.toString("utf8", start, end));
        if (number > 1) replay(line);
        else if (JSON.stringify(line) !== JSON.stringify(headerOf(kind))) {
          throw new Error(
            `the journal is of another version than ${kind.version}, the one this ${kind.owner} reads`
          );
        }
      } catch (error) {
        throw new DamagedError(file, `line ${number}`, reason(error), kind.withoutCopy);
      }
    }
    if (start === 0)
      throw new DamagedError(file, "line 1", "the journal's first line is missing", kind.withoutCopy);
    const handle = await open(file, "r+");
    if (start < bytes.length) await handle.truncate(start);
    return new Journal(file, kind, handle, start, snapshot);
  }

  /** Resolves when the transaction is on disk; when it can't be written, calls `undo` and throws. */
  append(transaction: unknown, undo: () => void): Promise<void> {
    if (this.#broken) {
      undo();
      return Promise.reject(this.kind.failure(this.#broken));
    }
    const line = encode(transaction);
    return new Promise((resolve, reject) => {
      this.#pending.push({line, undo, resolve, reject});
      this.#flushing ??= this.#flush();
    });
  }

  /** Resolves when what was appended so far is on disk or undone: until then memory is ahead of the disk. */
  async settled(): Promise<void> {
    await this.#flushing;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.handle.close();
  }

  async #flush(): Promise<void> {
    // One turn of the event loop lets the requests that arrived together share the first fsync too.
    await new Promise(setImmediate);
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        const compacted = this.size > this.#compactAt && (await this.#compact());
        if (!compacted) await this.#write(batch.map((pending) => pending.line).join(""));
        for (const pending of batch) pending.resolve();
      } catch (error) {
        await this.#undo(batch, error);
      }
    }
    this.#flushing = undefined;
  }

  async #write(lines: string): Promise<void> {
    const bytes = Buffer.from(lines);
    for (let at = 0; at < bytes.length;) {
      at += (await this.handle.write(bytes, at, bytes.length - at, this.size + at)).bytesWritten;
    }
    await this.handle.datasync();
    this.size += bytes.length;
  }

  /**
   * Replaces the journal by the snapshot. That includes the waiting batch, for a transaction is in memory before it is
   * written. If the disk has no room for it, the journal goes on growing, so that the batch isn't lost.
   */
  async #compact(): Promise<boolean> {
    let size: number;
    try {
      size = await writeTemporary(this.file, this.kind, this.snapshot());
    } catch {
      this.#compactAt = this.size * 2;
      return false;
    }
    try {
      await replace(this.file);
      await this.handle.close();
      this.handle = await open(this.file, "r+");
    } catch (error) {
      this.#broken = `The journal ${this.file} could not be replaced: ${reason(error)}. Restart the ${this.kind.owner}.`;
      throw error;
    }
    this.size = size;
    this.#compactAt = Math.max(compactFrom, size * compactGrowth);
    return true;
  }

  /** Undoes what could not be written, newest first, with the later transactions that may depend on it. */
  async #undo(batch: Pending[], error: unknown): Promise<void> {
    const lost = [...batch, ...this.#pending];
    this.#pending = [];
    for (const pending of lost.toReversed()) pending.undo();
    const message =
      (error as NodeJS.ErrnoException | null)?.code === "ENOSPC"
        ? "The disk is full: nothing was changed. Free some space and try again."
        : `The change could not be written to ${this.file}: ${reason(error)}`;
    await this.handle.truncate(this.size).catch((cause: unknown) => {
      this.#broken ??= `${message}; and the half-written lines could not be removed (${reason(cause)}). Restart the ${this.kind.owner}.`;
    });
    for (const pending of lost) pending.reject(this.kind.failure(message));
  }
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
