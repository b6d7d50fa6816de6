// `ikigai-kit doctor`: a project without a fault, and each of many faults, found with its fix.
import {chmod, mkdir, readFile, rename, rm, symlink, writeFile} from "node:fs/promises";
import {createServer} from "node:net";
import {dirname, join} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi} from "vitest";
import {freePort} from "../../lib/gateway/index.js";
import {examine, type Finding, type Surroundings} from "../../lib/doctor/index.js";
import {startPlatform, type RunningPlatform, type SeedApp, type SeedFlow} from "../../lib/platform/index.js";
import {run} from "./command.js";
import {preparedState, remove, repository, shop, temporaryFolder} from "./project.js";
import {install} from "./started.js";
import {mayMount, smallDisk} from "../small-disk.js";

vi.setConfig({testTimeout: 120_000}); // Framework reads the pages

let state: Awaited<ReturnType<typeof preparedState>>;
let platform: RunningPlatform;
let root: string;
/** An app with flows that run Python, and one that doesn't. */
const scripts: SeedApp = {
  name: "Scripts",
  description: "",
  datasets: [],
  models: [],
  flows: [
    flowOf("Score", "M_041", {script: "result = data", arguments: []}),
    flowOf("Shared", "M_040", {custom_facet_id: "a", version_id: "", arguments: []}),
    flowOf("Count", "M_003", {})
  ]
};

function flowOf(name: string, uid: string, values: Record<string, unknown>): SeedFlow {
  const facet = {facet_id: "one", facet_uid: uid, name: "step", arguments: values};
  return {
    name,
    definition: {facets: [facet], arrows: [], arguments: {}, variables: {}, model_variables: {}}
  };
}

/** The project's own files, as they were when it was started. */
let started: Map<string, string>;

const account = () => ({
  IKIGAI_BASE_URL: platform.baseUrl,
  IKIGAI_USER_EMAIL: platform.userEmail,
  IKIGAI_API_KEY: state.apiKey
});
const own = [
  "package.json",
  "tsconfig.json",
  ".gitignore",
  ".env.example",
  "ikigai.config.ts",
  "observablehq.config.ts",
  "src/index.md",
  "src/data/[name].arrow.ts"
];

beforeAll(async () => {
  state = await preparedState([shop, scripts]);
  platform = await startPlatform({data: state.data});
  root = await temporaryFolder();
  const {code, stderr} = await run(["init", ".", "--yes", "--app", "Shop"], {
    cwd: root,
    from: repository,
    env: account()
  });
  if (code !== 0) throw new Error(stderr);
  await install(root);
  started = new Map(
    await Promise.all(own.map(async (path) => [path, await readFile(join(root, path), "utf8")] as const))
  );
});

afterAll(async () => {
  await platform?.close();
  await state?.remove();
  await remove(root);
});

beforeEach(async () => {
  for (const path of [
    ".env",
    ".ikigai",
    "yarn.lock",
    "package-lock.json",
    "observablehq.config.js",
    "src/other.md",
    "src/.observablehq",
    "dist",
    ...own
  ])
    await rm(join(root, path), {recursive: true, force: true});
  for (const [path, text] of started) await write(path, text);
});

const write = (path: string, text: string) => writeFile(join(root, path), text);
const edit = async (path: string, edit: (text: string) => string) => write(path, edit(started.get(path)!));

async function findings(
  surroundings: Partial<Surroundings> = {},
  only?: string[]
): Promise<(Finding & {check: string})[]> {
  const all: (Finding & {check: string})[] = [];
  const env = {PATH: process.env.PATH, ...account(), ...surroundings.env};
  const usual = {
    root,
    node: "22.0.0",
    port: 0,
    freeBytes: 1e12,
    source: "account" as const,
    signal: AbortSignal.timeout(100_000)
  };
  for await (const {name, findings} of examine({...usual, ...surroundings, env}, only))
    all.push(...findings.map((finding) => ({check: name, ...finding})));
  return all;
}

it("finds nothing in a project that init has started", async () => {
  // The port is any free one, which is never the one that was named.
  expect((await findings()).filter(({check}) => check !== "port")).toEqual([]);
});

/** What breaks it, and what is to be found: the check, its level, what is wrong, and the fix. */
type Case = [
  name: string,
  breaks: () => Promise<Partial<Surroundings> | void>,
  check: string,
  level: Finding["level"],
  what: RegExp,
  fix: RegExp
];

