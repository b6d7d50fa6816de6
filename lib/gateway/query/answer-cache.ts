// Answers that were given before, as long as they fit into memory: those that were asked for longest ago go first.

/** Bytes of all answers together, and of the largest one. */
const [capacity, largest] = [128e6, 16e6];

export class AnswerCache {
  readonly #answers = new Map<string, Buffer>();
  #bytes = 0;

  get(key: string): Buffer | undefined {
    const answer = this.#answers.get(key);
    if (answer) {
      this.#answers.delete(key);
      this.#answers.set(key, answer);
    }
    return answer;
  }

  set(key: string, answer: Buffer): void {
    if (answer.length > largest || this.#answers.has(key)) return;
    this.#answers.set(key, answer);
    this.#bytes += answer.length;
    for (const [oldest, {length}] of this.#answers) {
      if (this.#bytes <= capacity) return;
      this.#answers.delete(oldest);
      this.#bytes -= length;
    }
  }
}
