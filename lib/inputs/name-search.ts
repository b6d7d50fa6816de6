// Searching names, some hundred thousand of them, as somebody types.
import {fold, words} from "./fold.js";
import {Turns} from "./turns.js";

/** Names looked at before the clock is. */
const stride = 512;

/** How well a name fits: the whole search begins it, each word begins one of its words, or each word is somewhere in it. */
const ranks = 3;

export class NameSearch {
  readonly names: readonly string[];
  readonly #folded: string[] = [];
  /** The last search that came to its end, and the names that it found, in the order of `names`. */
  #last: {words: string[]; found: Uint32Array} | undefined;

  constructor(names: readonly string[]) {
    this.names = names;
  }

  /**
   * The places in `names` of those that have each word of the query in them, the best first, and alike ones in their own order.
   * Rejects with the signal's reason once that is aborted.
   */
  async find(query: string, signal: AbortSignal): Promise<Uint32Array> {
    const wanted = words(query);
    if (!wanted.length) return Uint32Array.from(this.names.keys());
    const among = this.#narrowed(wanted);
    const size = among?.length ?? this.names.length;
    const whole = fold(query.trim());
    const byRank = Array.from({length: ranks}, (): number[] => []);
    const found: number[] = [];
    const turns = new Turns();
    for (let i = 0; i < size; ++i) {
      if (i % stride === 0 && turns.isOver) {
        await turns.next();
        signal.throwIfAborted();
      }
      const place = among ? among[i]! : i;
      const rank = rankOf((this.#folded[place] ??= fold(this.names[place]!)), whole, wanted);
      if (rank === undefined) continue;
      found.push(place);
      byRank[rank]!.push(place);
    }
    this.#last = {words: wanted, found: Uint32Array.from(found)};
    return Uint32Array.from(byRank.flat());
  }

  /** The names of the last search, where what this one finds must be among them: each of its words is part of a word of this one. */
  #narrowed(wanted: readonly string[]): Uint32Array | undefined {
    const last = this.#last;
    return last?.words.every((word) => wanted.some((longer) => longer.includes(word)))
      ? last.found
      : undefined;
  }
}

function rankOf(name: string, whole: string, wanted: readonly string[]): number | undefined {
  if (name.startsWith(whole)) return 0;
  let rank = 1;
  for (const word of wanted) {
    const at = name.indexOf(word);
    if (at < 0) return undefined;
    if (!beginsAWord(name, word, at)) rank = 2;
  }
  return rank;
}

function beginsAWord(name: string, word: string, first: number): boolean {
  for (let at = first; at >= 0; at = name.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(name[at - 1]!)) return true;
  }
  return false;
}
