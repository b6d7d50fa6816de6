// `ikigai-kit types`: the file it writes, seen by TypeScript and by an editor in a project as a user has it.
import {mkdir, readdir, readFile, stat, symlink, writeFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import ts from "typescript";
import {afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished} from "vitest";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {run} from "./command.js";
import {preparedState, remove, repository, shop, temporaryFolder} from "./project.js";

let data: string;
let platform: RunningPlatform;
let root: string;

beforeAll(async () => {
  data = await temporaryFolder();
  platform = await startPlatform({data, seed: [shop]});
});

afterAll(async () => {
  await platform?.close();
  await remove(data);
});

beforeEach(async () => {
  root = await temporaryFolder();
  onTestFinished(() => remove(root));
});

const account = () => ({
  IKIGAI_BASE_URL: platform.baseUrl,
  IKIGAI_USER_EMAIL: platform.userEmail,
  IKIGAI_API_KEY: platform.apiKey
});

const types = (args: string[] = [], env: Record<string, string> = account()) =>
  run(["types", ...args], {cwd: root, from: repository, env});

const read = (name = "ikigai-types.d.ts") => readFile(join(root, name), "utf8");

describe("in a project with the file", {timeout: 120_000}, () => {
  it("TypeScript flags what is wrong, and an editor completes arguments", async () => {
    await mkdir(join(root, "node_modules"));
    await symlink(repository, join(root, "node_modules/ikigai-kit"));
    await writeFile(join(root, "package.json"), '{"type": "module"}');
    await writeFile(join(root, "right.ts"), right);
    await writeFile(join(root, "typing.ts"), typing);
    await writeFile(join(root, "wrong.ts"), `${preamble}${wrong.map(([line]) => line).join("\n")}\n`);

    const without = project();
    expect(without.faults("right.ts")).toEqual([]);
    expect(without.faults("wrong.ts")).toEqual([]);

    expect((await types()).stderr).toMatch(
      /^… types\n✓ types {5}ikigai-types\.d\.ts, \d+ facets, \d+ models \(.* s\)\n$/
    );
    const {faults, completions} = project();
    expect(faults("ikigai-types.d.ts")).toEqual([]);
    expect(faults("right.ts")).toEqual([]);
    const flagged = faults("wrong.ts");
    expect(flagged).toHaveLength(wrong.length);
    wrong.forEach(([, says], i) => expect(flagged[i]).toMatch(says));

    expect(completions("typing.ts", "arguments({")).toEqual([
      "outputColumnName",
      "output_column_name",
      "sort",
      "targetColumns",
      "target_columns"
    ]);
    expect(completions("typing.ts", 'fileType: "')).toEqual(["csv", "xls", "xlsx"]);
  });
});

/** A program of a user's, who has a client. */
const preamble = `import {Ikigai} from "ikigai-kit/client";
import {credentials} from "ikigai-kit";
const ikigai = new Ikigai(await credentials());
const [{INPUT, MID, OUTPUT}, {AI_CAST, Linear}] = await Promise.all([ikigai.facetTypes(), ikigai.modelTypes()]);
const imported = ikigai.builder.facet({facetType: INPUT.IMPORTED, name: "in"});
`;

const right = `${preamble}
const count = imported
  .arguments({datasetId: "x", fileType: "csv", use_raw_file: false})
  .facet({facetType: MID.COUNT})
  .arguments({outputColumnName: "n", sort: true, target_columns: ["a"]});
count.modelFacet({facetType: MID.PREDICT, modelType: Linear.Lasso}).hyperparameters({alpha: 0.1});
imported.modelFacet({facetType: MID.AI_CAST, modelType: AI_CAST.Base}).hyperparameters({intervalToPredict: 12});
const definition = count.facet({facetType: OUTPUT.EXPORTED}).arguments({datasetName: "d"}).build();
await (await ikigai.apps.get("Shop")).flow.new("Copy").definition(definition).build();
`;

/** What stands in an editor while somebody writes. */
const typing = `${preamble}
imported.arguments({fileType: ""});
imported.facet({facetType: MID.COUNT}).arguments({});
`;

/** Lines that are wrong, and what is said of each. */
const wrong: [line: string, says: RegExp][] = [
  [
    "imported.arguments({datasetIdd: 'x'});",
    /'datasetIdd' does not exist .*Did you mean to write 'datasetId'/
  ],
  ["imported.arguments({datasetId: 7});", /'number' is not assignable to type 'string'/],
  ["imported.arguments({fileType: 'parquet'});", /"parquet"' is not assignable to type .*"csv"/],
  ["imported.facet({facetType: MID.COUNT}).arguments({sorted: true});", /'sorted' does not exist/],
  ["imported.facet({facetType: MID.COUNT}).arguments({targetColumns: 'a'});", /'string' is not assignable/],
  ["imported.facet({facetType: MID.CUONT});", /Property 'CUONT' does not exist .*Did you mean 'COUNT'/],
  [
    "imported.modelFacet({facetType: MID.PREDICT, modelType: Linear.Lasso}).hyperparameters({beta: 1});",
    /'beta' does not exist/
  ]
];

/** The project as TypeScript and an editor have it. */
function project() {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    skipLibCheck: true,
    types: [],
    noEmit: true
  };
  const names = ts.sys.readDirectory(root, [".ts"], ["node_modules"]);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => names,
    getScriptVersion: () => "",
    getScriptSnapshot: (name) => {
      const text = ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
    realpath: (path) => ts.sys.realpath!(path)
  });
  return {
    faults: (name: string) =>
      [service.getSyntacticDiagnostics(join(root, name)), service.getSemanticDiagnostics(join(root, name))]
        .flat()
        .map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, " ")),
    /** What is offered right behind the last place where the text stands. */
    completions: (name: string, mark: string) => {
      const file = join(root, name);
      const at = ts.sys.readFile(file)!.lastIndexOf(mark) + mark.length;
      return service
        .getCompletionsAtPosition(file, at, {})!
        .entries.map(({name}) => name)
        .sort();
    }
  };
}