const cases: Case[] = [
  ["an old Node", async () => ({node: "18.20.1"}), "Node", "broken", /needs Node 20\.19/, /nodejs\.org/],
  [
    "no package.json",
    () => rm(join(root, "package.json")),
    "package.json",
    "broken",
    /no package\.json/,
    /init/
  ],
  [
    "package.json that is no JSON",
    () => write("package.json", "{,}"),
    "package.json",
    "broken",
    /can't be read/,
    /correct it/
  ],
  [
    "CommonJS",
    () => edit("package.json", (text) => text.replace('"module"', '"commonjs"')),
    "package.json",
    "broken",
    /"type": "commonjs"/,
    /"type": "module"/
  ],
  [
    "two lockfiles",
    async () => {
      await write("yarn.lock", "");
      await write("package-lock.json", "{}");
    },
    "package manager",
    "warning",
    /package-lock\.json and yarn\.lock/,
    /remove the other/
  ],
  [
    "a package that isn't installed",
    () =>
      edit("package.json", (text) => text.replace('"dependencies": {', '"dependencies": {"not-there": "1",')),
    "packages",
    "broken",
    /not-there, which isn't/,
    /npm install/
  ],
  [
    "no account",
    async () => ({env: {IKIGAI_USER_EMAIL: "", IKIGAI_API_KEY: "", IKIGAI_BASE_URL: ""}}),
    "credentials",
    "broken",
    /no account is set/,
    /copy \.env\.example to \.env.*--local, here, and in the scripts of package\.json$/
  ],
  [
    "no account, and no example of one",
    async () => {
      await rm(join(root, ".env.example"));
      return {env: {IKIGAI_USER_EMAIL: "", IKIGAI_API_KEY: "", IKIGAI_BASE_URL: ""}};
    },
    "credentials",
    "broken",
    /no account is set/,
    /^write IKIGAI_USER_EMAIL and IKIGAI_API_KEY into a file \.env, each on a line NAME=value/
  ],
  [
    "an address that is none",
    async () => ({env: {IKIGAI_USER_EMAIL: "me"}}),
    "credentials",
    "broken",
    /should be the email address/,
    /NAME=value/
  ],
  [
    ".env that git would commit",
    async () => {
      await write(".env", "IKIGAI_API_KEY=secret-one\n");
      await chmod(join(root, ".env"), 0o600);
      await write(".gitignore", "dist\n");
    },
    ".env",
    "broken",
    /git would commit/,
    /\.gitignore/
  ],
  [
    ".env that others can read",
    async () => {
      await write(".env", "");
      await chmod(join(root, ".env"), 0o644);
    },
    ".env",
    "warning",
    /other users/,
    /chmod 600/
  ],
  [
    "a platform that isn't there",
    async () => ({env: {IKIGAI_BASE_URL: "http://127.0.0.1:9"}}),
    "platform",
    "broken",
    /can't be reached/,
    /IKIGAI_BASE_URL/
  ],
  [
    "a key that isn't taken",
    async () => ({env: {IKIGAI_API_KEY: "wrong-key"}}),
    "platform",
    "broken",
    /doesn't take the key/,
    /make a new one/
  ],
  [
    "no config",
    () => rm(join(root, "ikigai.config.ts")),
    "config",
    "broken",
    /there is no ikigai\.config\.ts/,
    /run this in the project's folder, or make one: npx ikigai-kit init/
  ],
  [
    "a config with a wrong key",
    () => edit("ikigai.config.ts", (text) => text.replace("datasets:", "dataset:")),
    "config",
    "broken",
    /did you mean "datasets"/,
    /configuration/
  ],
  [
    "a dataset that isn't there",
    () => edit("ikigai.config.ts", (text) => text.replace('dataset: "Sales"', 'dataset: "Sale"')),
    "sources",
    "broken",
    /"Sales"/,
    /name or id/
  ],
  [
    "no loader for a page's file",
    () => rm(join(root, "src/data/[name].arrow.ts")),
    "pages",
    "broken",
    /no loader for it/,
    /loader/
  ],
  [
    "a file that the config doesn't give",
    () => write("src/other.md", '```js\nFileAttachment("data/salez.arrow")\n```\n'),
    "pages",
    "broken",
    /gives no file "salez"/,
    /add the entry/
  ],
  [
    "no config of Framework",
    () => rm(join(root, "observablehq.config.ts")),
    "pages",
    "broken",
    /no observablehq\.config\.ts/,
    /./
  ],
  [
    "a config of Framework without the kit's options",
    () => write("observablehq.config.ts", 'export default {root: "src"};\n'),
    "Framework",
    "warning",
    /other hosts/,
    /hermeticConfig/
  ],
  [
    "a tsconfig.json that is no JSON",
    () => write("tsconfig.json", "{,}"),
    "config",
    "broken",
    /1:2: Expected string in JSON/,
    /correct it at this line/
  ],
  [
    "a loader that is empty",
    () => write("src/data/[name].arrow.ts", "\n"),
    "pages",
    "broken",
    /this loader is empty/,
    /write it, or remove it/
  ],
  [
    "a loader that is no TypeScript",
    () => write("src/data/[name].arrow.ts", 'await load("arrow"'),
    "pages",
    "broken",
    /Expected "\)"/,
    /correct it there/
  ],
  [
    "no page at the site's address",
    () => rm(join(root, "src/index.md")),
    "pages",
    "warning",
    /nothing to show at its address/,
    /write it/
  ],
  [
    "a full disk",
    async () => ({freeBytes: 1e6}),
    "disk",
    "broken",
    /only 1 MB are free/,
    /keep fewer editions/
  ],
  [
    "a browser driver without a browser",
    async () => {
      await edit("package.json", (text) =>
        text.replace('"dependencies": {', '"dependencies": {"playwright-core": "1",')
      );
      return {env: {PATH: "/nowhere"}};
    },
    "browser",
    "warning",
    /no Chromium/,
    /chromium/
  ]
];

