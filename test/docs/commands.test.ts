// Each command line of the README and docs is one that the command takes, or a script of this package or of a started project.
import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Command} from "commander";
import {expect, it} from "vitest";
import {commands} from "../../lib/cli/commands.js";
import {scriptsOf} from "../../lib/start/project-files.js";
import {commandLines} from "./commands.js";
import {root} from "./pages.js";

/** What the command says of these words, without doing anything; or nothing. */
async function complaint(words: string[]): Promise<string | undefined> {
  const program = commands(new AbortController().signal);
  let said = "";
  const quiet = (command: Command) =>
    command.exitOverride().configureOutput({writeErr: (text) => (said += text), writeOut: () => {}});
  quiet(program);
  for (const command of program.commands) quiet(command).action(() => undefined);
  try {
    await program.parseAsync(words, {from: "user"});
    return undefined;
  } catch (error) {
    return (error as {code: string}).code === "commander.helpDisplayed" ? undefined : said;
  }
}

const {scripts} = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {scripts: object};
const known = [...Object.keys(scripts), ...Object.keys(scriptsOf({local: false}))];
const ours = commandLines.filter(({words}) => words[0] !== "npm");
const npmRuns = commandLines.filter(({words}) => words[0] === "npm");

it("finds them", () => {
  expect(ours.length).toBeGreaterThan(60);
  expect(npmRuns.length).toBeGreaterThan(30);
});

it("finds what is wrong with one", async () => {
  expect(await complaint(["publish", "--silent"])).toContain("has no option --silent");
  expect(await complaint(["releases"])).toContain('no command "releases"');
});

it.each(ours)("takes $line ($where)", async ({words}) => {
  const given = words.slice(words[0] === "npx" ? 2 : 1);
  // `ikigai-kit add` in a sentence is the command's name.
  if (given.length === 1)
    expect(commands(new AbortController().signal).commands.map((one) => one.name())).toContain(given[0]);
  else expect(await complaint(given)).toBeUndefined();
});

it.each(npmRuns)("has the script of $line ($where)", ({words}) => expect(known).toContain(words[2]));
