// Loaders as Framework runs them: a process each. What they load is tested with pull; this is about the process.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {text} from "node:stream/consumers";
import {pathToFileURL} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {apps, config, history} from "./apps.js";

const root = resolve(import.meta.dirname, "../..");
/** What hermeticConfig has Framework start loaders with. */
const starter = join(root, "build/lib/typescript/run.js");

let folder: string;
let project: string;
let temporary: string;
let platform: RunningPlatform;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-load-"));
  project = await mkdtemp(join(folder, "project-"));
  temporary = await mkdtemp(join(folder, "tmp-"));
  platform = await startPlatform({data: join(folder, "platform"), seed: apps});
  await writeFile(join(project, "package.json"), `{"type": "module"}`);
  await writeFile(join(project, "ikigai.config.ts"), `export default ${JSON.stringify(config)};`);
  const source = JSON.stringify(pathToFileURL(join(root, "build/data-loaders/index.js")).href);
  for (const format of ["parquet", "json"]) {
    await writeFile(
      join(project, `[name].${format}.ts`),
      `import {load} from ${source};\nawait load("${format}");\n`
    );
  }
});
afterAll(async () => {
  await platform.close();
  await rm(folder, {recursive: true});
});

/** Starts a loader; `wrap` is a shell command around it, which it stands in as "$@". */
function start(
  args: string[],
  {env = {}, wrap = 'exec "$@"'}: {env?: NodeJS.ProcessEnv; wrap?: string} = {}
) {
  const child = spawn("sh", ["-c", wrap, "sh", process.execPath, starter, ...args], {
    cwd: project,
    env: {
      PATH: process.env.PATH,
      TMPDIR: temporary,
      IKIGAI_BASE_URL: platform.baseUrl,
      IKIGAI_USER_EMAIL: platform.userEmail,
      IKIGAI_API_KEY: platform.apiKey,
      ...env
    },
    stdio: ["ignore", "pipe", "pipe"]
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return {child, ended: ended.then(([stdout, stderr, [code]]) => ({stdout, stderr, code: code as number}))};
}

const run = (...args: Parameters<typeof start>) => start(...args).ended;

const own = async () => (await readdir(temporary)).filter((name) => name.startsWith("ikigai-"));

it("gives the data on standard output, and plain lines of progress on standard error", async () => {
  const {code, stdout, stderr} = await run(["[name].json.ts", "--name=by-sector"]);
  expect(JSON.parse(stdout)).toEqual([
    {sector: "Farming", jobs: 3},
    {sector: "Retail", jobs: 22}
  ]);
  expect(stderr).toMatch(/^… by-sector\.json\n✓ by-sector\.json 2 rows, \d+ B \([\d.]+ s\)\n$/);
  expect(code).toBe(0);
  expect(await own()).toEqual([]);
});

it.each([
  [
    ["[name].json.ts", "--name=histroy"],
    {},
    /^error: ikigai\.config\.ts gives no file "histroy"\. It gives history, /
  ],
  [["[name].json.ts"], {}, /^error: No file is named\. Framework gives --name/],
  [["[name].json.ts", "--name=history"], {IKIGAI_API_KEY: ""}, /^error: .*\n {2}IKIGAI_API_KEY is not set\n/],
  [["[name].json.ts", "--name=history"], {IKIGAI_API_KEY: "marked-wrong-key"}, /error: datasets\.history: /]
])("says in one sentence why %j with %j can't be, and gives nothing", async (args, env, message) => {
  const {code, stdout, stderr} = await run(args, {env});
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain("    at ");
  expect(stderr).not.toContain("marked-wrong-key");
  expect(stdout).toBe("");
  expect(code).toBe(1);
});

describe("a full disk", () => {
  it("where the output goes is told", async () => {
    const {code, stderr} = await run(["[name].json.ts", "--name=history"], {wrap: 'exec "$@" > /dev/full'});
    expect(stderr).toMatch(/error: can't write to standard output: the disk is full\. Free some space/);
    expect(code).toBe(1);
  });

  it("where files are made is told, and nothing is given", async () => {
    // A limit on the size of files stands in for a disk that fills: room for the CSV, not for the longer JSON.
    const {code, stdout, stderr} = await run(["[name].json.ts", "--name=many"], {
      wrap: 'ulimit -f 8; exec "$@"'
    });
    expect(stderr).toMatch(/error: datasets\.many: the disk is full\. Free some space, or set TMPDIR/);
    expect(stdout).toBe("");
    expect(code).toBe(1);
    expect(await own()).toEqual([]);
  });
});

describe("when it is stopped", () => {
  let stuck: Server;
  let asked: Promise<unknown>;
  beforeAll(async () => {
    stuck = createServer(() => {});
    asked = once(stuck, "request");
    await new Promise<void>((done) => stuck.listen(0, "127.0.0.1", done));
  });
  afterAll(() => {
    stuck.close();
    stuck.closeAllConnections();
  });

  it("ends at once and leaves nothing", async () => {
    const baseUrl = `http://127.0.0.1:${(stuck.address() as AddressInfo).port}`;
    const {child, ended} = start(["[name].parquet.ts", "--name=history"], {env: {IKIGAI_BASE_URL: baseUrl}});
    await asked;
    child.kill("SIGTERM");
    const {code, stdout, stderr} = await ended;
    expect(stderr).toMatch(/^error: stopped\n$/);
    expect(stdout).toBe("");
    expect(code).toBe(130);
    expect(await own()).toEqual([]);
  });
});

it("never shows the key", async () => {
  const {stdout, stderr} = await run(["[name].parquet.ts", "--name=history"], {env: {IKIGAI_KIT_DEBUG: "1"}});
  const failed = await run(["[name].parquet.ts", "--name=text"], {env: {IKIGAI_KIT_DEBUG: "1"}});
  const everything = [stdout, stderr, failed.stdout, failed.stderr];
  for (const entry of await readdir(project, {recursive: true, withFileTypes: true})) {
    if (entry.isFile()) everything.push(await readFile(join(entry.parentPath, entry.name), "latin1"));
  }
  expect(stdout.length).toBeGreaterThan(history.length);
  for (const bytes of everything) expect(bytes).not.toContain(platform.apiKey);
});