describe("finds", () => {
  it.each(cases)("%s", async (_, breaks, check, level, what, fix) => {
    const found = await findings((await breaks()) ?? {}, [check]);
    const ofCheck = found.filter((finding) => finding.check === check);
    expect(ofCheck).toContainEqual({
      check,
      level,
      where: expect.stringMatching(/./) as string,
      what: expect.stringMatching(what) as string,
      fix: expect.stringMatching(fix) as string
    });
    expect(JSON.stringify(found)).not.toContain(state.apiKey);
    expect(JSON.stringify(found)).not.toContain("secret-one");
  });

  it.each<[string, () => Promise<unknown>]>([
    ["package.json", () => edit("ikigai.config.ts", (text) => `import "./shared folder/own.js";\n${text}`)],
    ["tsconfig.json", () => write("tsconfig.json", '{"extends": "./shared folder/tsconfig.json"}')]
  ])("that a %s of another folder is no JSON", async (name, use) => {
    const folder = join(root, "shared folder");
    onTestFinished(() => rm(folder, {recursive: true}));
    await mkdir(folder);
    await writeFile(join(folder, "own.ts"), "export {};\n");
    await writeFile(join(folder, name), "{,}");
    await use();
    expect(await findings({}, ["package.json", "config"])).toMatchObject([
      {check: "config", where: `shared folder/${name}`, what: expect.stringContaining("1:2: ") as string}
    ]);
  });

  describe("of files and folders, once each,", () => {
    const place = (path: string, make: (path: string) => Promise<unknown>) => async () => {
      await rm(join(root, path), {recursive: true, force: true});
      await mkdir(dirname(join(root, path)), {recursive: true});
      await make(join(root, path));
    };
    const kinds = {
      folder: (path: string) => mkdir(path),
      file: (path: string) => writeFile(path, ""),
      link: (path: string) => symlink("nowhere", path)
    };
    const told = {
      folder: ["is a folder, and should be a file", "move it away"],
      file: ["is a file, and should be a folder", "move it away"],
      link: [
        "is a symbolic link to nowhere, which doesn't exist",
        "remove the link, or make what it points to"
      ]
    };
    type Kind = keyof typeof kinds;
    const all = (kind: Kind, paths: string[]) => paths.map((path) => [path, kind] as [string, Kind]);

    const read = [
      ...["package.json", "tsconfig.json", ".gitignore", ".env"],
      ...["ikigai.config.ts", "observablehq.config.js", "observablehq.config.ts"]
    ];
    const own = ["build", "editions", "gateway", "gateway-dev", "history", "locks", "platform"];
    const inIkigai = own.map((name) => `.ikigai/${name}`);
    const cache = "src/.observablehq/cache";
    it.each<[check: string, broken: [path: string, kind: Kind][]]>([
      ["files", all("folder", read)],
      ["files", all("link", read)],
      [
        "folders",
        [
          ...all("file", [...inIkigai, `${cache}/data`]),
          ...all("folder", [
            ...["built", "project", "publication"].map((name) => `.ikigai/${name}.json`),
            `${cache}/_ikigai.json`
          ]),
          ["dist", "file"]
        ]
      ],
      ["folders", all("link", [...inIkigai, `${cache}/data`])],
      ["folders", [...all("file", [".ikigai"]), ...all("link", ["src/.observablehq"])]],
      ["folders", [...all("link", [".ikigai"]), ...all("file", ["src/.observablehq"])]],
      ["folders", all("file", [cache])],
      ["folders", all("link", [cache])]
    ])("by the check %s: %j", async (check, broken) => {
      for (const [path, kind] of broken) await place(path, kinds[kind])();
      // Of the other checks those that read what is broken.
      const others = ["package.json", "packages", "credentials", ".env", "config", "Framework", "pages"];
      expect(await findings({}, ["files", "folders", ...others])).toEqual(
        broken.map(([path, kind]) => ({
          check,
          level: "broken",
          where: path,
          what: `${join(root, path)} ${told[kind][0]}`,
          fix: told[kind][1]
        }))
      );
    });

    it.runIf(mayMount)("that its disk can't be written", async () => {
      const {folder, lock} = smallDisk();
      await place("src/.observablehq", (place) => symlink(folder, place))();
      lock();
      expect(await findings({}, ["files", "folders"])).toEqual([
        {
          check: "folders",
          level: "broken",
          where: "src/.observablehq",
          what: `${join(root, "src/.observablehq")} can't be written: its disk is read-only`,
          fix: "mount it so that it can be written, or move the project"
        }
      ]);
    });

    it("and nothing in a link to an edition that was removed, which a build replaces", async () => {
      await place("dist", kinds.link)();
      expect(await findings({}, ["files", "folders"])).toEqual([]);
    });

    it("and makes no other check that needs what is broken", async () => {
      await place("package.json", kinds.folder)();
      const {code, stdout} = await run(["doctor", "--port", String(await freePort(0))], {
        cwd: root,
        from: repository
      });
      expect(stdout).toContain("✗ files: package.json\n");
      expect(stdout).toContain("- packages: not looked at: it needs package.json\n");
      expect(stdout).toContain("- credentials: not looked at: it needs package.json, whose scripts say");
      expect(stdout).toMatch(/\n1 broken, 0 warnings\.\n$/);
      expect(code).toBe(1);
    });
  });

  describe("of Python", () => {
    const configure = (flow: string) =>
      edit("ikigai.config.ts", (text) =>
        text.replace("datasets:", `flows: {run: {flow: "${flow}", app: "Scripts"}},\n  datasets:`)
      );
    /** A PATH with a python3 that ends so. */
    const pathWith = async (code: number) => {
      const folder = await temporaryFolder();
      onTestFinished(() => remove(folder));
      await writeFile(join(folder, "python3"), `#!/bin/sh\nexit ${code}\n`, {mode: 0o755});
      return folder;
    };

    it.each(["Score", "Shared"])("that it lacks pandas, or isn't there, where %s runs it", async (flow) => {
      await configure(flow);
      const finding = {
        check: "Python",
        level: "warning",
        where: `flow "${flow}"`,
        what: "it runs Python, and there is no python3 with pandas on PATH",
        fix: "install Python 3, then: python3 -m pip install pandas"
      };
      for (const PATH of ["/nowhere", await pathWith(1)])
        expect(await findings({env: {...account(), PATH}}, ["Python"])).toEqual([finding]);
    });

    it("nothing where it has pandas, or no flow runs it", async () => {
      await configure("Score");
      expect(await findings({env: {...account(), PATH: await pathWith(0)}}, ["Python"])).toEqual([]);
      await configure("Count");
      expect(await findings({env: {...account(), PATH: "/nowhere"}}, ["Python"])).toEqual([]);
    });
  });

  it("a port that is taken", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const {port} = server.address() as {port: number};
    const found = await findings({port}, ["port"]);
    server.close();
    expect(found).toEqual([
      expect.objectContaining({check: "port", level: "warning", where: `port ${port}`})
    ]);
  });

  it("a package that is there twice", async () => {
    const copy = join(root, "node_modules/apache-arrow");
    await rm(copy);
    await mkdir(copy);
    await write("node_modules/apache-arrow/package.json", '{"name": "apache-arrow", "version": "1.0.0"}');
    const found = await findings({}, ["copies"]);
    expect(found.filter(({check}) => check === "copies")).toEqual([
      expect.objectContaining({
        what: expect.stringMatching(/twice: 1\.0\.0 for the project, and \d+/) as string
      })
    ]);
    await rm(copy, {recursive: true});
    await symlink(join(repository, "node_modules/apache-arrow"), copy);
  });
});

