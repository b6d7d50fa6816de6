// A process that runs queries, one at a time: started at low priority, without the gateway's environment, and ended when it won't stop.
import {spawn, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {existsSync} from "node:fs";
import {constants, setPriority} from "node:os";
import {extname} from "node:path";
import {fileURLToPath} from "node:url";
import {JobError, outOfMemory, outOfMemoryCode, type Job, type Order, type Report} from "./job.js";

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

  /**
   * Runs a job; the process starts with the first one, and again after it was ended. Throws a JobError, or the signal's reason, and then
   * the job has ended.
   */
  async run(job: Job, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const child = (this.#process ??= start());
    const parts: Uint8Array[] = [];
    let killing: NodeJS.Timeout | undefined;
    const stop = () => {
      send(child, {kind: "stop"});
      killing = setTimeout(() => this.kill(), grace);
    };
    signal.addEventListener("abort", stop, {once: true});
    const {promise, resolve, reject} = promised<Answer>();
    const onMessage = (report: Report) => {
      if (report.kind === "part") parts.push(report.bytes);
      else if (report.kind === "end") resolve({bytes: Buffer.concat(parts), repeatable: report.repeatable});
      else reject(new JobError(report.code, report.message));
    };
    const onExit = (code: unknown) => {
      if (this.#process === child) this.#process = undefined;
      const isMemory = code === outOfMemoryCode;
      reject(
        isMemory
          ? outOfMemory(job.limits.memory)
          : new JobError(
              "limit",
              "The query's process ended: DuckDB failed, or the machine has too little memory for it"
            )
      );
    };
    child.on("message", onMessage);
    child.once("exit", onExit);
    child.once("error", onExit);
    try {
      send(child, {kind: "run", job});
      return await promise;
    } finally {
      clearTimeout(killing);
      signal.removeEventListener("abort", stop);
      child.off("message", onMessage);
      child.off("exit", onExit);
      child.off("error", onExit);
      signal.throwIfAborted();
    }
  }

  /** Ends the process, whatever it does. */
  kill(): void {
    const child = this.#process;
    this.#process = undefined;
    child?.kill("SIGKILL");
  }

  async close(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    this.kill();
    await ended;
  }
}

function start(): ChildProcess {
  if (!existsSync(program)) throw new Error(`${program} isn't there; run npm run compile`);
  const node = [process.execPath, "--max-old-space-size=512", program] as const;
  const [command, ...args] =
    process.platform === "win32" ? node : (["/bin/sh", "-c", shell, ...node] as const);
  const child = spawn(command, args, {
    // Nothing of this process's environment: no key, and no home.
    env: {
      TZ: "UTC",
      PATH: process.env.PATH ?? "",
      ...(process.env.SystemRoot && {SystemRoot: process.env.SystemRoot})
    },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced"
  });
  if (process.platform === "win32") setPriority(child.pid!, constants.priority.PRIORITY_LOW);
  // It is asked by messages alone, and keeps the gateway from ending no more than an idle connection does.
  child.unref();
  child.channel?.unref();
  child.on("error", () => undefined);
  return child;
}

function send(child: ChildProcess, order: Order): void {
  // Where it has ended, its end is told.
  child.send(order, () => undefined);
}

function promised<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((...both) => ([resolve, reject] = both));
  return {promise, resolve, reject};
}
