// The first picture of every page of the demo: how soon it is there, after how many bytes, and how much the page moves, beside a bare
// page that draws the same small Arrow file, a plain page of Framework that does, and a stock page that asks its own DuckDBClient. `npm run bench pages -- 9` makes nine runs.
import {availableParallelism} from "node:os";
import {launchChromium} from "../test/browser/chromium.js";
import {median} from "./measure.js";
import {barePath} from "./pages/bare.js";
import {firstChart, type FirstChart} from "./pages/first-chart.js";
import {firstFiles, pages, plainPath, stockPath, type DemoPage} from "./pages/pages.js";
import {movement} from "./pages/movement.js";
import {startSite} from "./pages/site.js";

const runs = Number(process.argv[3] ?? 5);
/** A slow line and a slow machine, as the budget has them. */
const slow = {bitsPerSecond: 1.6e6, latency: 150, slowdown: 4};

export async function run(): Promise<void> {
  const site = await startSite();
  const browser = await launchChromium();
  try {
    console.log(`${availableParallelism()} cores, Node ${process.version}, Chromium ${browser.version()}`);
    console.log(`\nfirst chart, cold cache, ${runs} runs in turn, medians`);
    const stock: FirstChart[] = [];
    const own = new Map<DemoPage, FirstChart[]>(pages.map((page) => [page, []]));
    const bare = new Map<DemoPage, FirstChart[]>(pages.map((page) => [page, []]));
    const plain = new Map<DemoPage, FirstChart[]>(pages.map((page) => [page, []]));
    for (let i = 0; i < runs; ++i) {
      stock.push(await firstChart(browser, site.url + stockPath));
      for (const page of pages) {
        own.get(page)!.push(await firstChart(browser, site.url + page.path));
        bare.get(page)!.push(await firstChart(browser, site.url + barePath(page)));
        plain.get(page)!.push(await firstChart(browser, site.url + plainPath(page)));
      }
    }
    tell("stock", stock);
    for (const page of pages) {
      const [mine, least, floor] = [own.get(page)!, bare.get(page)!, plain.get(page)!];
      tell(
        page.path,
        mine,
        `${ratio(mine, least)} × bare, ${ratio(mine, floor)} × plain, ${ratio(mine, stock)} × stock; draws from ${firstFiles(page).join(", ")}`
      );
      tell("  bare", least);
      tell("  plain", floor, `${ratio(floor, least)} × bare`);
    }
    console.log(
      `\nfirst chart at ${slow.bitsPerSecond / 1e6} Mbit/s, ${slow.latency} ms, a CPU ${slow.slowdown} times slower (aim: 4 s)`
    );
    for (const page of pages) {
      const times: FirstChart[] = [];
      for (let i = 0; i < Math.min(3, runs); ++i)
        times.push(await firstChart(browser, site.url + page.path, slow));
      tell(page.path, times);
    }
    console.log(
      "\nlayout shift: until the page is quiet, and after each of its controls is changed (aim: below 0.05)"
    );
    for (const page of pages) {
      const told: string[] = [];
      for (const width of [1280, 390]) {
        const {load, controls} = await movement(browser, site.url + page.path, width);
        const changed = controls.map(({name, shift}) => `${name} ${shift.toFixed(3)}`).join(", ");
        told.push(`${width} px ${load.toFixed(3)}${changed ? ` (${changed})` : ""}`);
      }
      console.log(`  ${page.path.padEnd(12)}${told.join("; ")}`);
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

function tell(name: string, list: FirstChart[], more = ""): void {
  const milliseconds = list.map((one) => one.milliseconds);
  const kilobytes = median(list.map((one) => one.bytes)) / 1e3;
  const requests = median(list.map((one) => one.requests));
  console.log(
    `  ${name.padEnd(12)}${median(milliseconds).toFixed(0).padStart(6)} ms (${Math.min(...milliseconds).toFixed(0)}–${Math.max(...milliseconds).toFixed(0)}), ` +
      `${kilobytes.toFixed(0)} kB in ${requests} answers${more ? `; ${more}` : ""}`
  );
}

/** Run by run, since what else the machine does meets neighbours alike. */
const ratio = (one: FirstChart[], other: FirstChart[]) =>
  median(one.map(({milliseconds}, i) => milliseconds / other[i]!.milliseconds)).toFixed(2);
