// One process of the test of very wide tables: the platform, or a client or loader of it. When it ends, it writes the most memory that it
// held, in megabytes, to the file that IKIGAI_PEAK names.
import {writeFileSync} from "node:fs";
import {once} from "node:events";
import type {App} from "../../lib/client/index.js";
import type {Format} from "../../lib/tabular/formats.js";

const [task, ...args] = process.argv.slice(2) as [string, ...string[]];

// Each imports no more than it needs, for its memory is measured.
async function withApp<T>(use: (app: App) => Promise<T>): Promise<T> {
  const {Ikigai} = await import("../../lib/client/index.js");
  const {credentials} = await import("../../lib/config/index.js");
  const ikigai = new Ikigai(await credentials());
  try {
    return await use(await ikigai.apps.get("Wide"));
  } finally {
    await ikigai.close();
  }
}

const tasks: Record<string, () => Promise<void>> = {
  /** Until its standard input ends. */
  async platform() {
    const {startPlatform} = await import("../../lib/platform/index.js");
    const seed = [{name: "Wide", description: "", datasets: [], models: []}];
    const {close, baseUrl, userEmail, apiKey} = await startPlatform({data: args[0]!, seed});
    process.stdout.write(`${JSON.stringify({baseUrl, userEmail, apiKey})}\n`);
    process.stdin.resume();
    await once(process.stdin, "end");
    await close();
  },
  async upload() {
    const dataset = await withApp((app) => app.dataset.new("Wide").file(args[0]!).build());
    const types = Object.values(dataset.dataTypes).map(({dataType}) => dataType);
    process.stdout.write(`${JSON.stringify({columns: types.length, first: types.slice(0, 4)})}\n`);
  },
  async load() {
    const {load} = await import("../../data-loaders/index.js");
    await load(args[0] as Format);
  },
  async rows() {
    const rows = await withApp(async (app) => (await app.datasets.get("Wide")).rows());
    const values = Object.values(rows.at(-1)!);
    process.stdout.write(
      `${JSON.stringify({rows: rows.length, columns: values.length, last: values.slice(-4)})}\n`
    );
  }
};

process.once("exit", () =>
  writeFileSync(process.env["IKIGAI_PEAK"]!, String(Math.round(process.resourceUsage().maxRSS / 1024)))
);
await tasks[task]!();
