// What a dataset's size costs: its loaders' memory, the first chart of a page, a question about one series, and one about all rows.
// `npm run bench size 10000000` stops at ten million rows.
import {createWriteStream} from "node:fs";
import {mkdir, mkdtemp, rm, stat, writeFile} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {startPlatform} from "../lib/platform/index.js";
import {launchChromium} from "../test/browser/chromium.js";
import {measured, median, node} from "./measure.js";
import {bigTypes, makeBigCsv, someSeries} from "./size/big-csv.js";
import {measuredPage} from "./size/page.js";
import {serveCounting, type CountingServer} from "./size/server.js";
import {tabMemory} from "./size/tab-memory.js";
import type {Browser} from "playwright-core";

const root = resolve(import.meta.dirname, "..");
const largest = Number(process.argv[3] ?? 100_000_000);
const sizes = [100_000, 1_000_000, 10_000_000, 100_000_000].filter((rows) => rows <= largest);
const turns = 5;
/** A column of so many values takes more than a tab may have; the gateway's engine answers such questions. */
const mostInPage = 10_000_000;

declare const db: {query: (text: string) => Promise<{numRows: number}>};
declare const firstChart: number | undefined;

export async function run(): Promise<void> {
  console.log(`${availableParallelism()} cores, Node ${process.version}`);
  const page = await measuredPage();
  const server = await serveCounting(page.folder);
  const browser = await launchChromium();
  try {
    for (const rows of sizes) await makeFiles(rows, page.folder);
    console.log(`\nfirst chart, from a small Arrow file, median of ${turns} turns`);
    const first = new Map(sizes.map((rows) => [rows, [] as number[]]));
    for (let turn = 0; turn < turns; ++turn)
      for (const rows of sizes) first.get(rows)!.push(await untilFirstChart(browser, server, rows));
    const smallest = median(first.get(sizes[0]!)!);
    for (const [rows, times] of first)
      console.log(
        `  ${count(rows)} rows  ${median(times).toFixed(0)} ms, ${(median(times) / smallest).toFixed(2)} times the smallest`
      );
    console.log("\nquestions in the page, with DuckDB open");
    for (const rows of sizes) await ask(browser, server, rows);
  } finally {
    await browser.close();
    server.close();
    await page.remove();
  }
}

const count = (rows: number) => `${rows / 1e6} million`.padStart(11);

/** Pulls the dataset by two loaders: the whole as Parquet sorted by series, and a sum by day as Arrow. */
async function makeFiles(rows: number, to: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  try {
    const path = join(folder, "big.csv");
    await makeBigCsv(rows, path);
    const csv = (await stat(path)).size;
    const platform = await startPlatform({
      data: join(folder, "platform"),
      seed: [
        {
          name: "Size",
          description: "Made up.",
          models: [],
          datasets: [{name: "Big", csv: {path}, dataTypes: bigTypes}]
        }
      ]
    });
    try {
      await rm(path);
      const project = join(folder, "project");
      await mkdir(project);
      await writeFile(join(project, "package.json"), `{"type": "module"}`);
      await writeFile(join(project, "ikigai.config.ts"), `export default ${JSON.stringify(config)}`);
      const env = {
        IKIGAI_BASE_URL: platform.baseUrl,
        IKIGAI_USER_EMAIL: platform.userEmail,
        IKIGAI_API_KEY: platform.apiKey
      };
      console.log(`\n${count(rows)} rows, ${(csv / 1e6).toFixed(0)} MB of CSV: the loaders`);
      for (const [name, format] of [
        ["big", "parquet"],
        ["by-day", "arrow"]
      ] as const) {
        const file = join(to, `${rows}.${format}`);
        const loader = node(join(root, `src/data/[name].${format}.ts`), `--name=${name}`);
        const {seconds, peakMemory} = await measured(loader, {
          cwd: project,
          env,
          stdout: createWriteStream(file)
        });
        console.log(
          `  ${name}.${format}`.padEnd(18) +
            `${seconds.toFixed(1)} s, at most ${(peakMemory / 1e6).toFixed(0)} MB of memory, ${((await stat(file)).size / 1e6).toFixed(2)} MB`
        );
      }
    } finally {
      await platform.close();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

const config = {
  app: "Size",
  datasets: {
    big: {dataset: "Big", sort: ["sku", "day"], rowGroup: 100_000},
    "by-day": {
      dataset: "Big",
      sql: "SELECT day, avg(forecast) AS forecast FROM dataset GROUP BY day ORDER BY day"
    }
  }
};

async function untilFirstChart(browser: Browser, server: CountingServer, rows: number): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}?rows=${rows}`, {waitUntil: "commit"});
  await page.waitForFunction(() => typeof firstChart === "number");
  const time = await page.evaluate(() => firstChart!);
  await context.close();
  return time;
}

async function ask(browser: Browser, server: CountingServer, rows: number): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}?rows=${rows}`);
  await page.waitForFunction(() => typeof firstChart === "number");
  const start = server.sent.get(`${rows}.parquet`) ?? 0;
  await page.evaluate(async () => {
    await (globalThis as unknown as {open: () => Promise<unknown>}).open();
    await db.query("SELECT 1"); // DuckDB is there, and nothing of the file but its end
  });
  const timed = async (sql: string) => {
    const before = server.sent.get(`${rows}.parquet`) ?? 0;
    const {milliseconds, found} = await page.evaluate(async (sql) => {
      const began = performance.now();
      const {numRows} = await db.query(sql);
      return {milliseconds: performance.now() - began, found: numRows};
    }, sql);
    return {milliseconds, found, bytes: (server.sent.get(`${rows}.parquet`) ?? 0) - before};
  };
  const tell = (name: string, {milliseconds, found, bytes}: Awaited<ReturnType<typeof timed>>) =>
    console.log(
      `    ${name.padEnd(34)} ${milliseconds.toFixed(0).padStart(6)} ms, ${(bytes / 1e6).toFixed(2)} MB, ${found} rows of answer`
    );
  const opened = (server.sent.get(`${rows}.parquet`) ?? 0) - start;
  console.log(`  ${count(rows)} rows, ${(opened / 1e6).toFixed(2)} MB to open the table`);
  tell(
    "one series",
    await timed(`SELECT day, actual, forecast FROM sales WHERE sku = '${someSeries}' ORDER BY day`)
  );
  tell(
    "another series",
    await timed("SELECT day, actual, forecast FROM sales WHERE sku = 'SKU-000077' ORDER BY day")
  );
  if (rows <= mostInPage)
    tell("group by, two columns", await timed("SELECT region, sum(actual) FROM sales GROUP BY region"));
  const memory = await tabMemory(browser);
  if (memory !== undefined) console.log(`    the tab takes ${(memory / 1e6).toFixed(0)} MB`);
  await context.close();
}
