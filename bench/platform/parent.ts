// What a program that `Child` started says to its parent.
import {readdir} from "node:fs/promises";
import process from "node:process";

export interface Usage {
  /** Bytes of resident memory. */
  memory: number;
  peakMemory: number;
  /** Bytes that JavaScript's objects hold. */
  heap: number;
  cpuSeconds: number;
  /** Open files and sockets; undefined where the operating system doesn't tell. */
  files: number | undefined;
}

export type Request = "usage" | "stop";
export interface Message {
  started?: unknown;
  usage?: Usage;
}

/** Tells the parent that all is up, and goes on answering it until it asks for the end. */
export function tellParent(started: unknown, stop: () => Promise<void>): void {
  const send = (message: Message) => process.send!(message);
  const answer = async (request: Request) => {
    if (request === "usage") {
      send({usage: await usage()});
    } else {
      await stop();
      process.disconnect();
    }
  };
  process.on("message", (request: Request) => void answer(request));
  send({started});
}

async function usage(): Promise<Usage> {
  globalThis.gc!();
  const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
  const {rss, heapUsed} = process.memoryUsage();
  const files = await readdir("/proc/self/fd").catch(() => undefined);
  return {
    memory: rss,
    peakMemory: maxRSS * 1024,
    heap: heapUsed,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    files: files?.length
  };
}
