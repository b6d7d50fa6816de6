// The address of the repository is right before a version is published, and is changed everywhere at once.
import {execFileSync, spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {expect, it, onTestFinished} from "vitest";

const root = resolve(import.meta.dirname, "..");

/** A repository whose package.json says an address, and a page that repeats it. */
function repository(origin?: string, url = "git+https://github.com/assumed/kit.git") {
  const folder = mkdtempSync(join(tmpdir(), "ikigai-address-"));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  const git = (...args: string[]) => execFileSync("git", args, {cwd: folder});
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  writeFileSync(join(folder, "package.json"), JSON.stringify({repository: {type: "git", url}}));
  writeFileSync(join(folder, "page.md"), "See [this](https://github.com/assumed/kit/blob/main/a.md).\n");
  git("init", "-q");
  git("add", ".");
  if (origin !== undefined) git("remote", "add", "origin", origin);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "scripts/address.js"), ...args], {cwd: folder, encoding: "utf8"});
  return {run, read};
}

it.each([
  "https://github.com/assumed/kit",
  "https://github.com/assumed/kit.git",
  "https://token@github.com/assumed/kit.git",
  "git@github.com:assumed/kit.git",
  "ssh://git@github.com/assumed/kit.git"
])("lets a release from %s pass", (origin) => {
  expect(repository(origin).run()).toMatchObject({status: 0, stderr: ""});
});

it.each([undefined, "https://github.com/real/kit.git", "git@example.com:assumed/kit.git"])(
  "refuses a release from %s, with the fix",
  (origin) => {
    const {status, stderr} = repository(origin).run();
    expect(status).toBe(1);
    expect(stderr).toContain("package.json says that the repository is https://github.com/assumed/kit");
    expect(stderr).toContain("npm run address -- https://github.com/OWNER/NAME");
  }
);

it.each([
  ["https://secret@github.com/real/kit.git", "git that it is https://github.com/real/kit"],
  ["http://secret@github.com/real/kit.git", "git that it is at no address that is known"]
])("tells no token of the remote %s", (origin, expected) => {
  const {status, stderr} = repository(origin).run();
  expect(status).toBe(1);
  expect(stderr).toContain(expected);
  expect(stderr).not.toContain("secret");
});

it.each([[], ["https://github.com/real/kit"]])(
  "refuses an address in package.json that isn't one, with the arguments %j",
  (...args) => {
    const {status, stderr} = repository(undefined, "kit").run(...args);
    expect(status).toBe(1);
    expect(stderr).toBe(
      'package.json has "repository": "kit"; write it as git+https://github.com/OWNER/NAME.git\n'
    );
  }
);

it("writes another address everywhere", () => {
  const {run, read} = repository("git@github.com:real/name.git");
  expect(run("https://github.com/real/name").status).toBe(0);
  expect(read("package.json")).toContain("git+https://github.com/real/name.git");
  expect(read("page.md")).toBe("See [this](https://github.com/real/name/blob/main/a.md).\n");
  expect(run().status).toBe(0);
  expect(run("nonsense").status).toBe(1);
});

it("is looked at before npm publishes", () => {
  const {scripts} = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts.prepublishOnly).toBe("node scripts/address.js");
});
