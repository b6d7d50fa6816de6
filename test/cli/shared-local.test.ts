// Several commands on one local platform: one runs it, the others call that one, and the next takes over when it ends.
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it, onTestFinished} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {useLocal} from "../../lib/cli/shared-local.js";
import {run, start, type Command} from "./command.js";
import {preparedState, repository, smallProject, type Project} from "./project.js";

let project: Project;
beforeEach(async () => {
  project = await smallProject();
});
afterEach(() => project.remove());

/** A state folder of the test's own. */
async function folder() {
  const {data, remove} = await preparedState();
  onTestFinished(remove);
  return data;
}

/** Starts a command and waits for what it says. */
async function begin(args: string[], data: string, said: RegExp): Promise<Command> {
  const command = start([...args, "--data", data], {cwd: project.root, from: repository});
  onTestFinished(() => command.kill());
  await command.says(said);
  return command;
}

const platform = (data: string) => begin(["platform", "--port", "0"], data, /^IKIGAI_API_KEY=.+\n/m);
const addressOf = ({stdout}: Command) => /IKIGAI_BASE_URL=(\S+)/.exec(stdout)![1]!;

/** Uses the folder's platform as a command does. */
async function use(data: string) {
  const local = await useLocal({data});
  onTestFinished(() => local.close());
  // Only a call that finds a platform gets an answer.
  const client = new Ikigai({...local, retry: 0});
  return {...local, apps: async () => Array.from(await client.apps.list(), ({name}) => name)};
}

describe("while another command runs the platform", () => {
  it.each([
    ["refresh", ["refresh", "--local", "--force"], /✓ data .*1 file/],
    ["doctor", ["doctor", "--local"], /✓ sources/],
    ["add", ["add", "dataset", "Sales", "--local"], /adds sales-2/]
  ])("%s works with that one, and leaves it running", async (_, args, said) => {
    const data = await folder();
    const first = await platform(data);
    const {stdout, stderr} = await run([...args, "--data", data], {cwd: project.root, from: repository});
    expect(stderr).toContain(`✓ platform  ${addressOf(first)}, which another command runs`);
    expect(stdout + stderr).toMatch(said);
    expect((await fetch(`${addressOf(first)}/`)).status).toBe(401);
  });

  it("which is only starting, the second waits for it", async () => {
    const data = await folder();
    const [one, two, three] = await Promise.all([use(data), use(data), use(data)]);
    expect(new Set([one, two, three].map(({baseUrl}) => baseUrl)).size).toBe(1);
    expect([one, two, three].filter((local) => !local.isOthers())).toHaveLength(1);
    expect(await Promise.all([one.apps(), two.apps(), three.apps()])).toEqual([["Shop"], ["Shop"], ["Shop"]]);
  });
});

describe("when the command that runs it ends", () => {
  it.each([
    ["with Ctrl-C", (first: Command) => first.interrupt()],
    ["by a kill, which leaves its record", (first: Command) => (first.kill(), first.ended)]
  ])("%s, another that uses it takes over, under the same address", async (_, end) => {
    const data = await folder();
    const first = await platform(data);
    const second = await use(data);
    expect(second.baseUrl).toBe(addressOf(first));
    expect(second.isOthers()).toBe(true);
    await end(first);
    await expect.poll(() => second.apps().catch(String)).toEqual(["Shop"]);
    await expect.poll(second.isOthers).toBe(false);
  });

  it("one of two that use it takes over, and the other goes on with that", async () => {
    const data = await folder();
    const first = await platform(data);
    const others = [await use(data), await use(data)];
    await first.interrupt();
    await expect.poll(() => others.filter((local) => !local.isOthers()).length).toBe(1);
    for (const other of others) await expect.poll(() => other.apps().catch(String)).toEqual(["Shop"]);
  });

  it("a refresh under way comes to its end", async () => {
    const data = await folder();
    const first = await platform(data);
    const args = ["refresh", "--local", "--force", "--data", data];
    const second = start(args, {cwd: project.root, from: repository});
    onTestFinished(() => second.kill());
    await second.says(/which another command runs/);
    await first.interrupt();
    const code = await second.ended;
    expect(second.stderr).toMatch(/✓ data/);
    expect(code).toBe(0);
  });
});

describe("a record that is stale", () => {
  it.each([
    ["of a killed process", {pid: 2 ** 22 + 7, baseUrl: "http://127.0.0.1:9"}],
    ["of a process number that is another's now", {pid: process.ppid, baseUrl: "http://127.0.0.1:9"}],
    ["cut off", undefined]
  ])("%s isn't believed where no platform holds the folder", async (_, record) => {
    const data = await folder();
    await writeFile(join(data, "running.json"), record ? JSON.stringify(record) : '{"pid": 1');
    const local = await use(data);
    expect(local.isOthers()).toBe(false);
    expect(await local.apps()).toEqual(["Shop"]);
  });

  it("isn't left behind by Ctrl-C", async () => {
    const data = await folder();
    const first = await platform(data);
    expect(JSON.parse(await readFile(join(data, "running.json"), "utf8"))).toEqual({
      pid: first.group,
      baseUrl: addressOf(first)
    });
    await first.interrupt();
    await expect(readFile(join(data, "running.json"))).rejects.toThrow(/ENOENT/);
  });
});
