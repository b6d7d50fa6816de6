// Wrong guesses at the token, of all addresses together: who has many addresses is slowed down as well.

/** Wrong guesses within an hour that cost nothing: people mistype. */
const free = 20;
const memory = 3_600_000;

/** Milliseconds that the next guess waits after one too many, which double, and the longest that they become. */
const firstWait = 1_000;
const longestWait = 60_000;

/** Slows down guessing: after each wrong guess too many the next is heard only after a wait, which grows. */
export class Guesses {
  #wrong: number[] = [];

  /** `now` gives milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes a wrong guess. A right one takes nothing back. */
  wrong(): void {
    const now = this.now();
    this.#wrong = [...this.#wrong.filter((at) => at > now - memory), now];
  }

  /** Milliseconds until the next guess is heard; 0 when it is now. */
  get wait(): number {
    const now = this.now();
    const recent = this.#wrong.filter((at) => at > now - memory);
    const extra = recent.length - free;
    if (extra <= 0) return 0;
    return Math.max(0, recent.at(-1)! + Math.min(longestWait, firstWait * 2 ** (extra - 1)) - now);
  }
}
