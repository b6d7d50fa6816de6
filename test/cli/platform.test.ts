// `ikigai-kit platform`: what it prints, how it ends, and what it does with its folder.
import {createServer} from "node:net";
import {cp} from "node:fs/promises";
import {join} from "node:path";
import {parseEnv} from "node:util";
import {describe, expect, it, onTestFinished} from "vitest";
import {run, start} from "./command.js";
import {preparedState, remove, repository, temporaryFolder} from "./project.js";

/** A state folder of the test's own. */
async function state() {
  const prepared = await preparedState();
  onTestFinished(() => prepared.remove());
  return prepared;
}

/** Starts a platform and waits until it answers. */
async function platform(data: string, ...args: string[]) {
  const command = start(["platform", "--port", "0", "--data", data, ...args], {cwd: data, from: repository});
  onTestFinished(() => command.kill());
  await command.says(/^IKIGAI_API_KEY=.+\n/m);
  return command;
}

interface Account {
  IKIGAI_BASE_URL: string;
  IKIGAI_USER_EMAIL: string;
  IKIGAI_API_KEY: string;
}

const accountOf = ({stdout}: {stdout: string}) => parseEnv(stdout) as unknown as Account;

/** The names of the apps, as somebody with these three lines gets them. */
async function apps({IKIGAI_BASE_URL, IKIGAI_USER_EMAIL, IKIGAI_API_KEY}: Account): Promise<string[]> {
  const headers = {user: IKIGAI_USER_EMAIL, "api-key": IKIGAI_API_KEY};
  const answer = await fetch(`${IKIGAI_BASE_URL}/component/get-projects-for-user?fetch_all=True`, {headers});
  const {projects} = (await answer.json()) as {projects: {name: string}[]};
  return projects.map(({name}) => name).sort();
}

describe("standard output", () => {
  it("is three lines for .env, which let one in", async () => {
    const {data, apiKey} = await state();
    const command = await platform(data);
    expect(command.stdout).toMatch(
      /^IKIGAI_BASE_URL=http:\/\/127\.0\.0\.1:\d+\nIKIGAI_USER_EMAIL=\S+@\S+\nIKIGAI_API_KEY=\S+\n$/
    );
    await command.says(/It runs until you press Ctrl-C\. A project's \.env needs these lines/);
    expect(accountOf(command).IKIGAI_API_KEY).toBe(apiKey);
    expect(await apps(accountOf(command))).toEqual(["Shop"]);

    // Calls are told of beside it, without what they carried.
    await command.says(/get-projects-for-user.*200/);
    expect(await command.interrupt()).toBe(0);
    expect(command.stdout.match(/\n/g)).toHaveLength(3);
    expect(command.stderr).not.toContain(apiKey);
  });
});

describe("--quiet", () => {
  it("tells of no calls", async () => {
    const command = await platform((await state()).data, "--quiet");
    await apps(accountOf(command));
    await command.interrupt();
    expect(command.stderr).toMatch(/^… platform\n✓ platform {2}http:\/\/127\.0\.0\.1:\d+ \(\d+\.\d s\)\n$/);
  });
});

describe("Ctrl-C", () => {
  it("ends it, closes the port and frees the folder", async () => {
    const {data} = await state();
    const command = await platform(data);
    const account = accountOf(command);
    expect(await command.interrupt()).toBe(0);
    await command.gone();
    await expect(apps(account)).rejects.toThrow(/fetch failed/);

    const again = await platform(data);
    expect(accountOf(again).IKIGAI_API_KEY).toBe(account.IKIGAI_API_KEY);
    expect(await apps(accountOf(again))).toEqual(["Shop"]);
  });

  it("stops the seeding of a new folder, which then still counts as new", async () => {
    const data = await temporaryFolder();
    onTestFinished(() => remove(data));
    const command = start(["platform", "--port", "0", "--data", data], {cwd: data, from: repository});
    onTestFinished(() => command.kill());
    await command.says(/… platform/);
    const pressed = performance.now();
    expect(await command.interrupt()).toBe(130);
    expect(performance.now() - pressed).toBeLessThan(30_000);
    expect(command.stdout).toBe("");
    expect(command.stderr).not.toMatch(/ikigai-kit:|^ +at /m);
  });
});

describe("a folder in use", () => {
  it("is refused to a second platform, which says what to do", async () => {
    const {data} = await state();
    const first = await platform(data);
    const {code, stdout, stderr} = await run(["platform", "--port", "0", "--data", data], {
      cwd: data,
      from: repository
    });
    expect(stderr).toMatch(
      /✗ platform.*\nikigai-kit: The state folder .* is in use by another platform, perhaps that of ikigai-kit serve, dev or demo\. Stop that command, .*\n$/
    );
    expect([code, stdout]).toEqual([1, ""]);
    expect(await apps(accountOf(first))).toEqual(["Shop"]);
  });

  it("isn't reset either", async () => {
    const {data} = await state();
    const first = await platform(data);
    const {code, stderr} = await run(["platform", "--reset", "--data", data], {cwd: data, from: repository});
    expect(stderr).toMatch(/is in use by another platform/);
    expect(code).toBe(1);
    expect(await apps(accountOf(first))).toEqual(["Shop"]);
  });
});

describe("a taken port", () => {
  it("is named, and nothing is left running", async () => {
    const {data} = await state();
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const {port} = server.address() as {port: number};
    const {code, stdout, stderr} = await run(["platform", "--port", String(port), "--data", data], {
      cwd: data,
      from: repository
    });
    expect(stderr).toMatch(
      new RegExp(`ikigai-kit: Port ${port} of 127\\.0\\.0\\.1 is taken\\. Choose another one, or 0 for any`)
    );
    expect([code, stdout]).toEqual([1, ""]);
  });
});

describe("--reset", () => {
  it("forgets apps and keys, and begins with the demo's", async () => {
    const {data, apiKey} = await state();
    const command = await platform(data, "--reset");
    expect(command.stderr).toMatch(/, seeded with the demo's data/);
    const account = accountOf(command);
    expect(account.IKIGAI_API_KEY).not.toBe(apiKey);
    expect(await apps(account)).toEqual(["Seattle weather", "US employment"]);
  });
});

describe("a folder that was damaged", () => {
  it("is left as it is", async () => {
    const {data} = await state();
    const copy = await temporaryFolder();
    onTestFinished(() => remove(copy));
    await cp(data, copy, {recursive: true});
    await cp(join(repository, "package.json"), join(copy, "account.json"));
    const {code, stderr} = await run(["platform", "--port", "0", "--data", copy], {
      cwd: copy,
      from: repository
    });
    expect(stderr).toMatch(/ikigai-kit: .*account\.json/);
    expect(code).toBe(1);
  });
});
