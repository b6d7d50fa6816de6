// A process that does jobs, one at a time: started at low priority, without our environment, and ended when it won't stop.
import {spawn, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {constants, setPriority} from "node:os";

/** Milliseconds that a job gets to stop before its process is ended. */
const grace = 500;

export interface ProcessOptions {
  /** The path of its program, JavaScript, which sends `{kind: "ready"}` once and stops its job at `{kind: "stop"}`. */
  program: () => string;
  /** Megabytes of JavaScript's own memory. */
  heap: number;
  /** What the shell takes from it first, such as `ulimit -f 0`. */
  limits: readonly string[];
  /** From 1 to 19: how far all of its threads give way to ours. */
  nice: number;
  /** What is thrown when it ends by itself. */
  ended: () => Error;
}

/** Takes a report, and says when that was the last one of the job. */
export type Take<Report, T> = (
  report: Report,
  done: (value: T) => void,
  fail: (error: Error) => void
) => void;

export class JobProcess<Order extends {kind: string}, Report extends {kind: string}> {
  #process: ChildProcess | undefined;

  constructor(private readonly options: ProcessOptions) {}

  /** Starts the process where it doesn't run yet, and waits until it can take a job. Throws the signal's reason. */
  async ready(signal: AbortSignal): Promise<void> {
    if (this.#process) return;
    const child = (this.#process = start(this.options));
    child.once("exit", () => {
      if (this.#process === child) this.#process = undefined;
    });
    await this.#reports<void>(signal, ({kind}, done) => {
      if (kind === "ready") done();
    });
  }

  /** Sends the order for a job and listens until `take` says that it is done or has failed, or the process ends. Throws the signal's reason; the job has ended then. */
  async run<T>(order: Order, signal: AbortSignal, take: Take<Report, T>): Promise<T> {
    await this.ready(signal);
    const answer = this.#reports(signal, take);
    this.send(order);
    return answer;
  }

  /** Sends an order. Where the process has ended, its end is told otherwise. */
  send(order: Order | {kind: "stop"}): void {
    this.#process?.send(order, () => undefined);
  }

  /** Ends the process, whatever it does. */
  kill(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  /** Ends the process, and waits until it has. */
  async close(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const ended = once(child, "exit");
    child.ref(); // or nothing may keep this process from ending while it waits
    this.kill();
    await ended;
  }

  /** When the signal aborts, the job is stopped, if need be with the process. */
  async #reports<T>(signal: AbortSignal, take: Take<Report, T>): Promise<T> {
    const child = this.#process!;
    let killing: NodeJS.Timeout | undefined;
    let onMessage: (report: Report) => void;
    let onEnd: () => void;
    const stop = () => {
      this.send({kind: "stop"});
      killing = setTimeout(() => this.kill(), grace);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, {once: true});
    child.ref();
    try {
      return await new Promise<T>((resolve, reject) => {
        child.on("message", (onMessage = (report) => take(report, resolve, reject)));
        onEnd = () => reject(this.options.ended());
        child.once("exit", onEnd).once("error", onEnd);
      });
    } finally {
      clearTimeout(killing);
      child.unref();
      signal.removeEventListener("abort", stop);
      child.off("message", onMessage!).off("exit", onEnd!).off("error", onEnd!);
      signal.throwIfAborted();
    }
  }
}

function start({program, heap, limits, nice}: ProcessOptions): ChildProcess {
  const node = [process.execPath, `--max-old-space-size=${heap}`, program()] as const;
  const isWindows = process.platform === "win32";
  const shell = [...limits, "ulimit -c 0", `exec nice -n ${nice} "$0" "$@"`].join("; ");
  const [command, ...args] = isWindows ? node : (["/bin/sh", "-c", shell, ...node] as const);
  const {PATH = "", SystemRoot} = process.env;
  const child = spawn(command, args, {
    // Nothing else of this process's environment: no key, and no home.
    env: {TZ: "UTC", PATH, ...(SystemRoot && {SystemRoot})},
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced"
  });
  if (isWindows) setPriority(child.pid!, constants.priority.PRIORITY_LOW);
  // Without a job it keeps us from ending no more than an idle connection does.
  child.unref();
  child.channel?.unref();
  child.on("error", () => undefined);
  return child;
}
