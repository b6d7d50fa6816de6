// What a command that is stopped at a terminal leaves: an exit code, a sentence, no file, and the terminal as it was.
import {readdir} from "node:fs/promises";
import {afterEach, beforeEach, describe, expect, it, onTestFinished} from "vitest";
import {keys} from "./driven-terminal.js";
import {remove, shop, smallProject, temporaryFolder} from "./project.js";
import {sharedPlatform} from "./shared-platform.js";
import {inTerminal, whyNoTerminal} from "./real-terminal.js";

const why = whyNoTerminal();
if (why !== undefined) process.stderr.write(`skipped, since ${why}: commands in a real terminal\n`);

const {account} = sharedPlatform([shop, {...shop, name: "Depot"}]);
let cwd: string;

beforeEach(async () => {
  cwd = await temporaryFolder();
});
afterEach(() => remove(cwd));

describe.skipIf(why !== undefined)("init in a real terminal", () => {
  it.each([
    ["Ctrl-C at the first question", {}, [["Email address", keys.ctrlC]]],
    ["Escape at the first question", {}, [["Email address", keys.escape]]],
    [
      "Ctrl-C while the key is typed",
      {},
      [
        ["Email address", "me@example.com\r"],
        ["API key", `abc${keys.ctrlC}`]
      ]
    ],
    ["Ctrl-C at the choice of an app", "account", [["Which app?", keys.ctrlC]]],
    [
      "Escape at the last question",
      "account",
      [
        ["Which app?", keys.enter],
        ["Write this", keys.escape]
      ]
    ],
    [
      "No to the last question",
      "account",
      [
        ["Which app?", keys.enter],
        ["Write this", "n"]
      ]
    ]
  ] as [string, "account" | object, [string, string][]][])(
    "%s: nothing is written, and the terminal is as it was",
    async (_, env, typed) => {
      const {code, text, ...left} = await inTerminal(["init", "shop"], typed, {
        cwd,
        env: env === "account" ? account() : {}
      });
      expect(text).toMatch(/^Nothing was written\.\r?$/m);
      expect({code, ...left}).toEqual({code: 1, hasCursor: true, isRestored: true});
      expect(await readdir(cwd)).toEqual([]);
    }
  );

  it("Ctrl-C while the local platform starts: nothing is written, and the exit code is 130", async () => {
    const {code, text, ...left} = await inTerminal(
      ["init", "shop", "--local"],
      [[/… platform.*\d+\/\d+/, keys.ctrlC]],
      {
        cwd,
        env: {TMPDIR: cwd}
      }
    );
    expect(text).toMatch(/✗ platform +stopped after/);
    expect(text).toMatch(/^Nothing was written\.\r?$/m);
    expect({code, ...left}).toEqual({code: 130, hasCursor: true, isRestored: true});
    expect(await readdir(cwd)).toEqual([]); // where its state is put aside, too
  });
});

describe.skipIf(why !== undefined)("a project's command in a real terminal", () => {
  it.each([
    ["refresh while it pulls", ["refresh"], /… data/, 130],
    ["build while it pulls", ["build"], /… data/, 130],
    ["dev while it previews, which reads keys", ["dev", "--port", "0"], /Ctrl-C ends it/, 0]
  ] as const)("%s: Ctrl-C leaves the terminal as it was", async (_, args, shown, expected) => {
    const project = await smallProject();
    onTestFinished(() => project.remove());
    const {code, text, ...left} = await inTerminal([...args], [[shown, keys.ctrlC]], {
      cwd: project.root,
      env: account()
    });
    expect(text).not.toMatch(/ikigai-kit:|^ +at |failed/m);
    expect({code, ...left}).toEqual({code: expected, hasCursor: true, isRestored: true});
  });
});
