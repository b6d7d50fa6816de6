// `ikigai-kit init` at a terminal: each of its questions answered, cancelled, and answered wrongly first.
import {readdir, readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {init} from "../../lib/cli/init.js";
import {DrivenTerminal, keys} from "./driven-terminal.js";
import {remove, shop, temporaryFolder} from "./project.js";
import {sharedPlatform} from "./shared-platform.js";

const {platform} = sharedPlatform([shop, {...shop, name: "Depot"}]);
let root: string;
let terminal: DrivenTerminal;
let printed: string;

beforeEach(async () => {
  root = await temporaryFolder();
  terminal = new DrivenTerminal();
  printed = "";
  for (const name of ["IKIGAI_USER_EMAIL", "IKIGAI_API_KEY", "IKIGAI_BASE_URL"]) vi.stubEnv(name, undefined);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed += String(text);
      return true;
    });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await remove(root);
});

const {enter} = keys;
const start = () => init({folder: root, terminal, signal: AbortSignal.timeout(60_000)});

type Answer = [question: string, ...typed: string[]];

/** The questions in their order, and the answer to each. */
const answers = (): Answer[] => [
  ["Email address of your Ikigai account", platform().userEmail, enter],
  ["API key", platform().apiKey, enter],
  ["Address of the platform", keys.clearLine, platform().baseUrl, enter],
  ["Which app?", keys.down, enter],
  [`Write this to ${root}?`, enter]
];

async function answerAll(all: readonly Answer[]): Promise<void> {
  for (const answer of all) await terminal.answer(...answer);
}

it("writes the project and the account once each question is answered", async () => {
  const [done] = await Promise.all([start(), answerAll(answers())]);
  expect(done).toBeUndefined();
  const config = await readFile(join(root, "ikigai.config.ts"), "utf8");
  const [, app] = /app: "(Shop|Depot)"/.exec(config) ?? [];
  expect(terminal.text).toMatch(new RegExp(`◇ +Which app\\?\\n│ +${app}`));
  expect(await readFile(join(root, ".env"), "utf8")).toBe(
    `IKIGAI_USER_EMAIL=${platform().userEmail}\nIKIGAI_API_KEY=${platform().apiKey}\nIKIGAI_BASE_URL=${platform().baseUrl}\n`
  );
  expect((await stat(join(root, ".env"))).mode & 0o777).toBe(0o600);
  expect(terminal.text + printed).not.toContain(platform().apiKey);
  expect(printed).toMatch(/Next:\n[^]*npm run dev/);
});

it("asks again where the platform doesn't take the key, or nothing was typed", async () => {
  const [email, key, address, ...rest] = answers();
  await Promise.all([
    start(),
    answerAll([
      ["Email address", enter],
      ["It is empty.", platform().userEmail, enter],
      ["API key", "wrong-one", enter],
      address!,
      email!,
      key!,
      address!,
      ...rest
    ])
  ]);
  expect(terminal.text).toMatch(/■ .*key/);
  expect(terminal.text).not.toContain("wrong-one");
  expect(await readFile(join(root, ".env"), "utf8")).toContain(`IKIGAI_API_KEY=${platform().apiKey}\n`);
});

describe.each([0, 1, 2, 3, 4])("cancelled at question %i", (index) => {
  it.each(["ctrlC", "escape"] as const)("by %s: it says so, and nothing is written", async (name) => {
    const all = answers();
    const outcome = start().catch((error: unknown) => error);
    await answerAll([...all.slice(0, index), [all[index]![0], keys[name]]]);
    expect(await outcome).toMatchObject({message: "Nothing was written."});
    expect(await readdir(root)).toEqual([]);
  });
});

it("writes nothing where the last question is answered with no", async () => {
  const all = answers();
  const outcome = start().catch((error: unknown) => error);
  await answerAll([...all.slice(0, 4), [all[4]![0], "n"]]);
  expect(await outcome).toMatchObject({name: "Cancelled"});
  expect(await readdir(root)).toEqual([]);
});
