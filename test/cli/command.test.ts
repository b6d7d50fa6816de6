// What the command can be asked, and how it takes what it can't.
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
  it.each([
    [["demos"], /unknown command 'demos'[\s\S]*Did you mean demo\?/],
    [["build", "--locale"], /unknown option '--locale'[\s\S]*Did you mean --local\?/],
    [["platform", "--port"], /option '--port <number>' argument missing/],
    ...["demo", "dev", "platform"].map((command): [string[], RegExp] => [
      [command, "--port", "http"],
      /'--port <number>' argument 'http' is invalid\. A port is a whole number from 0 \(any free one\) to 65535\./
    ]),
    ...["65536", "80.5"].map((port): [string[], RegExp] => [
      ["platform", "--port", port],
      /'--port <number>' argument '.*' is invalid\. A port is a whole number/
    ])
  ])("in %j is named, with the way to help, and nothing is done", async (args, message) => {
    const {code, stdout, stderr} = await ask(...args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/\(ikigai-kit --help lists the commands\.\)/);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });
});

it("without a command shows the commands", async () => {
  const {code, stderr} = await ask();
  expect(code).toBe(1);
  expect(stderr).toMatch(/Usage: ikigai-kit/);
});
