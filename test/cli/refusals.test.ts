// A command that can't do what it was asked says so before it has written anything or started a platform.
import {createServer} from "node:net";
import {mkdir, readdir, readFile, rm, symlink, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {demoAppNames} from "../../lib/platform/seed/names.js";
import {demoApps} from "../../lib/platform/seed/index.js";
import {run} from "./command.js";
import {mayMount, smallDisk} from "../small-disk.js";
import {preparedState, remove, repository, smallProject, temporaryFolder} from "./project.js";

async function emptyFolder() {
  const cwd = await temporaryFolder();
  onTestFinished(() => remove(cwd));
  return cwd;
}

/** What a refusal is: exit code 1, the last line, and no line of a platform that was started. */
async function refused(args: string[], cwd: string) {
  const {code, stdout, stderr} = await run(args, {cwd, from: repository});
  expect({code, stdout}).toEqual({code: 1, stdout: ""});
  expect(stderr).not.toContain("✓ platform");
  return stderr;
}

const noProject =
  /There is no .*ikigai\.config\.ts\. Run this in the project's folder, or make one: npx ikigai-kit init/;

describe("in an empty folder, without a terminal", () => {
  it.each<[string[], RegExp]>([
    [
      ["init", "--local"],
      /say which app to use, such as --app "Seattle weather": there are "Seattle weather", "US employment"/
    ],
    [["init", "--local", "--yes"], /say which app to use/],
    [
      ["init", "--local", "--app", "US employmnt"],
      /there is no app called "US employmnt": there are "US employment"/
    ],
    [
      ["init", "--package-manager", "bun"],
      /--package-manager can't be "bun"\. Use one of these: npm, pnpm, yarn, yarn-classic\./
    ],
    [["add", "dataset", "Sales", "--local"], noProject],
    [["build"], noProject],
    [["build", "--local"], noProject],
    [["demo"], noProject],
    [["dev"], noProject],
    [["editions"], noProject],
    [["publish"], noProject],
    [["publish", "--local"], noProject],
    [["refresh"], noProject],
    [["refresh", "--local"], noProject],
    [["render", "index", "--out", "chart.png"], noProject],
    [["rollback"], noProject],
    [["run", "copy", "--local"], noProject],
    [["serve", "--local"], noProject],
    [
      ["types", "--local", "--out", "types.txt"],
      /--out types\.txt: TypeScript reads declarations from \.d\.ts files only/
    ],
    [["platform", "--time-zone", "Mars/Base"], /no time zone "Mars\/Base": give an IANA name/],
    [
      ["platform", "--faults", "no-such.json"],
      /--faults no-such\.json can't be read: there is no such file\. It should be JSON/
    ],
    [["platform", "--port", "70000"], /A port is a whole number/]
  ])("%j: is refused, and nothing is written", async (args, message) => {
    const cwd = await emptyFolder();
    expect(await refused(args, cwd)).toMatch(message);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("doctor --local starts no platform", async () => {
    const cwd = await emptyFolder();
    const {code, stderr} = await run(["doctor", "--local"], {cwd, from: repository});
    expect([code, stderr]).toEqual([1, ""]);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("doctor names no file that isn't there as one to copy or edit", async () => {
    const {stdout} = await run(["doctor"], {cwd: await emptyFolder(), from: repository});
    expect(stdout).toMatch(
      /no account is set.*\n {4}fix: start a project: npx ikigai-kit init asks for the account/
    );
    expect(stdout).not.toMatch(/\.env\.example|scripts of package\.json/);
  });

  it("init --local --dry-run shows the files, and writes none", async () => {
    const cwd = await emptyFolder();
    const args = ["init", "shop", "--local", "--dry-run", "--app", "US employment"];
    const {code, stderr} = await run(args, {cwd, from: repository, env: {TMPDIR: cwd}});
    expect(stderr).toContain("  + ikigai.config.ts\n");
    expect(code).toBe(0);
    expect(await readdir(cwd)).toEqual([]); // nor is anything left of the platform that it has asked
  });
});

it("init --local gives the project the platform that it has asked, so that it needn't be seeded again", async () => {
  const cwd = await emptyFolder();
  const env = {TMPDIR: join(cwd, "temporary")};
  await mkdir(env.TMPDIR);
  const made = await run(["init", "shop", "--local", "--app", "US employment"], {cwd, from: repository, env});
  expect(made.code).toBe(0);
  expect(await readdir(env.TMPDIR)).toEqual([]);
  const again = await run(["init", "shop", "--local", "--app", "US employment"], {
    cwd,
    from: repository,
    env
  });
  expect(again.stderr).toMatch(/✓ platform {2}http:\S+ \(/);
  expect(again.code).toBe(0);
});

it("init reads package.json before it starts a platform", async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, "package.json"), "{scripts}");
  expect(await refused(["init", "--local", "--app", "US employment"], cwd)).toMatch(
    /package\.json is not valid JSON: .*Correct it, or remove it/
  );
  expect(await readdir(cwd)).toEqual(["package.json"]);
});

it("a folder below a file is named, with the file", async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, "file"), "");
  expect(await refused(["platform", "--port", "0", "--data", "file/state"], cwd)).toContain(
    `The state folder ${cwd}/file/state can't be made: ${cwd}/file is a file, and should be a folder. Move it away`
  );
});

