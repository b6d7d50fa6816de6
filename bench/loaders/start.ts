// How long a loader process takes until it first asks the platform, over a Node that does nothing.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {median} from "../measure.js";

const root = join(import.meta.dirname, "../..");
const loader = join(root, "src/data/[name].parquet.ts");
const loading = [loader, "--name=employment-history"];
const runs = 15;

/** Ways to start it: as hermeticConfig has Framework start it, and as Framework does by itself. */
const ways: Record<string, string[]> = {
  hermeticConfig: [join(root, "build/lib/typescript/run.js"), ...loading],
  tsx: [fileURLToPath(import.meta.resolve("tsx/cli")), ...loading]
};

/** Prints the medians of runs in turns. */
export async function start(): Promise<void> {
  const bare: number[] = [];
  const seconds = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let i = 0; i < runs; ++i) {
    bare.push(await untilEnd(["-e", "0"]));
    for (const [name, args] of Object.entries(ways)) seconds.get(name)!.push(await untilAsking(args));
  }
  console.log(
    `start of a loader process over bare node, ${runs} runs (bare node: ${median(bare).toFixed(2)} s)`
  );
  for (const [name, list] of seconds)
    console.log(`  with ${name.padEnd(15)} ${(median(list) - median(bare)).toFixed(2)} s`);
}

async function untilEnd(args: string[]): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, args, {stdio: "ignore"}), "exit");
  return (performance.now() - started) / 1000;
}

/** Seconds until the loader's first request arrives. It gets no answer. */
async function untilAsking(args: string[]): Promise<number> {
  const platform = createServer().listen(0, "127.0.0.1");
  await once(platform, "listening");
  const env = {
    ...process.env,
    IKIGAI_BASE_URL: `http://127.0.0.1:${(platform.address() as AddressInfo).port}`,
    IKIGAI_USER_EMAIL: "bench@example.com",
    IKIGAI_API_KEY: "none"
  };
  const started = performance.now();
  // tsx starts another process, which has to end, too.
  const child = spawn(process.execPath, args, {cwd: root, env, stdio: "ignore", detached: true});
  await once(platform, "request");
  const seconds = (performance.now() - started) / 1000;
  process.kill(-child.pid!, "SIGKILL");
  await once(child, "exit");
  platform.closeAllConnections();
  platform.close();
  return seconds;
}
