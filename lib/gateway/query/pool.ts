// A few processes that run queries, and the queue before them: viewers take turns, and none takes more than their share.
import {Refused} from "../refused.js";
import {Child, type Answer} from "./child.js";
import {JobError, type Job} from "./job.js";

export interface PoolOptions {
  processes: number;
  /** Queries of one viewer that run at once. */
  perViewer: number;
  /** Milliseconds that a query may run. */
  timeout: number;
}

/** Queries that wait: of one viewer, and in all. */
const waitingPerViewer = 50;
const waitingInAll = 500;
/** Milliseconds that a query waits at most: within the time after which an idle connection is closed. */
const longestWait = 50_000;
/** Milliseconds after which processes that have nothing to do are ended. */
const idle = 60_000;

interface Waiting {
  viewer: string;
  begin: (child: Child) => void;
}

export class Pool {
  readonly #free: Child[];
  readonly #all: readonly Child[];
  readonly #running = new Map<string, number>();
  #waiting: Waiting[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: PoolOptions) {
    this.#all = Array.from({length: options.processes}, () => new Child());
    this.#free = [...this.#all];
  }

  get running(): number {
    return this.#all.length - this.#free.length;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs a job when it is its turn. Throws a Refused when too many wait, a JobError, or the signal's reason. */
  async run(job: Job, viewer: string, signal: AbortSignal): Promise<Answer> {
    const child = await this.#turn(viewer, signal);
    const {timeout} = this.options;
    const late = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    try {
      await child.ready(signal);
      timer = setTimeout(() => late.abort(), timeout);
      return await child.answer(job, AbortSignal.any([signal, late.signal]));
    } catch (error) {
      if (signal.aborted || !late.signal.aborted) throw error;
      throw new JobError(
        "limit",
        `The query took longer than the ${timeout / 1000} s that it may run (gateway.query.timeout in ikigai.config.ts): ` +
          "filter or aggregate earlier"
      );
    } finally {
      clearTimeout(timer);
      this.#over(viewer, child);
    }
  }

  /** Ends all processes. What still runs fails. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await Promise.all(this.#all.map((child) => child.close()));
  }

  #turn(viewer: string, signal: AbortSignal): Promise<Child> {
    clearTimeout(this.#idle);
    const own = this.#waiting.filter((other) => other.viewer === viewer).length;
    if (own >= waitingPerViewer)
      throw new Refused("toomany", `You have ${own} queries waiting already: wait for their answers.`);
    if (this.#waiting.length >= waitingInAll)
      throw new Refused("busy", "The gateway has too many queries to answer. Try again in a minute.");
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        viewer,
        begin: (child) => {
          done();
          resolve(child);
        }
      };
      const leave = (reason: Error) => {
        done();
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(reason);
      };
      const abort = () => leave(signal.reason as Error);
      const timer = setTimeout(
        () =>
          leave(
            new Refused(
              "busy",
              "The gateway has too many queries to answer, and this one waited too long. Try again."
            )
          ),
        longestWait
      );
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
      };
      if (signal.aborted) return abort();
      signal.addEventListener("abort", abort);
      this.#waiting.push(waiting);
      this.#next();
    });
  }

  #over(viewer: string, child: Child): void {
    const left = this.#running.get(viewer)! - 1;
    if (left > 0) this.#running.set(viewer, left);
    else this.#running.delete(viewer);
    this.#free.push(child);
    this.#next();
    if (this.running > 0) return;
    this.#idle = setTimeout(() => {
      for (const child of this.#free) child.kill();
    }, idle).unref();
  }

  /** Begins what waits: first that of viewers of whom the least runs. */
  #next(): void {
    const {perViewer} = this.options;
    while (this.#free.length > 0 && this.#waiting.length > 0) {
      const count = ({viewer}: Waiting) => this.#running.get(viewer) ?? 0;
      const next = this.#waiting.reduce((least, other) => (count(other) < count(least) ? other : least));
      if (count(next) >= perViewer) return;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#running.set(next.viewer, count(next) + 1);
      // The process that had the last job is warm.
      next.begin(this.#free.pop()!);
    }
  }
}
