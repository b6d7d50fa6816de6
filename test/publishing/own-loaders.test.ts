// A project of Framework's without Ikigai: its own loaders run when they have to, and many at a time.
import {existsSync, readFileSync, rmSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {refreshProject} from "../../lib/publishing/refresh.js";
import type {Reporter} from "../../lib/publishing/index.js";
import {linkPackages, project, write} from "../hermetic/project.js";

const config = `export default {
  root: "pages",
  title: "Test",
  globalStylesheets: [],
  loaders: {"aged.txt": {maxAge: "1 hour"}}
};
`;

/** Says that it has begun, and waits until the other two have: alone it would wait forever. */
const waits = (name: string) => `import {appendFileSync, existsSync, writeFileSync} from "node:fs";
writeFileSync("began-${name}", "");
appendFileSync("runs", "${name} ");
while (!["a", "b", "aged"].every((other) => existsSync("began-" + other))) await new Promise((resolve) => setTimeout(resolve, 20));
process.stdout.write("${name}");
`;

const page = `\${FileAttachment("a.txt").text()} \${FileAttachment("b.txt").text()} \${FileAttachment("aged.txt").text()}
\${FileAttachment("shell.txt").text()}
`;

function ownProject() {
  const root = project({
    "package.json": {name: "site", version: "0.0.0", type: "module"},
    "observablehq.config.js": config,
    "pages/index.md": page,
    "pages/a.txt.js": waits("a"),
    "pages/b.txt.js": waits("b"),
    "pages/aged.txt.js": waits("aged"),
    "pages/shell.txt.sh": "echo shell\n"
  });
  linkPackages(root);
  return root;
}

function reporter(warnings: string[]): Reporter {
  const line = {progress() {}, done() {}, fail() {}};
  return {begin: () => line, wait() {}, output() {}, warn: (text) => void warnings.push(text)};
}

const refresh = async (
  root: string,
  options: {force?: boolean; keepStale?: boolean; dryRun?: boolean} = {}
) => {
  const warnings: string[] = [];
  const {refreshed} = await refreshProject({root, reporter: reporter(warnings), ...options});
  const pulled = Object.fromEntries(refreshed.pulled.map(({file, why}) => [file, why]));
  return {pulled, unchanged: refreshed.unchanged, stale: refreshed.stale, warnings};
};

it("says in a sentence which age in the config can't be read", {timeout: 180_000}, async () => {
  const root = project({
    "package.json": {name: "site", version: "0.0.0", type: "module"},
    "observablehq.config.js": config.replace("1 hour", "1 hours ago"),
    "pages/index.md": "# Site\n"
  });
  linkPackages(root);
  await expect(refresh(root)).rejects.toThrow(
    /^loaders\["aged\.txt"\]\.maxAge of observablehq\.config is "1 hours ago"; it should be a time such as "90 seconds", "6 hours" or "1 day"$/
  );
});

it(
  "runs own loaders at the same time, and again only when they are too old, changed or asked for",
  {timeout: 180_000},
  async () => {
    const root = ownProject();
    const made = (name: string) => join(root, "pages/.observablehq/cache", name);
    const all = ["a.txt", "aged.txt", "b.txt", "shell.txt"];

    expect(Object.keys((await refresh(root, {dryRun: true})).pulled)).toEqual(all);
    expect(existsSync(made("a.txt"))).toBe(false);

    const first = await refresh(root);
    expect(first.pulled).toEqual(Object.fromEntries(all.map((name) => [name, "it is new"])));
    expect(readFileSync(made("shell.txt"), "utf8")).toBe("shell\n");
    expect((await refresh(root)).unchanged).toEqual(all);

    const twoHours = new Date(Date.now() - 7_200_000);
    for (const name of all) utimesSync(made(name), twoHours, twoHours);
    for (const name of ["a.txt.js", "b.txt.js", "aged.txt.js", "shell.txt.sh"])
      utimesSync(join(root, "pages", name), twoHours, new Date(twoHours.getTime() - 1_000));
    const old = await refresh(root);
    expect(old.pulled).toEqual({"aged.txt": "it was made 2 h ago"});

    write(root, "pages/shell.txt.sh", "echo other\n");
    expect((await refresh(root)).pulled).toEqual({"shell.txt": "its loader has changed"});
    expect(readFileSync(made("shell.txt"), "utf8")).toBe("other\n");

    expect(Object.keys((await refresh(root, {force: true})).pulled)).toEqual(all);
    const runs = readFileSync(join(root, "runs"), "utf8").trim().split(" ");
    expect(runs.filter((name) => name === "aged")).toHaveLength(3);
    expect(runs.filter((name) => name === "a")).toHaveLength(2);
  }
);

it(
  "tells which loader has failed and what it said, and keeps what it has made before",
  {timeout: 180_000},
  async () => {
    const root = ownProject();
    await refresh(root);
    write(root, "pages/shell.txt.sh", "echo half\necho 'no such table: sales' >&2\nexit 3\n");
    await expect(refresh(root)).rejects.toThrow(
      "shell.txt can't be made: pages/shell.txt.sh: it ended with exit code 3:\n    no such table: sales"
    );
    const kept = await refresh(root, {keepStale: true});
    expect(kept.stale.map(({file}) => file)).toEqual(["shell.txt"]);
    expect(kept.warnings.join()).toContain("shell.txt is stale since");
    expect(readFileSync(join(root, "pages/.observablehq/cache/shell.txt"), "utf8")).toBe("shell\n");

    rmSync(join(root, "pages/.observablehq"), {recursive: true});
    await expect(refresh(root, {keepStale: true})).rejects.toThrow("shell.txt can't be made");
  }
);

it(
  "says what is wrong where a page takes data of Ikigai, but there is no ikigai.config.ts",
  {timeout: 180_000},
  async () => {
    const root = ownProject();
    write(root, "pages/[name].csv.js", 'import {load} from "ikigai-kit/data-loaders";\nawait load("csv");\n');
    write(root, "pages/other.md", '${FileAttachment("demand.csv").text()}');
    await expect(refresh(root)).rejects.toThrow(/There is no .*ikigai\.config\.ts/);
  }
);
