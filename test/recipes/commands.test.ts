// Every command line of the recipes and docs is one that the program takes: the command, its options and their values.
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type * as Commander from "commander";
import {beforeAll, describe, expect, it, vi} from "vitest";
import {repository} from "./recipe.js";

/** The program that lib/cli/index.ts makes, which it hands over here instead of running it. */
const made = vi.hoisted(() => ({program: undefined as Commander.Command | undefined}));

vi.mock("commander", async (importActual) => {
  const actual = await importActual<typeof Commander>();
  class Program extends actual.Command {
    override createCommand(name?: string) {
      return new actual.Command(name);
    }
    override parseAsync() {
      made.program = this;
      return Promise.resolve(this);
    }
  }
  return {...actual, Command: Program};
});

let parse: (args: string[]) => void;
let names: string[];
let build: () => Commander.Command;

beforeAll(async () => {
  const path = join(repository, "build/lib/cli/index.js");
  await import(path);
  const program = made.program!;
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({writeErr: () => undefined, writeOut: () => undefined});
    command.action(() => undefined);
  }
  build = () => program.commands.find((command) => command.name() === "build")!;
  names = program.commands.map((command) => command.name());
  parse = (args) => void program.parse(args, {from: "user"});
});

/** Words of a shell's line, up to where another command, a comment or the end of a list begins. */
function words(line: string): string[] {
  const found: string[] = [];
  for (const [word] of line.matchAll(/"[^"]*"|'[^']*'|[^\s"']+|["']/g)) {
    // A quote alone ends what began before the command.
    if (/^(?:[#|&;>\]]|\d>|["']$)/.test(word)) break;
    found.push(word.replace(/^(["'])(.*)\1$/, "$2").replace(/;$/, ""));
    if (word.endsWith(";")) break;
  }
  return found;
}

interface Line {
  file: string;
  args: string[];
}

/** Those of a recipe, or of a guide: in its code, and in its text between backticks. */
function commandLines(file: string): Line[] {
  const found: string[] = [];
  const isGuide = file.endsWith(".md");
  let inCode = !isGuide;
  for (const line of readFileSync(join(repository, file), "utf8").split("\n")) {
    if (isGuide && /^\s*```/.test(line)) inCode = !inCode;
    else if (!inCode)
      found.push(...Array.from(line.matchAll(/`(?:npx )?ikigai-kit ([a-z][^`]*)`/g), ([, rest]) => rest!));
    else if (isGuide || !line.startsWith("#"))
      found.push(...line.split(/(?:^|[\s/"])ikigai-kit (?=[a-z])/).slice(1));
  }
  return found.map((rest) => ({file, args: words(rest)}));
}

const filesIn = (folder: string) => readdirSync(join(repository, folder)).map((name) => join(folder, name));
// docs/cli.md is what the commands print themselves.
const guides = [...filesIn("docs"), ...filesIn("docs/guides")].filter(
  (name) => name.endsWith(".md") && name !== "docs/cli.md"
);
const files = ["README.md", ...guides, ...filesIn("recipes")];
const lines = files.flatMap(commandLines);

describe("a command line", () => {
  it("is found wherever there are some", () => {
    for (const file of [
      "recipes/Containerfile",
      "recipes/crontab",
      "recipes/gitlab-ci.yml",
      "docs/publishing.md"
    ])
      expect(lines.map((line) => line.file)).toContain(file);
    expect(lines.filter(({file}) => file === "recipes/Containerfile").map(({args}) => args)).toEqual([
      ["rollback"],
      ["publish", "--quiet"],
      ["serve", "--host", "0.0.0.0"]
    ]);
    expect(lines.length).toBeGreaterThan(40);
  });

  it.each(lines.map(({file, args}) => [file, args.join(" "), args] as const))(
    "of %s, %s, is taken",
    (file, _, args) => {
      // A guide's text names a command without what it needs.
      if (file.endsWith(".md") && args.length === 1) expect(names).toContain(args[0]);
      else expect(() => parse([...args])).not.toThrow();
    }
  );

  it.each([
    ["25MiB", 26_214_400],
    ["25 MB", 25_000_000],
    ["1.5GB", 1_500_000_000],
    ["100kb", 100_000]
  ])("has the size %s in bytes, %i", (size, bytes) => {
    parse(["build", "--max-file-size", size]);
    expect(build().opts().maxFileSize).toBe(bytes);
  });

  it.each([
    [["publish", "--rebild"]],
    [["serf"]],
    [["serve", "--port", "x"]],
    [["build", "--max-file-size", "25"]]
  ])("that is wrong, %j, is refused", (args) => {
    expect(() => parse(args)).toThrow();
  });
});
