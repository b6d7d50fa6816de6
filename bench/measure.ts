// Runs a program in a process of its own and measures its wall time, CPU time and peak memory.
import {spawn} from "node:child_process";
import {once} from "node:events";
import type {WriteStream} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

export interface Measurement {
  seconds: number;
  cpuSeconds: number;
  /** Bytes of resident memory. */
  peakMemory: number;
  fileSize?: number;
}

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Gets standard output; it is thrown away otherwise. */
  stdout?: WriteStream;
}

/** A program and its arguments. When it ends it writes its resource usage to file descriptor 3, in the form of Node's `resourceUsage`. */
export type Program = readonly [command: string, ...args: string[]];

/** A script that Node runs: JavaScript, or TypeScript as a loader is. */
export function node(script: string, ...args: string[]): Program {
  const peak = pathToFileURL(join(import.meta.dirname, "peak.js")).href;
  const starter = join(import.meta.dirname, "../build/lib/typescript/run.js");
  return [process.execPath, "--import", peak, ...(script.endsWith(".ts") ? [starter] : []), script, ...args];
}

export async function measured(
  [command, ...args]: Program,
  {cwd, env, stdout}: RunOptions
): Promise<Measurement> {
  if (stdout) await once(stdout, "open");
  const start = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: {...process.env, ...env},
    stdio: ["ignore", stdout ?? "ignore", "pipe", "pipe"]
  });
  const texts = [child.stderr!, child.stdio[3] as NodeJS.ReadableStream].map(async (stream) => {
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    return text;
  });
  const [code] = (await once(child, "exit")) as [number | null];
  const seconds = (performance.now() - start) / 1000;
  const [errors, usage] = await Promise.all(texts);
  stdout?.close();
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${errors}`);
  const {userCPUTime, systemCPUTime, maxRSS} = JSON.parse(usage!) as NodeJS.ResourceUsage;
  return {seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMemory: maxRSS * 1024};
}

export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
