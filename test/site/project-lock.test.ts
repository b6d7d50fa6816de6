// Who has to wait for whom, and who is refused.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {beforeEach, describe, expect, it, onTestFinished, vi} from "vitest";
import {checkOpenSites, claimSite, withProjectLock} from "../../lib/site/index.js";
import {remove, temporaryFolder} from "../cli/project.js";
import {program} from "../program.js";

const script = program(new URL("./project-lock-child.ts", import.meta.url));

vi.setConfig({testTimeout: 60_000});

let root: string;
beforeEach(async () => {
  root = await temporaryFolder();
  onTestFinished(() => remove(root));
});

/** Another process that works on the project, or previews it for an account, until it is killed. */
async function other(...args: string[]) {
  const child = spawn(process.execPath, [script(), root, ...args], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return {
    pid: child.pid!,
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  };
}

describe("work on a project", () => {
  it("waits for that of another process, however that ends", async () => {
    const {kill} = await other("work");
    let killed: Promise<void> | undefined;
    const order: string[] = [];
    const onWait = () => {
      order.push("waits");
      killed = kill();
    };
    expect(await withProjectLock(root, {onWait}, () => Promise.resolve("done"))).toBe("done");
    await killed;
    expect(order).toEqual(["waits"]);
  });

  it("is given up by its signal while it waits", async () => {
    await other("work");
    const ending = new AbortController();
    const work = withProjectLock(root, {signal: ending.signal, onWait: () => ending.abort()}, () =>
      Promise.reject(new Error("never"))
    );
    await expect(work).rejects.toThrow(/abort/);
  });
});

describe("a preview", () => {
  it("keeps out another account's data, and its own account's not, until its process ends", async () => {
    const {pid, kill} = await other("preview", "ann at one");
    await checkOpenSites(root, "ann at one");
    await expect(checkOpenSites(root, "bob at two")).rejects.toThrow(
      `An open preview or gateway (process ${pid}) shows the data of ann at one, which this would replace by that of bob at two.`
    );
    await kill();
    await checkOpenSites(root, "bob at two");
    expect(existsSync(join(root, `.ikigai/locks/open-${pid}`))).toBe(false);
  });

  it("isn't in its own way, and leaves nothing", async () => {
    const release = await claimSite(root, "ann at one");
    await checkOpenSites(root, "bob at two");
    await release();
    expect(existsSync(join(root, `.ikigai/locks/open-${process.pid}`))).toBe(false);
  });
});
