// Waiting for the clock. Logs carry whole seconds, and clients only believe an entry whose second begins after the
// moment they took by their own clock. So what is logged must end in a later second than the client's last call before.

/** When the next whole second begins. */
export const nextSecond = (time: number) => Math.floor(time / 1000) * 1000 + 1000;

/** A wait until a time, which may be brought forward while it lasts. */
export class Hold {
  #until: number;
  #timer: NodeJS.Timeout | undefined;
  #end!: () => void;
  /** Resolves when the time has come, or the hold was cancelled. */
  readonly over = new Promise<void>((resolve) => (this.#end = resolve));

  constructor(until: number) {
    this.#until = until;
    this.#arm();
  }

  shorten(until: number): void {
    if (until >= this.#until) return;
    this.#until = until;
    this.#arm();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    // Timers may fire a little before their time.
    this.#timer = setTimeout(this.#end, this.#until - Date.now() + 5);
  }
}
