// How long a page takes from a filter to the picture, with one and five million rows: a statement and one chart, and a Mosaic brush with
// four linked charts.
import {availableParallelism} from "node:os";
import {launchChromium, visit} from "../test/browser/chromium.js";
import {filterPage} from "./filters/page.js";
import {median} from "./measure.js";
import {serveCounting} from "./size/server.js";

const sizes = [1_000_000, 5_000_000];
const steps = 15;

interface Page {
  start: (rows: number) => Promise<unknown>;
  byStatement: (db: unknown, step: number) => Promise<number>;
  link: (db: unknown) => Promise<(step: number) => Promise<number>>;
}

export async function run(): Promise<void> {
  console.log(
    `${availableParallelism()} cores, Node ${process.version}. From a filter to the drawn picture, ${steps} steps`
  );
  const page = await filterPage(sizes);
  const server = await serveCounting(page.folder);
  const browser = await launchChromium();
  try {
    for (const rows of sizes) {
      const watched = await visit(browser, server.url);
      const {statement, brush} = await watched.page.evaluate(
        async ([rows, steps]) => {
          const {start, byStatement, link} = globalThis as unknown as Page;
          const db = await start(rows);
          const statement: number[] = [];
          for (let i = 0; i < steps; ++i) statement.push(await byStatement(db, i));
          const move = await link(db);
          const brush: number[] = [];
          for (let i = 0; i < steps; ++i) brush.push(await move(i));
          return {statement, brush};
        },
        [rows, steps] as const
      );
      const tell = (times: number[]) =>
        `median ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`;
      console.log(`  ${rows / 1e6} million rows`);
      console.log(`    a statement and one chart       ${tell(statement)}`);
      console.log(`    a Mosaic brush and four charts  ${tell(brush)}, the first ${brush[0]!.toFixed(0)} ms`);
      if (watched.errors.length) console.log(`    ${watched.errors.join("\n    ")}`);
      await watched.page.context().close();
    }
  } finally {
    await browser.close();
    server.close();
    await page.remove();
  }
}