describe("says in its last line what it looked at", () => {
  /** The last line, the checks that weren't made, and the exit code, of `doctor` at a free port. */
  async function doctor(env: Record<string, string> = {}, ...args: string[]) {
    const port = await freePort(0);
    const {code, stdout} = await run(["doctor", "--port", String(port), ...args], {
      cwd: root,
      from: repository,
      env
    });
    const skipped = [...stdout.matchAll(/^- (.+?): not looked at: (.+)$/gm)].map(([, name, why]) => [
      name,
      why
    ]);
    return {
      code,
      stdout,
      last: stdout.trimEnd().split("\n").at(-1),
      skipped: Object.fromEntries(skipped) as Record<string, string>
    };
  }
  const local = (text: string) =>
    text.replaceAll(/(ikigai-kit (?:build|refresh|publish|serve))"/g, '$1 --local"');

  it("without an account that the project needs: that it is broken", async () => {
    const {code, stdout, last, skipped} = await doctor();
    expect(stdout).toMatch(/^✗ credentials: \.env\n {4}no account is set.*\n {4}fix: copy \.env\.example/m);
    expect(last).toBe("1 broken, 0 warnings.");
    expect(skipped).toEqual({
      platform: "it needs the credentials",
      sources: "it needs the config and the platform",
      Python: "it needs the config and the platform"
    });
    expect(code).toBe(1);
  });

  it("where one script of package.json takes the local platform, and another doesn't: that it is broken", async () => {
    await edit("package.json", (text) => text.replace("ikigai-kit build", "ikigai-kit build --local"));
    const {code, last} = await doctor();
    expect([code, last]).toEqual([1, "1 broken, 0 warnings."]);
  });

  it("where all scripts take the local platform: that nothing was asked of it", async () => {
    await edit("package.json", local);
    const {code, last, skipped} = await doctor();
    const why =
      "the project uses the local platform, which isn't running; ikigai-kit doctor --local starts it";
    expect(skipped).toEqual({credentials: why, platform: why, sources: why, Python: why});
    expect(last).toBe("Nothing is wrong in what was looked at; 4 of 18 checks weren't made.");
    expect(code).toBe(0);
  });

  it("where an account is set, that all is well, whatever the scripts say", async () => {
    await edit("package.json", local);
    const {code, last, skipped} = await doctor(account());
    expect([code, last, skipped]).toEqual([0, "Nothing is wrong.", {}]);
  });

  it("with --local: that all is well", async () => {
    const {data, remove} = await preparedState([shop]);
    onTestFinished(remove);
    const {code, last, skipped} = await doctor({}, "--local", "--data", data);
    expect([code, last, skipped]).toEqual([0, "Nothing is wrong.", {}]);
  });

  it("in a project of Framework's without ikigai.config.ts: that it needs no account", async () => {
    await rm(join(root, "ikigai.config.ts"));
    const aside = await temporaryFolder();
    await rename(join(root, "src/tables"), join(aside, "tables"));
    onTestFinished(async () => {
      await rename(join(aside, "tables"), join(root, "src/tables"));
      await remove(aside);
    });
    await write("src/index.md", "# Nothing\n");
    const {code, last, skipped} = await doctor();
    expect(Object.keys(skipped)).toEqual(["credentials", "platform", "config", "sources", "Python"]);
    expect(last).toBe("Nothing is wrong in what was looked at; 5 of 18 checks weren't made.");
    expect(code).toBe(0);
  });
});

it("prints what it finds, and exits with 1 where something is broken", async () => {
  const doctor = (env: Record<string, string>, ...args: string[]) =>
    run(["doctor", ...args], {cwd: root, from: repository, env});
  const text = await doctor({...account(), IKIGAI_API_KEY: "wrong"});
  expect(text.code).toBe(1);
  expect(text.stdout).toMatch(
    /✓ Node\n[^]*✗ platform: http:.*\n {4}.*doesn't take the key.*\n {4}fix: make a new one/
  );
  expect(text.stdout).toMatch(/1 broken, \d warnings?\.\n$/);
  const json = await doctor({...account(), IKIGAI_API_KEY: "wrong"}, "--json");
  expect(json.code).toBe(1);
  expect(
    json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown)
  ).toContainEqual(expect.objectContaining({check: "platform", level: "broken"}));
});