it.runIf(mayMount)("a read-only folder is named before anything is asked of a platform", async () => {
  const {folder, lock} = smallDisk();
  await writeFile(join(folder, "ikigai.config.ts"), 'export default {app: "Shop"};');
  await mkdir(join(folder, "new"));
  lock();
  for (const [args, cwd] of [
    [["init", "shop", "--local", "--app", "US employment"], join(folder, "new")],
    [["add", "dataset", "Sales", "--local"], folder],
    [["types", "--local"], folder]
  ] as const)
    expect(await refused([...args], cwd)).toMatch(
      new RegExp(
        `^ikigai-kit: can't write into ${cwd}.*: .* its disk is read-only\\. Mount it .*\\(EROFS\\)\n$`
      )
    );
});

it.each(["ikigai.config.ts", ".env"])("a %s that can't be read is named, with the fix", async (name) => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, "ikigai.config.ts"), 'export default {app: "Shop"};');
  await rm(join(cwd, name), {force: true});
  await mkdir(join(cwd, name));
  for (const args of [["build"], ["dev"], ["add", "dataset", "Sales"]])
    expect(await refused(args, cwd)).toBe(
      `ikigai-kit: Can't read ${join(cwd, name)}: ${join(cwd, name)} is a folder, and should be a file. Move it away (EISDIR)\n`
    );
});

it("a config that awaits what never comes is no silent end", async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, "ikigai.config.ts"), "await new Promise(() => {});");
  expect(await refused(["build"], cwd)).toMatch(
    /^ikigai-kit: ended, since what it waits for never comes\. .*ikigai\.config\.ts/
  );
});

it("a command with --local reads no .env", async () => {
  const cwd = await emptyFolder();
  await mkdir(join(cwd, ".env"));
  const {code} = await run(["init", "--local", "--dry-run", "--app", "US employment"], {
    cwd,
    from: repository
  });
  expect(code).toBe(0);
});

it("--only in a project without ikigai.config.ts is refused, since it has no entries", async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, "observablehq.config.js"), "export default {};");
  for (const command of ["refresh", "publish"])
    expect(await refused([command, "--only", "sales"], cwd)).toMatch(
      /--only sales: there is no ikigai\.config\.ts in .*, so it has no entries/
    );
  expect(await readdir(cwd)).toEqual(["observablehq.config.js"]);
});

describe("in a project", () => {
  it.each<[string[], RegExp]>([
    [["refresh", "--local", "--only", "sale"], /ikigai\.config\.ts has no entry "sale"\. It has sales/],
    [["publish", "--local", "--only", "sale"], /ikigai\.config\.ts has no entry "sale"\. It has sales/],
    [["run", "copy", "--local"], /ikigai\.config\.ts has no flow "copy"/],
    [["serve", "--local", "--host", "0.0.0.0"], /--host 0\.0\.0\.0 .*access rule is required/]
  ])("%j: is refused, and nothing is written", async (args, message) => {
    const project = await smallProject();
    onTestFinished(() => project.remove());
    const before = await readdir(project.root, {recursive: true});
    expect(await refused(args, project.root)).toMatch(message);
    expect(await readdir(project.root, {recursive: true})).toEqual(before);
  });
});

