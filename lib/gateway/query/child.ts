// A process that runs queries, one at a time: started at low priority, without the gateway's environment, and ended when it won't stop.
import {spawn, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {existsSync} from "node:fs";
import {constants, setPriority} from "node:os";
import {extname} from "node:path";
import {fileURLToPath} from "node:url";
import {JobError, outOfMemory, type Job, type Order, type Report} from "./job.js";

/** Run from source, as in tests, what `npm run compile` has made stands in: a bare process runs no TypeScript. */
const program = fileURLToPath(
  extname(import.meta.url) === ".ts"
    ? new URL("../../../build/lib/gateway/query/program.js", import.meta.url)
    : new URL("./program.js", import.meta.url)
);

/** Milliseconds that a query gets to stop before its process is ended. */
const grace = 500;

/** What is left of the gateway's rights: it may write no file, and all of its threads give way to the gateway's. */
const shell = 'ulimit -f 0; ulimit -c 0; exec nice -n 19 "$0" "$@"';

export interface Answer {
  /** An Arrow IPC stream. */
  bytes: Buffer;
  repeatable: boolean;
}

export class Child {
  #process: ChildProcess | undefined;

  /** Starts the process where it doesn't run yet, and waits until it can take a job. Throws the signal's reason. */
  async ready(signal: AbortSignal): Promise<void> {
    if (this.#process) return;
    const child = (this.#process = start());
    child.once("exit", () => {
      if (this.#process === child) this.#process = undefined;
    });
    await this.#reports(signal, (report, done) => {
      if (report.kind === "ready") done(undefined);
    });
  }

  /** Runs a job. Throws a JobError, or the signal's reason, and then the job has ended. */
  async run(job: Job, signal: AbortSignal): Promise<Answer> {
    await this.ready(signal);
    const parts: Uint8Array[] = [];
    const answer = this.#reports<Answer>(signal, (report, done, fail) => {
      if (report.kind === "part") parts.push(report.bytes);
      else if (report.kind === "end") done({bytes: Buffer.concat(parts), repeatable: report.repeatable});
      else if (report.kind === "fault") fail(new JobError(report.code, report.message));
      else if (report.kind === "memory") {
        this.kill();
        fail(outOfMemory(job.limits.memory));
      }
    });
    this.#send({kind: "run", job});
    return answer;
  }

  /** Ends the process, whatever it does. */
  kill(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  async close(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const ended = once(child, "exit");
    this.kill();
    await ended;
  }

  /** Listens until `take` is done or has failed, or the process ends. When the signal aborts, the job is stopped, if need be with the process. */
  async #reports<T>(
    signal: AbortSignal,
    take: (report: Report, done: (value: T) => void, fail: (error: Error) => void) => void
  ): Promise<T> {
    const child = this.#process!;
    let killing: NodeJS.Timeout | undefined;
    let onMessage: (report: Report) => void;
    let onEnd: () => void;
    const stop = () => {
      this.#send({kind: "stop"});
      killing = setTimeout(() => this.kill(), grace);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, {once: true});
    try {
      return await new Promise<T>((resolve, reject) => {
        child.on("message", (onMessage = (report) => take(report, resolve, reject)));
        onEnd = () => reject(processEnded());
        child.once("exit", onEnd).once("error", onEnd);
      });
    } finally {
      clearTimeout(killing);
      signal.removeEventListener("abort", stop);
      child.off("message", onMessage!).off("exit", onEnd!).off("error", onEnd!);
      signal.throwIfAborted();
    }
  }

  /** Where the process has ended, its end is told otherwise. */
  #send(order: Order): void {
    this.#process?.send(order, () => undefined);
  }
}

const processEnded = () =>
  new JobError(
    "limit",
    "The query's process ended: DuckDB failed, or the machine has too little memory for it"
  );

function start(): ChildProcess {
  if (!existsSync(program)) throw new Error(`${program} is missing; run npm run compile`);
  const node = [process.execPath, "--max-old-space-size=512", program] as const;
  const isWindows = process.platform === "win32";
  const [command, ...args] = isWindows ? node : (["/bin/sh", "-c", shell, ...node] as const);
  const {PATH = "", SystemRoot} = process.env;
  const child = spawn(command, args, {
    // Nothing else of this process's environment: no key, and no home.
    env: {TZ: "UTC", PATH, ...(SystemRoot && {SystemRoot})},
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced"
  });
  if (isWindows) setPriority(child.pid!, constants.priority.PRIORITY_LOW);
  // It keeps the gateway from ending no more than an idle connection does.
  child.unref();
  child.channel?.unref();
  child.on("error", () => undefined);
  return child;
}
