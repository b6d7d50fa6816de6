// What is still going on in a page, and when it has come to rest.

/** Counts work that has begun and not ended. */
export class Activity {
  #running = 0;

  /** Notes work until the promise settles; its result or failure is the caller's. */
  during<T>(work: Promise<T>): Promise<T> {
    ++this.#running;
    const end = () => void --this.#running;
    work.then(end, end);
    return work;
  }

  /**
   * Resolves when nothing has been going on for some frames in a row: Observable's runtime starts what depends on a finished cell in
   * the next one or two.
   * @param nextFrame waits for a frame, and says whether there is time for more
   * @returns whether it has come to rest
   */
  async rest(nextFrame: () => Promise<boolean>, frames = 10): Promise<boolean> {
    for (let quiet = 0; quiet < frames; quiet = this.#running === 0 ? quiet + 1 : 0) {
      if (!(await nextFrame())) return false;
    }
    return true;
  }
}
