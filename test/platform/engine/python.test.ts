// Scripts run only where they are allowed, see nothing of ours, and end when they should.
import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {HostCustomFacet} from "../../../lib/platform/engine/index.js";
import {runPython} from "../../../lib/platform/engine/python/interpreter.js";
import {arrow, definitionOf, exportOf, facet, importOf, run, through} from "./flows.js";

const works = (code: string) => spawnSync("python3", ["-I", "-c", code]).status === 0;
const hasPython = works("");
const hasPandas = works("import pandas");
const table = "n,x,t,d,b\n1,0.5,007,2024-01-01,\n2,,x y,2024-02-29,z";

const script = (code: string, args = {}, settings = {}) =>
  through(
    "PYTHON",
    {script: code, ...args},
    {csv: table, dataTypes: {t: {data_type: "TEXT", data_formats: {}}}},
    {allowPython: true, ...settings}
  );

describe("without leave", () => {
  it("PYTHON and CUSTOM_FACET say how to get it", async () => {
    await expect(through("PYTHON", {script: "result = data"}, table)).rejects.toThrow(
      "Python is off: start the platform with --allow-python"
    );
    const customFacet = async (): Promise<HostCustomFacet> => ({
      name: "f",
      script: "result = data",
      arguments: []
    });
    await expect(
      through("CUSTOM_FACET", {custom_facet_id: "c", version_id: ""}, table, {customFacet})
    ).rejects.toThrow("--allow-python");
  });

  it("a custom facet that isn't there is named", async () => {
    await expect(
      through("CUSTOM_FACET", {custom_facet_id: "c", version_id: "v"}, table, {allowPython: true})
    ).rejects.toThrow("version 'v' of the custom facet 'c' is not there");
  });

  it("an interpreter that isn't there is named", async () => {
    await expect(script("result = data", {}, {python: "python-that-is-not"})).rejects.toThrow(
      "there is no 'python-that-is-not' on this machine"
    );
  });
});

describe.skipIf(!hasPython || process.platform !== "linux")("a script's process", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "engine-python-"));
  });
  afterAll(() => rm(folder, {recursive: true}));
  const start = (code: string, settings = {}) =>
    runPython({python: "python3", code, input: "", folder, timeLimit: 20_000, ...settings});

  it("has nothing of our environment, and no file open but its three", async () => {
    process.env.ENGINE_TEST_SECRET = "secret";
    try {
      const seen = JSON.parse(
        await start(
          "import os, json; print(json.dumps([dict(os.environ), sorted(map(int, os.listdir('/proc/self/fd')))]))"
        )
      ) as [Record<string, string>, number[]];
      // A shim may set variables of its own; what matters is that ours don't get through.
      expect(seen[0]).not.toHaveProperty("ENGINE_TEST_SECRET");
      expect(seen[0]).not.toHaveProperty("HOME");
      // The fourth is the listing of the folder itself.
      expect(seen[1].slice(0, 3)).toEqual([0, 1, 2]);
      expect(seen[1].length).toBeLessThanOrEqual(4);
    } finally {
      delete process.env.ENGINE_TEST_SECRET;
    }
  });

  it("ends when its time is up, with what it started", async () => {
    const pidFile = join(folder, "pid");
    const code = `import subprocess, time; p = subprocess.Popen(["/bin/sleep", "60"]); open(${JSON.stringify(pidFile)}, "w").write(str(p.pid)); time.sleep(60)`;
    await expect(start(code, {timeLimit: 8000})).rejects.toThrow("took longer than 8 s");
    const pid = Number(await readFile(pidFile, "utf8"));
    for (let i = 0; i < 1000 && isAlive(pid); i++) await sleep(20);
    expect(isAlive(pid)).toBe(false);
  });

  it("ends when the run is stopped", async () => {
    const controller = new AbortController();
    const running = start("import time; time.sleep(60)", {signal: controller.signal});
    setTimeout(() => controller.abort(new Error("stopped")), 200);
    await expect(running).rejects.toThrow("stopped");
  });

  it("says how it died", async () => {
    await expect(start("import os; os.kill(os.getpid(), 11)")).rejects.toThrow("Python ended with SIGSEGV");
    await expect(start("import sys; sys.exit('out of luck')")).rejects.toThrow(
      "Python ended with 1: out of luck"
    );
  });

  it("keeps the end of endless output", async () => {
    expect(await start("print('x' * 10_000_000 + 'end')")).toHaveLength(4000);
  });
});