it("platform --reset deletes nothing where the platform couldn't start afterwards", async () => {
  const {data, remove} = await preparedState();
  onTestFinished(remove);
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const {port} = server.address() as {port: number};
  const plan = join(data, "plan.json");
  await writeFile(plan, '{"rules": [{"kind": "no such kind"}]}');
  const before = await readFile(join(data, "journal.jsonl"), "utf8");
  for (const [args, message] of [
    [["--port", String(port)], /Port \d+ of 127\.0\.0\.1 is taken/],
    [["--time-zone", "Mars/Base"], /no time zone "Mars\/Base"/],
    [["--faults", plan], /--faults: /]
  ] as const) {
    expect(await refused(["platform", "--reset", "--data", data, ...args], data)).toMatch(message);
    expect(await readFile(join(data, "journal.jsonl"), "utf8")).toBe(before);
  }
});

it("a port that is taken is told before a platform is seeded for it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const port = String((server.address() as {port: number}).port);
  const project = await smallProject();
  onTestFinished(project.remove);
  await project.write("dist/index.html", "<!doctype html>");
  for (const args of [["serve", "--local"], ["platform"]])
    expect(await refused([...args, "--port", port], project.root)).toContain(
      `Port ${port} of 127.0.0.1 is taken`
    );
  expect(await readdir(join(project.root, ".ikigai")).catch(() => [])).not.toContain("platform");
});

it("the demo's apps have the names that init knows before it starts them", async () => {
  expect((await demoApps()).map(({name}) => name)).toEqual(demoAppNames);
});

it("starts no platform for a project of Framework's that asks nothing of one", async () => {
  const cwd = await emptyFolder();
  await mkdir(join(cwd, "src"));
  await writeFile(join(cwd, "observablehq.config.js"), "export default {};\n");
  await writeFile(join(cwd, "src/index.md"), "# Hello\n");
  const {code, stderr} = await run(["refresh", "--local"], {cwd, from: repository});
  expect({code, stderr}).toEqual({code: 0, stderr: expect.not.stringContaining("platform") as string});
});

describe("where the data or the site couldn't be kept", () => {
  it.each<[path: string, commands: string[][]]>([
    [
      "src/.observablehq/cache",
      [
        ["refresh", "--local"],
        ["build", "--local"],
        ["publish", "--local"],
        ["dev", "--port", "0"],
        ["serve", "--local"],
        ["demo"]
      ]
    ],
    [".ikigai/history", [["refresh", "--local"], ["serve", "--local"], ["demo"]]],
    [
      "state/gateway",
      [
        ["serve", "--local", "--data", "state"],
        ["demo", "--data", "state"]
      ]
    ],
    ["state/gateway-dev", [["dev", "--data", "state"]]],
    [".ikigai/editions", [["serve", "--local"], ["demo"]]],
    ["dist", [["build", "--local"], ["publish", "--local"], ["demo"]]]
  ])("%s is a file: that is told before a platform is started", async (path, commands) => {
    const project = await smallProject();
    onTestFinished(project.remove);
    await mkdir(dirname(join(project.root, path)), {recursive: true});
    await project.write(path, "mine");
    if (path !== "dist") await project.write("dist/index.html", "<!doctype html>"); // or else serve says that there is no site
    for (const args of commands)
      expect(await refused(args, project.root)).toContain(
        `${join(project.root, path)} is a file, and should be a folder. Move it away`
      );
    expect(await readFile(join(project.root, path), "utf8")).toBe("mine");
    expect(await readdir(join(project.root, ".ikigai")).catch(() => [])).not.toContain("platform");
  });

  it.runIf(mayMount)("a cache on a read-only disk is told before a platform is started", async () => {
    const project = await smallProject();
    onTestFinished(project.remove);
    const {folder, lock} = smallDisk();
    await mkdir(join(folder, "cache"));
    await symlink(folder, join(project.root, "src/.observablehq"));
    lock();
    for (const args of [["refresh", "--local"], ["build", "--local"], ["publish", "--local"], ["dev"]])
      expect(await refused(args, project.root)).toMatch(/its disk is read-only\. Mount it .*\(EROFS\b/);
  });
});
