// What the command can be asked, and how it takes what it can't.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {run} from "./command.js";
import {remove, repository, temporaryFolder} from "./project.js";

let cwd: string;

beforeAll(async () => {
  cwd = await temporaryFolder();
});

afterAll(() => remove(cwd));

const ask = (...args: string[]) => run(args, {cwd, from: repository});

it("tells its version", async () => {
  const {version} = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {version: string};
  expect(await ask("--version")).toEqual({code: 0, stdout: `${version}\n`, stderr: ""});
});

it("tells what it can do", async () => {
  const {code, stdout} = await ask("--help");
  expect(code).toBe(0);
  for (const command of ["demo", "dev", "build", "platform"]) {
    expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  }
});

describe("a mistake", () => {
  it.each<[string[], string, string?]>([
    [["demos"], 'there is no command "demos". Did you mean ikigai-kit demo?', ""],
    [["releases"], 'there is no command "releases".', ""],
    [["help", "demos"], 'there is no command "demos". Did you mean ikigai-kit demo?', ""],
    [["demos", "--help"], 'there is no command "demos". Did you mean ikigai-kit demo?', ""],
    [["--verbose"], "ikigai-kit has no option --verbose.", ""],
    [["build", "--locale"], "the command build has no option --locale. Did you mean --local?"],
    [["add", "dataset"], "<name> is missing. Write: ikigai-kit add <kind> <name>"],
    [["add", "table", "Sales"], '<kind> can\'t be "table". Use one of these: dataset, model, flow.'],
    [
      ["add", "dataset", "Sales", "by", "week"],
      'the command add takes only <kind> <name>. Remove "by", "week", or put a value with spaces in quotes'
    ],
    [["dev", "now"], 'the command dev takes no arguments. Remove "now"'],
    [["render", "index"], "the command render needs the option --out <file>"],
    [["platform", "--data", ""], "the value of --data is empty"],
    [["refresh", "--only", "sales", "--only", ""], "the value of --only is empty"],
    [["init", ""], "<folder> is empty"],
    [["add", "dataset", ""], "<name> is empty"],
    [["platform", "--port"], "--port <number> has no value. Write it after the option"],
    [["platform", "--memory", "0"], '--memory can\'t be "0". Give a whole number from 1 to 999999.'],
    ...["demo", "dev", "platform"].map((command): [string[], string] => [
      [command, "--port", "http"],
      `--port can't be "http". A port is a whole number from 0 (any free one) to 65535.`
    ]),
    ...["65536", "80.5"].map((port): [string[], string] => [
      ["platform", "--port", port],
      `--port can't be "${port}". A port is a whole number from 0 (any free one) to 65535.`
    ])
  ])(
    "in %j is named, with the way to help, and nothing is done",
    async (args, message, command = args[0]) => {
      const help = command
        ? `ikigai-kit ${command} --help explains its arguments and options`
        : "ikigai-kit --help lists the commands";
      expect(await ask(...args)).toEqual({
        code: 1,
        stdout: "",
        stderr: `ikigai-kit: ${message}\n  ${help}\n`
      });
    }
  );
});

it.each([["help"], ["--help"]])("%s shows the commands", async (...args) => {
  const {code, stdout} = await ask(...args);
  expect(stdout).toMatch(/^Usage: ikigai-kit \[options\] \[command\]/);
  expect(code).toBe(0);
});

it("without a command shows the commands", async () => {
  const {code, stderr} = await ask();
  expect(code).toBe(1);
  expect(stderr).toMatch(/Usage: ikigai-kit/);
});

it("goes on silently when nobody reads its output any more", async () => {
  const program = join(repository, "build/lib/cli/index.js");
  const child = spawn(process.execPath, [program, "doctor", "--json"], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"]
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  expect([await once(child, "close"), stderr]).toEqual([[1, null], ""]);
});
