// Who did what: a line of JSON for each start, cancel and end of a run, and each flow that is saved or deleted, in a file that is only appended to.
import {open, rename, rm, type FileHandle} from "node:fs/promises";
import {join} from "node:path";
import type {VariableValues} from "../../gateway-api/index.js";

/** Bytes of a file before a new one is begun, and how many older ones are kept. */
const fileSize = 16 * 2 ** 20;
const keptFiles = 9;

export interface AuditEntry {
  event: "start" | "cancel" | "end" | "save" | "delete";
  /** Id of the run. */
  run?: string;
  /** The flow's key. */
  flow: string;
  /** As the trusted proxy names them; null without such a proxy, and where the gateway deletes a flow that has expired. */
  user: string | null;
  variables?: VariableValues;
  /** How the run ended, and what the platform's log says; of a saved flow, its name. */
  outcome?: string;
  message?: string;
}

export class Audit {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private file: FileHandle,
    private size: number
  ) {}

  /** Opens the `audit.jsonl` of a folder, to append to it. */
  static async open(folder: string): Promise<Audit> {
    const file = await open(join(folder, "audit.jsonl"), "a", 0o600);
    return new Audit(folder, file, (await file.stat()).size);
  }

  /** Resolves when the line is written. After a kill the gateway may write a start or an end again. */
  write(entry: AuditEntry): Promise<void> {
    const line = lineOf({at: new Date().toISOString(), ...entry});
    const written = this.#last.then(() => this.#append(line));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.file.close();
  }

  async #append(line: string): Promise<void> {
    if (this.size > fileSize) await this.#rotate();
    try {
      await this.file.appendFile(line);
    } catch (error) {
      // A full disk may have taken a part of the line.
      await this.file.truncate(this.size);
      throw error;
    }
    this.size += Buffer.byteLength(line);
  }

  /** `audit.jsonl` becomes `audit.1.jsonl`, and so on; the oldest is deleted. */
  async #rotate(): Promise<void> {
    const path = (n: number) => join(this.folder, n === 0 ? "audit.jsonl" : `audit.${n}.jsonl`);
    // A full disk has no room for a new file's name either: nothing is renamed then.
    const next = join(this.folder, "audit.next.jsonl");
    const file = await open(next, "a", 0o600);
    await rm(path(keptFiles), {force: true});
    for (let n = keptFiles - 1; n >= 0; n--) {
      await rename(path(n), path(n + 1)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
    }
    await rename(next, path(0));
    await this.file.close();
    this.file = file;
    this.size = 0;
  }
}

/** Escapes characters that JSON leaves as they are, but that end a line for some readers or control a terminal. */
const lineOf = (entry: object) =>
  JSON.stringify(entry).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  ) + "\n";