describe("the file", () => {
  it("is the same each time, from the local platform too, and isn't touched when nothing is new", async () => {
    expect((await types()).code).toBe(0);
    const text = await read();
    expect(text).toMatch(/^\/\/ Made by ikigai-kit types\.\n/);
    const {mtimeMs} = await stat(join(root, "ikigai-types.d.ts"));
    const again = await types();
    expect(again.stderr).toMatch(/models, as it was \(/);
    expect((await stat(join(root, "ikigai-types.d.ts"))).mtimeMs).toBe(mtimeMs);

    const local = await preparedState();
    onTestFinished(() => local.remove());
    const {code, stdout} = await types(
      ["--local", "--data", local.data, "--out", "types/of-ikigai.d.ts"],
      {}
    );
    expect([code, stdout]).toEqual([0, ""]);
    expect(await read("types/of-ikigai.d.ts")).toBe(text);
  });

  it("replaces an older one of its own, but no other without --force", async () => {
    await writeFile(join(root, "ikigai-types.d.ts"), "// Made by ikigai-kit types.\nold\n");
    expect((await types()).code).toBe(0);
    const text = await read();
    expect(text).toContain("COUNT");

    await writeFile(join(root, "ikigai-types.d.ts"), "declare const mine: 1;\n");
    const {code, stderr} = await types();
    expect(stderr).toMatch(
      /^ikigai-kit: .*ikigai-types\.d\.ts is not a file that ikigai-kit types has made.*--force\n$/
    );
    expect([code, await read()]).toEqual([1, "declare const mine: 1;\n"]);
    expect((await types(["--force"])).code).toBe(0);
    expect(await read()).toBe(text);
  });
});

describe("there is none, and the reason is told", () => {
  /** A platform that has nothing. */
  async function nobody(): Promise<string> {
    const server = createServer((_, response) => {
      response.setHeader("content-type", "application/json");
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it.each<{
    because: string;
    env?: () => Record<string, string> | Promise<Record<string, string>>;
    args?: string[];
    says: RegExp;
  }>([
    {because: "no account is named", env: () => ({}), says: /IKIGAI_API_KEY is not set/},
    {
      because: "the key is wrong",
      env: () => ({...account(), IKIGAI_API_KEY: "a-wrong-key-that-nobody-may-see"}),
      says: /Check userEmail and apiKey \(IKIGAI_USER_EMAIL, IKIGAI_API_KEY\)/
    },
    {
      because: "the platform can't be reached",
      env: () => ({...account(), IKIGAI_BASE_URL: "http://127.0.0.1:9"}),
      says: /can't reach 127\.0\.0\.1:9.*Check the base URL/
    },
    {
      because: "the platform has no facets",
      env: async () => ({...account(), IKIGAI_BASE_URL: await nobody()}),
      says: /says that it has no facets\. Check the base URL/
    },
    {
      because: "its name isn't one that TypeScript reads",
      args: ["--out", "x.txt"],
      says: /--out x\.txt: .*\.d\.ts/
    },
    {because: "it can't be written", args: ["--out", "package.json/x.d.ts"], says: /package\.json/}
  ])("when $because", async ({env, args, says}) => {
    await writeFile(join(root, "package.json"), "{}");
    const {code, stdout, stderr} = await types(args, await env?.());
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stderr).not.toContain("a-wrong-key");
    expect([code, stdout]).toEqual([1, ""]);
    expect(await readdir(root)).toEqual(["package.json"]);
  });
});
