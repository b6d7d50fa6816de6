// `ikigai-kit demo` with a small site: where it serves, and how it ends. The demo's own site is for test/browser.
import {createServer} from "node:net";
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import {startPlatform} from "../../lib/platform/index.js";
import {start} from "./command.js";
import {config, preparedState, smallProject, type Project} from "./project.js";

vi.setConfig({testTimeout: 120_000}); // a site is built

let project: Project;
let state: Awaited<ReturnType<typeof preparedState>>;

beforeAll(async () => {
  project = await smallProject();
  state = await preparedState();
});

afterAll(async () => {
  await project?.remove();
  await state?.remove();
});

function demo(...args: string[]) {
  const command = start(["demo", "--data", state.data, ...args], {cwd: project.root});
  onTestFinished(() => command.kill());
  return command;
}

/** That the platform has let go of its folder. */
async function expectFreeFolder() {
  const platform = await startPlatform({data: state.data});
  await platform.close();
}

it("takes the next free port when the wished one is taken, until Ctrl-C", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const {port} = server.address() as {port: number};

  const command = demo("--port", String(port));
  const [, url, taken] = await command.says(/The dashboard: +(http:\/\/127\.0\.0\.1:(\d+))/);
  expect(Number(taken)).toBeGreaterThan(port);
  expect(await (await fetch(url!)).text()).toMatch(/<h1 id="sales"/);

  expect(await command.interrupt()).toBe(0);
  await command.gone();
  await expect(fetch(url!)).rejects.toThrow(/fetch failed/);
  await expectFreeFolder();
});

describe("Ctrl-C", () => {
  it.each(["platform", "data", "build"])("at the step %s ends it quickly and quietly", async (step) => {
    // Nothing would be built where nothing has changed.
    await project.write("src/changed.md", `# Changed before ${step}\n`);
    const command = demo("--port", "0");
    await command.says(new RegExp(`… ${step}`));
    const pressed = performance.now();
    expect(await command.interrupt()).toBe(130);
    expect(performance.now() - pressed).toBeLessThan(30_000);
    await command.gone();
    expect(command.stdout).toBe("");
    expect(command.stderr).not.toMatch(/ikigai-kit:|^ +at /m);
    await expectFreeFolder();
  });
});

it("that can't be built ends its platform, too", async () => {
  await project.write("ikigai.config.ts", config({dataset: "Sale"}));
  onTestFinished(() => project.write("ikigai.config.ts", config({dataset: "Sales"})));
  const command = demo("--port", "0");
  expect(await command.ended).toBe(1);
  expect(command.stderr).toMatch(/✓ platform[^]*✗ data[^]*there is no dataset .*called "Sale"/);
  await command.gone();
  await expectFreeFolder();
});
