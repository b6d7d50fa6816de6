// A table of two thousand columns goes up to the platform and comes down in each format, in bounded memory: each side is a process of
// its own. The bounds are those for a thousand rows.
import {execFile, spawn, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {createInterface} from "node:readline";
import {promisify} from "node:util";
import type {Table} from "apache-arrow";
import {afterAll, beforeAll, expect, it} from "vitest";
import {formats} from "../../lib/tabular/formats.js";
import {readAs} from "../tabular/written.js";
import {program} from "../program.js";

const columns = 2000;
const rows = 200;
const megabytes = {platform: 800, loader: 600};

const names = Array.from({length: columns}, (_, i) => `c${i}`);
/** A whole number, one with a point, a day and a word, over and over; some are missing. */
const cell = (row: number, i: number) =>
  [`${row * i}`, `${row + i / 4}`, `2024-01-${String((row % 28) + 1).padStart(2, "0")}`, `w${(row * i) % 7}`][
    i % 4
  ]!;
const isMissing = (row: number, i: number) => row < rows - 1 && (row + i) % 50 === 0;
/** A value that is unlike those above it. */
const late = {column: 1000, value: "2.5"};

let folder: string;
let platform: ChildProcess;
let env: NodeJS.ProcessEnv;
const child = program(new URL("./wide-child.ts", import.meta.url));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  await writeFile(join(folder, "package.json"), `{"type": "module"}`);
  await writeFile(
    join(folder, "ikigai.config.ts"),
    `export default ${JSON.stringify({app: "Wide", datasets: {wide: {dataset: "Wide"}}})};`
  );
  const lines = Array.from({length: rows}, (_, row) =>
    names
      .map((_, i) => {
        if (row === rows - 1 && i === late.column) return late.value;
        return isMissing(row, i) ? "" : cell(row, i);
      })
      .join(",")
  );
  await writeFile(join(folder, "wide.csv"), `${names.join(",")}\n${lines.join("\n")}\n`);

  platform = spawn(process.execPath, [child(), "platform", join(folder, "platform")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {...process.env, IKIGAI_PEAK: join(folder, "platform.peak")}
  });
  const [line] = (await once(createInterface(platform.stdout!), "line")) as [string];
  const {baseUrl, userEmail, apiKey} = JSON.parse(line) as Record<string, string>;
  env = {...process.env, IKIGAI_BASE_URL: baseUrl, IKIGAI_USER_EMAIL: userEmail, IKIGAI_API_KEY: apiKey};
});
afterAll(async () => {
  platform.kill();
  await rm(folder, {recursive: true});
});

const peakOf = async (name: string) => Number(await readFile(join(folder, `${name}.peak`), "utf8"));

/** Runs a task of the child to its end, and gives its output and the megabytes that it held. */
async function run(task: string, ...args: string[]) {
  const name = [task, basename(args[0] ?? "")].join("-");
  const {stdout} = await promisify(execFile)(process.execPath, [child(), task, ...args], {
    cwd: folder,
    env: {...env, IKIGAI_PEAK: join(folder, `${name}.peak`)},
    encoding: "buffer",
    maxBuffer: 100 * 2 ** 20
  });
  return {bytes: stdout, peak: await peakOf(name)};
}

/** How much a file has, and what its last row has in the first columns and the late one. */
function contents(read: Table | Record<string, unknown>[]) {
  const chosen = [...names.slice(0, 4), `c${late.column}`];
  if (Array.isArray(read)) {
    const last = read.at(-1)!;
    return {columns: Object.keys(last).length, rows: read.length, last: chosen.map((name) => last[name])};
  }
  const last = chosen.map((name): unknown => read.getChild(name)!.get(read.numRows - 1));
  return {columns: read.numCols, rows: read.numRows, last};
}

it(
  `${columns} columns and ${rows} rows go up, come down in each format and as rows, in bounded memory`,
  {timeout: 300_000},
  async () => {
    const up = await run("upload", join(folder, "wide.csv"));
    expect(JSON.parse(up.bytes.toString())).toEqual({
      columns,
      first: ["NUMERIC", "NUMERIC", "TIME", "CATEGORICAL"]
    });
    const day = `2024-01-${String(((rows - 1) % 28) + 1).padStart(2, "0")}`;
    const last = (time: unknown) => [0, rows - 1 + 0.25, time, `w${((rows - 1) * 3) % 7}`, 2.5];
    const wanted = {
      parquet: last(Date.parse(day)),
      arrow: last(Date.parse(day)),
      csv: last(day).map(String),
      json: last(day)
    };
    // At the same time, for the sake of the test's time.
    const loads = formats.map(async (format) => {
      const {bytes, peak} = await run("load", format, "--name=wide");
      expect({format, ...contents(readAs[format](bytes))}).toEqual({
        format,
        columns,
        rows,
        last: wanted[format]
      });
      expect(peak, format).toBeLessThan(megabytes.loader);
    });
    const readRows = async () => {
      const {bytes, peak} = await run("rows");
      expect(JSON.parse(bytes.toString())).toMatchObject({rows, columns});
      expect(peak, "rows").toBeLessThan(megabytes.loader);
    };
    await Promise.all([...loads, readRows()]);

    platform.stdin!.end();
    await once(platform, "exit");
    expect(await peakOf("platform")).toBeLessThan(megabytes.platform);
  }
);
