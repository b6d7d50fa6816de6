// Long work in short turns, so that the page answers to keys and thumbs meanwhile.

/** Milliseconds of a turn: half of a frame. */
const turn = 8;

/** Gives the browser a turn, if this one has been long enough. */
export class Turns {
  #began = performance.now();

  /** Whether it is time to call `next`. */
  get isOver(): boolean {
    return performance.now() - this.#began > turn;
  }

  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      const {port1, port2} = new MessageChannel(); // setTimeout would wait four milliseconds each time
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
    this.#began = performance.now();
  }
}
