// A program in a process of its own: started, asked what it uses, stopped.
import {fork, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import type {Message, Request, Usage} from "./parent.js";

export class Child<Started> {
  private constructor(
    private readonly process: ChildProcess,
    readonly started: Started
  ) {}

  /** Starts a script, TypeScript, that calls `tellParent`. */
  static async start<Started>(script: URL, args: string[] = []): Promise<Child<Started>> {
    const child = fork(script, args, {execArgv: ["--expose-gc", "--import", import.meta.resolve("tsx")]});
    const {started} = await answer(child);
    return new Child(child, started as Started);
  }

  /** What it uses, after a garbage collection. */
  async usage(): Promise<Usage> {
    const answered = answer(this.process);
    this.process.send("usage" satisfies Request);
    return (await answered).usage!;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, "exit");
    this.process.send("stop" satisfies Request);
    await exited;
  }
}

async function answer(child: ChildProcess): Promise<Message> {
  const gone = new AbortController();
  const exited = once(child, "exit", {signal: gone.signal}).then(([code]) => {
    throw new Error(`${child.spawnargs.slice(-2).join(" ")} ended with code ${code}`);
  });
  const message = once(child, "message", {signal: gone.signal}).then(([first]) => first as Message);
  try {
    return await Promise.race([message, exited]);
  } finally {
    gone.abort();
    await Promise.allSettled([message, exited]);
  }
}
