// Finding a Python and keeping an environment for it, tried with stand-ins for Python that take no time.
import {chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {environment} from "./environment.js";
import {setup} from "./install.js";
import {findPython} from "./interpreter.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-install-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, {recursive: true, force: true});
});

async function script(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  await chmod(path, 0o755);
  return path;
}

describe("findPython", () => {
  it("passes by an old one for a recent one", async () => {
    await script("python3", "echo 3.9", "echo /usr/bin/python3.9");
    await script("python3.12", "echo 3.12", "echo /opt/python3.12");
    expect(findPython({PATH: folder})).toEqual({path: "/opt/python3.12", version: "3.12"});
  });

  it("passes by one that can't make virtual environments", async () => {
    await script("python3", "echo 3.12", "echo /usr/bin/python3", "exit 1");
    expect(findPython({PATH: folder})).toBeUndefined();
  });
});

describe("setup without Python", () => {
  const provide = vi.fn();
  beforeEach(() => {
    vi.stubEnv("PATH", folder);
    provide.mockClear();
  });

  it("says so, and has the tests skipped", async () => {
    vi.stubEnv("CI", "");
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await setup({provide});
    expect(provide).toHaveBeenCalledExactlyOnceWith("python", null);
    expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("tests are skipped"));
  });

  it("fails in CI", async () => {
    vi.stubEnv("CI", "true");
    await expect(setup({provide})).rejects.toThrow("in CI the conformance tests must run");
    expect(provide).not.toHaveBeenCalled();
  });
});

describe("environment", () => {
  /** A Python that notes what it is asked, and whose client can be imported once pip was run in its environment. */
  const standIn = async () => ({
    path: await script(
      "python3",
      `echo "$1 $2" >> ${folder}/asked`,
      'case "$1 $2" in',
      '"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;',
      `"-m pip") test ! -e ${folder}/offline && touch "$(dirname "$0")/ikigai" ;;`,
      '"-c "*) test -e "$(dirname "$0")/ikigai" ;;',
      "esac"
    ),
    version: "3.12"
  });
  const cache = () => join(folder, "cache");
  const installs = async () =>
    (await readFile(join(folder, "asked"), "utf8")).split("\n").filter((line) => line === "-m pip").length;

  it("is made once and used again", async () => {
    const python = await standIn();
    const made = await environment(python, cache());
    expect(made).toMatch(/ikigai-[\d.]+-python-3\.12\/bin\/python$/);
    expect(await environment(python, cache())).toBe(made);
    expect(await installs()).toBe(1);
    expect(await readdir(cache())).toHaveLength(1);
  });

  it("is made again when something of it is gone", async () => {
    const python = await standIn();
    const made = await environment(python, cache());
    await rm(join(made, "../ikigai"));
    expect(await environment(python, cache())).toBe(made);
    expect(await installs()).toBe(2);
  });

  it("leaves nothing where pip fails, and works the next time", async () => {
    const python = await standIn();
    await writeFile(join(folder, "offline"), "");
    await expect(environment(python, cache())).rejects.toThrow(/pip install .* failed with exit code 1/);
    expect(await readdir(cache())).toEqual([]);
    await rm(join(folder, "offline"));
    await environment(python, cache());
    expect(await readdir(cache())).toHaveLength(1);
  });

  it("clears away what killed runs began, but not what others are making", async () => {
    const python = await standIn();
    const finished = (await environment(python, cache())).replace("/bin/python", "");
    await rm(finished, {recursive: true});
    const [killed, making] = [`${finished}.1`, `${finished}.2`];
    await mkdir(killed);
    await mkdir(making);
    await utimes(killed, new Date(0), new Date(0));
    await environment(python, cache());
    expect((await readdir(cache())).map((name) => join(cache(), name)).sort()).toEqual([finished, making]);
  });

  it("is shared by two runs at once", async () => {
    const python = await standIn();
    const [one, other] = await Promise.all([environment(python, cache()), environment(python, cache())]);
    expect(one).toBe(other);
    expect(await readdir(cache())).toHaveLength(1);
  });
});
