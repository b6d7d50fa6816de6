// Publishing what flows write: one at a time, and the site's folder whole at every moment.
import {existsSync} from "node:fs";
import {mkdir, readFile, rename, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {buildFolder, putInPlace, restoreSite, siteFolder} from "../../lib/site/built-site.js";
import {oneAtATime} from "../../lib/cli/publish.js";
import {remove, temporaryFolder} from "./project.js";

const never = new AbortController().signal;

/** Work that is done when the test says so. */
function held() {
  const calls: {
    files: string[];
    signal: AbortSignal;
    done: (value: Record<string, string>) => void;
    fail: (error: Error) => void;
  }[] = [];
  const publish = oneAtATime(
    (files, signal) => new Promise((done, fail) => calls.push({files, signal, done, fail}))
  );
  const begun = async (count: number) => {
    for (let i = 0; calls.length < count && i < 100; ++i) await new Promise(setImmediate);
    expect(calls).toHaveLength(count);
    return calls[count - 1]!;
  };
  return {publish, begun, calls};
}

describe("publishing", () => {
  it("is done once at a time, and together for all who ask meanwhile", async () => {
    const {publish, begun, calls} = held();
    const first = publish(["a"], never);
    const one = await begun(1);
    const second = publish(["b"], never);
    const third = publish(["c", "b"], never);
    await new Promise(setImmediate);
    expect(calls).toHaveLength(1);
    one.done({"data/a": "/1"});
    expect(await first).toEqual({"data/a": "/1"});
    const two = await begun(2);
    expect(two.files).toEqual(["b", "c"]);
    two.done({"data/b": "/2"});
    expect(await Promise.all([second, third])).toEqual([{"data/b": "/2"}, {"data/b": "/2"}]);
  });

  it("goes on after one that failed, of which those alone are told who asked for it", async () => {
    const {publish, begun} = held();
    const failing = publish(["a"], never);
    (await begun(1)).fail(new Error("no disk"));
    await expect(failing).rejects.toThrow("no disk");
    const next = publish(["a"], never);
    (await begun(2)).done({});
    expect(await next).toEqual({});
  });

  it("is given up when nobody waits for it any more", async () => {
    const {publish, begun} = held();
    void publish(["x"], never);
    const before = await begun(1);
    const [one, other] = [new AbortController(), new AbortController()];
    void publish(["a"], one.signal);
    void publish(["b"], other.signal);
    before.done({});
    const {signal} = await begun(2);
    one.abort();
    expect(signal.aborted).toBe(false);
    other.abort(new Error("closing"));
    expect(signal.reason).toEqual(new Error("closing"));
  });
});

describe("the site's folder", () => {
  const project = async () => {
    const root = await temporaryFolder();
    onTestFinished(() => remove(root));
    const built = async (text: string) => {
      const folder = await buildFolder(root);
      await mkdir(folder, {recursive: true});
      await writeFile(join(folder, "index.html"), text);
      return folder;
    };
    const shown = () => readFile(join(siteFolder(root), "index.html"), "utf8");
    return {root, built, shown};
  };

  it("is replaced as a whole, and nothing else is left", async () => {
    const {root, built, shown} = await project();
    for (const text of ["first", "second"]) {
      const folder = await built(text);
      await putInPlace(root, folder);
      expect(await shown()).toBe(text);
      expect(existsSync(folder)).toBe(false);
    }
    expect(existsSync(join(root, ".ikigai/build/before"))).toBe(false);
  });

  it("is brought back when the process was killed between taking the old one away and putting the new one there", async () => {
    const {root, built, shown} = await project();
    await putInPlace(root, await built("first"));
    await rename(siteFolder(root), join(root, ".ikigai/build/before"));
    await restoreSite(root);
    expect(await shown()).toBe("first");
    await rename(siteFolder(root), join(root, ".ikigai/build/before"));
    await putInPlace(root, await built("second"));
    expect(await shown()).toBe("second");
  });

  it("stays as it is when the new one can't be put there", async () => {
    const {root, built, shown} = await project();
    await putInPlace(root, await built("first"));
    await expect(putInPlace(root, join(root, "nothing"))).rejects.toThrow(/ENOENT/);
    expect(await shown()).toBe("first");
  });

  it("is rid of what builds that were killed have left, and not of those that go on", async () => {
    const {root} = await project();
    const [dead, alive] = [join(root, ".ikigai/build/99999999"), join(root, `.ikigai/build/${process.ppid}`)];
    await mkdir(dead, {recursive: true});
    await mkdir(alive, {recursive: true});
    await buildFolder(root);
    expect([existsSync(dead), existsSync(alive)]).toEqual([false, true]);
  });
});
