// Many requests to a gateway whose site is swapped every few seconds: whether all that its pages name is there and whole, and how
// many a second it answers beside nginx. `npm run bench serve -- 100000` sends that many.
import {availableParallelism, tmpdir} from "node:os";
import {mkdtemp, rm} from "node:fs/promises";
import {join} from "node:path";
import {brotliDecompressSync, gunzipSync} from "node:zlib";
import {median} from "./measure.js";
import {Child} from "./platform/child.js";
import {Connection} from "./serve/connection.js";
import {startNginx} from "./serve/nginx.js";
import {isWhole, namedBy, pagePaths} from "./serve/site.js";

const requests = Number(process.argv[3] ?? 20_000);
const connections = 16;
const secondsBetween = 5;
/** Turns that each server gets, one after the other, and their seconds: short ones, so that what else the machine does meets both. */
const [turns, turnSeconds] = [15, 1.5];

export async function run(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  const script = (name: string) => new URL(`./serve/${name}.ts`, import.meta.url);
  const children: Child<unknown>[] = [];
  const start = async <Started>(name: string, ...args: string[]) => {
    const child = await Child.start<Started>(script(name), args);
    children.push(child);
    return child;
  };
  let nginx: Awaited<ReturnType<typeof startNginx>>;
  try {
    console.log(`${availableParallelism()} cores, Node ${process.version}`);
    const publisher = await start("publisher", root, String(secondsBetween));
    const gateway = await start<string>("server", root);
    const port = Number(new URL(gateway.started).port);
    nginx = await startNginx(join(root, "nginx"), join(root, "dist"));

    console.log(
      `\n${requests} requests over ${connections} connections, an edition every ${secondsBetween} s`
    );
    tell("the gateway", await checked(port));
    if (nginx) tell("nginx on dist", await checked(nginx.port));
    await publisher.stop();
    children.splice(children.indexOf(publisher), 1);

    console.log(`\nrequests a second, pages and files alike, median of ${turns} turns of ${turnSeconds} s`);
    const rates: Record<"gateway" | "nginx", number[]> = {gateway: [], nginx: []};
    for (let turn = 0; turn < turns; ++turn) {
      rates.gateway.push(await rate(port));
      if (nginx) rates.nginx.push(await rate(nginx.port));
    }
    console.log(`  the gateway  ${median(rates.gateway).toFixed(0)}`);
    if (!nginx)
      console.log("  nginx is not installed (apt-get install nginx), so there is nothing to compare with");
    else {
      const ratio = median(rates.gateway.map((rate, turn) => rate / rates.nginx[turn]!));
      console.log(
        `  nginx        ${median(rates.nginx).toFixed(0)}  (turn by turn the gateway answers ${ratio.toFixed(2)} times as many)`
      );
    }
  } finally {
    for (const child of children.toReversed()) await child.stop();
    await nginx?.stop();
    await rm(root, {recursive: true, force: true});
  }
}

interface Checked {
  seconds: number;
  missing: number;
  torn: number;
  other: number;
  editions: number;
}

/** Opens pages and gets what they name, as viewers do, some of them long after; looks whether each is there and whole. */
async function checked(port: number): Promise<Checked> {
  const result: Checked = {seconds: 0, missing: 0, torn: 0, other: 0, editions: 0};
  const seen = new Set<string>();
  const began = performance.now();
  let left = requests;
  const view = async (viewer: number) => {
    const connection = await Connection.open(port);
    const accepted = ["br, gzip", "gzip", "identity", "br;q=0.5, gzip;q=0.1, identity;q=0"][viewer % 4]!;
    const get = async (path: string) => {
      --left;
      const {status, body, encoding} = await connection.get(path, accepted);
      if (status === 404) ++result.missing;
      else if (status !== 200) ++result.other;
      if (status !== 200) return undefined;
      return encoding === "br" ? brotliDecompressSync(body) : encoding === "gzip" ? gunzipSync(body) : body;
    };
    for (let round = viewer; left > 0; ++round) {
      const page = await get(pagePaths[round % pagePaths.length]!);
      const html = page?.toString("utf8") ?? "";
      const named = namedBy(html);
      if (!named) {
        if (page) ++result.torn;
        continue;
      }
      seen.add(/<title>(\d+)</.exec(html)![1]!);
      for (const path of named) {
        if (left <= 0) break;
        const content = await get(path);
        if (content && !isWhole(path, content)) ++result.torn;
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({length: connections}, (_, viewer) => view(viewer)));
  result.seconds = (performance.now() - began) / 1000;
  result.editions = seen.size;
  return result;
}

function tell(name: string, {seconds, missing, torn, other, editions}: Checked): void {
  console.log(
    `  ${name.padEnd(14)}${seconds.toFixed(1)} s, ${editions} editions seen: ${missing} missing, ${torn} torn, ${other} other than 200`
  );
}

/** Requests a second for what one page names and the page itself, nothing checked. */
async function rate(port: number): Promise<number> {
  const first = await Connection.open(port);
  const page = await first.get("/", "identity");
  const paths = ["/", ...namedBy(page.body.toString("utf8"))!];
  first.close();
  const until = performance.now() + turnSeconds * 1000;
  let count = 0;
  await Promise.all(
    Array.from({length: connections}, async (_, viewer) => {
      const connection = await Connection.open(port);
      for (let i = viewer; performance.now() < until; ++i, ++count) {
        await connection.get(paths[i % paths.length]!, "gzip");
      }
      connection.close();
    })
  );
  return count / turnSeconds;
}
