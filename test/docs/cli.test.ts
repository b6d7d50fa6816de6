// docs/cli.md is what the commands say of themselves. `npx vitest run --project node test/docs/cli.test.ts -u` writes it again.
import {execFile} from "node:child_process";
import {join} from "node:path";
import {promisify} from "node:util";
import {expect, it} from "vitest";
import {root} from "./pages.js";

const run = promisify(execFile);

async function help(...command: string[]): Promise<string> {
  const program = join(root, "build/lib/cli/index.js");
  const {stdout} = await run(process.execPath, [program, ...command, "--help"], {
    env: {PATH: process.env.PATH}
  });
  return stdout.trim();
}

const block = (text: string) => `\`\`\`text\n${text}\n\`\`\``;

it("lists every command with its options", {timeout: 180_000}, async () => {
  const all = await help();
  const names = Array.from(all.split("\nCommands:\n")[1]!.matchAll(/^ {2}([a-z]+)/gm), ([, name]) => name!);
  const commands = names.filter((name) => name !== "help");
  expect(commands).toContain("publish");
  const helps = await Promise.all(
    commands.map(async (name) => `## ikigai-kit ${name}\n\n${block(await help(name))}`)
  );
  const page = [
    "# Commands",
    "What each command prints with `--help`. Run them with `npx`, such as `npx ikigai-kit publish`.",
    "`IKIGAI_KIT_DEBUG=1` adds the stack trace to an error.",
    block(all),
    ...helps
  ].join("\n\n");
  await expect(`${page}\n`).toMatchFileSnapshot(join(root, "docs/cli.md"));
});
