// A project with its gateway and its platform, each in a process of its own and on a disk of its own, and a wire between the two.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import {setTimeout as sleep} from "node:timers/promises";
import {Ikigai, type IkigaiOptions} from "../../lib/client/index.js";
import {freePort} from "../../lib/gateway/listen.js";
import {layWire, type Wire} from "../../test/browser/wire.js";
import {clockIn, type Clock} from "../clock.js";
import {mountDisk, unmountDisk} from "../disk.js";
import {cacheOf, datasets, makeProject, program, siteOf} from "../project.js";
import {chaosConfig} from "./orders.js";
import {Program} from "./program.js";
import type {Records} from "./records.js";

export interface World {
  root: string;
  data: string;
  /** Where the gateway answers. */
  url: string;
  gateway: Program;
  platform: Program;
  account: Required<Pick<IkigaiOptions, "baseUrl" | "userEmail" | "apiKey">>;
  /** Between the gateway and the platform. */
  wire: Wire;
  clock: Clock;
  /** Whether the two have disks of their own, which can be filled. */
  hasDisks: boolean;
  /** The marks of the runs that the platform has begun, in order. */
  ledger: () => Promise<string[]>;
  /** Gives every dataset the rows of the next round, for as long as that takes, and resolves to the round. */
  change: () => Promise<number>;
  /** Runs `ikigai-kit publish`; resolves to its exit code, null if it was killed, and what it said. */
  publish: (kill?: AbortSignal) => Promise<{code: number | null; message: string}>;
  close: () => Promise<void>;
}

export async function openWorld(
  folder: string,
  records: Records,
  log: (line: string) => void
): Promise<World> {
  const [root, data] = [join(folder, "project"), join(folder, "platform")];
  const ledgerFile = join(folder, "ledger");
  const hasDisks = (await mountDisk(root)) && (await mountDisk(data));
  const closers: (() => unknown)[] = [];
  if (hasDisks)
    closers.push(
      () => unmountDisk(data),
      () => unmountDisk(root)
    );
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const clock = clockIn(folder);
    const [platformPort, gatewayPort] = [await freePort(0), await freePort(0)];
    const script = join(import.meta.dirname, "platform.ts");
    const child = (
      name: string,
      options: {args: string[]; env: Record<string, string>; cwd: string; ready: RegExp}
    ) => {
      const child: Program = new Program({
        ...options,
        log: (line) => log(`${name}: ${line}`),
        onCrash(how) {
          records.problems.add(`the ${name} ended by itself (${how})`);
          void child.start();
        }
      });
      closers.push(() => child.close());
      return child;
    };
    const platform = child("platform", {
      args: [...clock.node, "--import", "tsx", script, data, String(platformPort), ledgerFile],
      env: clock.env,
      cwd: import.meta.dirname, // where tsx is found
      ready: /^\{.*\}$/
    });
    const account = JSON.parse((await platform.start())[0]) as World["account"];
    const wire = await layWire(account.baseUrl);
    closers.push(() => wire.close());
    await makeProject(root, {files: ["data/orders.csv"], rest: chaosConfig});
    const tmp = join(root, "tmp");
    await mkdir(tmp);
    const env = {
      ...clock.env,
      TMPDIR: tmp,
      IKIGAI_BASE_URL: wire.url,
      IKIGAI_USER_EMAIL: account.userEmail,
      IKIGAI_API_KEY: account.apiKey
    };
    const publish: World["publish"] = async (kill) => {
      const command = spawn(process.execPath, [...clock.node, program, "publish"], {
        cwd: root,
        env: {...process.env, ...env},
        stdio: ["ignore", "ignore", "pipe"]
      });
      const said = text(command.stderr).catch(() => "");
      kill?.addEventListener("abort", () => command.kill("SIGKILL"), {once: true});
      const [code] = (await once(command, "exit")) as [number | null];
      return {code, message: await said};
    };
    const first = await publish();
    if (first.code !== 0) throw new Error(first.message);
    const gateway = child("gateway", {
      args: [...clock.node, program, "serve", "--port", String(gatewayPort)],
      env,
      cwd: root,
      ready: /The dashboard: +http/
    });
    await gateway.start();
    const client = new Ikigai({...account, onWarning: () => undefined});
    closers.push(() => client.close());
    let round = 1;
    const change = async () => {
      const next = ++round;
      for (const [name, csv] of Object.entries(datasets)) await untilDone(() => put(client, name, csv(next)));
      return next;
    };
    const ledger = async () => (await readFile(ledgerFile, "utf8").catch(() => "")).split("\n").slice(0, -1);
    const url = `http://127.0.0.1:${gatewayPort}`;
    return {
      root,
      data,
      url,
      gateway,
      platform,
      account,
      wire,
      clock,
      hasDisks,
      ledger,
      change,
      publish,
      close
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the checks of a site want to know. */
export const published = ({root, account}: World) => ({
  root,
  site: siteOf(root),
  cache: cacheOf(root),
  platform: account
});

async function put(client: Ikigai, name: string, csv: string): Promise<void> {
  await (await (await client.apps.get("Shop")).datasets.get(name)).editData({csv});
}

/** The platform may be gone, or its disk full. */
async function untilDone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch {
      await sleep(500);
    }
  }
}