describe.skipIf(!hasPython || hasPandas)("without pandas", () => {
  it("a script says what to install", async () => {
    await expect(script("result = data")).rejects.toThrow("pandas is not installed for this Python");
  });
});

describe.skipIf(!hasPandas)("PYTHON", () => {
  it("hands a table on as it was", async () => {
    expect(await script("result = data")).toBe(
      "n,x,t,d,b\n1,0.5,007,2024-01-01 00:00:00,\n2,,x y,2024-02-29 00:00:00,z"
    );
  });

  it("gives the script its arguments, and reads what it leaves in result", async () => {
    const args = [
      {name: "factor", value: "2", type: "NUMBER"},
      {name: "label", value: "a'b", type: "TEXT"},
      {name: "flag", value: true, type: "BOOLEAN"}
    ];
    const code =
      "import pandas as pd\nresult = pd.DataFrame({'v': data['n'] * factor, 'l': label, 'f': flag})";
    expect(await script(code, {arguments: args})).toBe("v,l,f\n2,a'b,true\n4,a'b,true");
  });

  it("may begin a flow, and end one", async () => {
    const begin = {
      ...facet("a", "PYTHON", {script: "import pandas as pd\nresult = pd.Series([1, 2], name='s')"}),
      facet_uid: "I_007"
    };
    const end = {...facet("b", "PYTHON", {script: "print(len(data))"}), facet_uid: "O_007"};
    const outcome = await run(
      definitionOf([begin, end, exportOf("out")], [arrow("a > b"), arrow("b > out")]),
      {},
      {allowPython: true}
    );
    expect(outcome.csv.out).toBe("s\n1\n2\n");
    expect(outcome.notes).toEqual(["PYTHON: the script printed: 2"]);
  });

  it.each([
    ["x = 1\nresult = y", "line 2 of the script: NameError: name 'y' is not defined"],
    ["result = = 1", "line 1 of the script: SyntaxError"],
    ["pass", "left nothing in a variable called result"],
    ["result = 7", "result is a int: make it a pandas DataFrame"],
    ["import sys; sys.exit(0)", "the script called exit"],
    ["result = data.rename(columns={'x': 'N'})", "two columns would be called 'N'"]
  ])("fails with a sentence: %s", async (code, message) => {
    await expect(script(code)).rejects.toThrow(message);
  });

  it("is ended when it takes too long", async () => {
    await expect(script("while True: pass", {}, {pythonTimeLimit: 4000})).rejects.toThrow(
      "took longer than 4 s"
    );
  });
});

describe.skipIf(!hasPandas)("CUSTOM_FACET", () => {
  const custom: HostCustomFacet = {
    name: "scale",
    script: "result = data[['n']] * factor",
    arguments: [{name: "factor", type: "int", value: "10"}]
  };
  const scale = (args: object[]) =>
    run(
      definitionOf(
        [
          importOf("in", "in"),
          facet("it", "CUSTOM_FACET", {custom_facet_id: "c", version_id: "", arguments: args}),
          exportOf("out")
        ],
        [arrow("in > it"), arrow("it > out")]
      ),
      {in: table},
      {
        allowPython: true,
        customFacet: async (id, version) => (id === "c" && version === "" ? custom : undefined)
      }
    );

  it("runs with its own arguments, or the flow's", async () => {
    expect((await scale([])).csv.out).toBe("n\n10\n20\n");
    expect((await scale([{name: "factor", value: 3, type: "NUMBER"}])).csv.out).toBe("n\n3\n6\n");
  });

  it("refuses arguments that it hasn't, or of another type", async () => {
    await expect(scale([{name: "factr", value: "3"}])).rejects.toThrow(
      "custom facet 'scale' has no argument 'factr'; it has: 'factor'"
    );
    await expect(scale([{name: "factor", value: "x"}])).rejects.toThrow(
      "argument 'factor' is \"x\", which is no int"
    );
  });
});

/** Whether a process runs; one that has ended and that nobody has buried doesn't. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
