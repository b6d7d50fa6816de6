// Names from outside as keys of the config, which are names of files, too: safe on every system, and distinct.
import {fileNameProblem} from "../config/file-name.js";
import {ownFiles} from "../config/index.js";
import {wellFormed} from "./well-formed.js";

/** Longer keys make addresses that nobody can read. */
const longestKey = 48;

/** A name as a key: small letters and digits of any script with hyphens between them; `fallback` where nothing is left. */
export function keyOf(name: string, fallback: string): string {
  const words = wellFormed(name)
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  const key = Array.from((words ?? []).join("-"))
    .slice(0, longestKey)
    .join("")
    .replace(/^[^\p{L}\p{N}]+|-+$/gu, "");
  return fileNameProblem(key) === undefined ? key : fallback;
}

/** Gives keys of which no two name the same file, on systems that don't tell casings apart either. */
export class Keys {
  readonly #taken: Set<string>;

  /** `taken` are names of files without extension that there are already. */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...Object.keys(ownFiles), ...taken].map(folded));
  }

  /** A key for a name: it, and it with each of these endings, are taken from now on. */
  claim(name: string, fallback: string, endings: readonly string[] = []): string {
    const base = keyOf(name, fallback);
    for (let n = 1; ; n++) {
      const key = n === 1 ? base : `${base}-${n}`;
      const files = ["", ...endings].map((ending) => folded(key + ending));
      if (files.some((file) => this.#taken.has(file))) continue;
      for (const file of files) this.#taken.add(file);
      return key;
    }
  }
}

/** macOS doesn't tell forms of one letter apart either. */
const folded = (name: string) => name.normalize("NFC").toLowerCase();
