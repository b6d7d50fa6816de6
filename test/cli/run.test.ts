// `ikigai-kit run`: runs of a local platform's flows, started with the command as at a terminal.
import {setTimeout as sleep} from "node:timers/promises";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished} from "vitest";
import {startPlatform, type RunFlow, type RunningPlatform, type SeedApp} from "../../lib/platform/index.js";
import {run, start} from "./command.js";
import {config, preparedState, remove, repository, shop, temporaryFolder} from "./project.js";

/** The variables of each run that has come to its end. */
let ran: Record<string, unknown>[] = [];

/** Takes as many milliseconds as the variable `ms` says, and fails in the facet that the variable `fails` names. */
const runFlow: RunFlow = async ({definition, variables, signal}) => {
  await sleep(Number(variables.ms ?? 0), undefined, {signal});
  const {facets} = definition as {facets: {facet_id: string; name: string}[]};
  const bad = facets.find(({name}) => name === variables.fails);
  if (bad) throw Object.assign(new Error("there is no column x"), {facetId: bad.facet_id});
  ran.push(variables);
  return {datasets: [], modelVersions: [], notes: []};
};

/** Reads the sales, counts them by day and keeps that. What its variables set is of no matter: see {@link runFlow}. */
const count: NonNullable<SeedApp["flows"]>[number] = {
  name: "Count sales",
  definition: {
    facets: [
      {facet_id: "0", facet_uid: "I_005", name: "load", arguments: {dataset_id: {dataset: "Sales"}}},
      {
        facet_id: "1",
        facet_uid: "M_003",
        name: "count",
        arguments: {output_column_name: "n", target_columns: ["day"]}
      },
      {facet_id: "2", facet_uid: "O_005", name: "save", arguments: {dataset_name: "Days"}}
    ],
    arrows: [
      {source: "0", destination: "1", arguments: {}},
      {source: "1", destination: "2", arguments: {}}
    ],
    arguments: {},
    variables: Object.fromEntries(
      ["ms", "fails", "share", "dry", "day", "note"].map((name) => [
        name,
        {facet_name: "load", name: "sheet_name"}
      ])
    ),
    model_variables: {}
  }
};
const apps: SeedApp[] = [{...shop, flows: [count]}];

const variables = {
  ms: {type: "integer", min: 0, max: 60_000, default: 1},
  fails: {type: "choice", options: ["load", "count"]},
  share: {type: "number"},
  dry: {type: "boolean"},
  day: {type: "date", min: "2024-01-01"},
  note: {type: "text", pattern: "[a-z= ]*"}
};

let data: string;
let platform: RunningPlatform;
let root: string;

beforeAll(async () => {
  data = await temporaryFolder();
  platform = await startPlatform({data, seed: apps, runFlow});
  root = await temporaryFolder();
  const flows = {
    count: {flow: "Count sales", label: "The count", variables},
    plain: {flow: "Count sales"},
    gone: {flow: "Gone"}
  };
  await writeFile(join(root, "package.json"), '{"type": "module"}');
  await writeFile(
    join(root, "ikigai.config.ts"),
    config({dataset: "Sales"}, {flows}).replace(
      /^import.*\n/,
      "const defineConfig = (config: object) => config;\n"
    )
  );
});

afterAll(async () => {
  await platform?.close();
  await remove(data);
  await remove(root);
});

beforeEach(() => {
  ran = [];
});

const surroundings = (env: Record<string, string> = {}) => ({
  cwd: root,
  from: repository,
  env: {
    IKIGAI_BASE_URL: platform.baseUrl,
    IKIGAI_USER_EMAIL: platform.userEmail,
    IKIGAI_API_KEY: platform.apiKey,
    ...env
  }
});

const runs = (...args: string[]) => run(["run", ...args], surroundings());

describe("a run", () => {
  it("that goes well is a line at its start and one at its end", async () => {
    const {code, stdout, stderr} = await runs("count");
    expect(stderr).toMatch(/^… The count\n✓ The count done \(\d+\.\d s\)\n$/);
    expect([code, stdout]).toEqual([0, ""]);
    expect(ran).toEqual([{ms: 1}]);
  });

  it("takes variables as the config types them, and text from the command line", async () => {
    const set = ["ms=2", "share=0.25", "dry=false", "day=2024-02-29", "note=a = b"];
    const {code} = await runs(...set.flatMap((text) => ["--set", text]), "count");
    expect(code).toBe(0);
    expect(ran).toEqual([{ms: 2, share: 0.25, dry: false, day: "2024-02-29", note: "a = b"}]);
  });

  it("that fails names the facet, and ends with 1", async () => {
    const {code, stdout, stderr} = await runs("count", "--set", "fails=count");
    expect(stderr).toMatch(
      /^… The count\n✗ The count failed after .* s\nikigai-kit: flow "Count sales" failed in facet "count" \(COUNT\): there is no column x\n$/
    );
    expect([code, stdout]).toEqual([1, ""]);
  });

  it("goes on when Ctrl-C ends the wait, and that is told", async () => {
    const command = start(["run", "count", "--set", "ms=5000"], surroundings());
    onTestFinished(() => command.kill());
    await command.says(/… The count/);
    expect(await command.interrupt()).toBe(130);
    expect(command.stderr).toMatch(
      /^… The count\n✗ The count not watched to its end after .* s\nThe run continues on the platform\. .*\n$/
    );
    await command.gone();
    await expect.poll(() => ran).toEqual([{ms: 5000}]);
  });

  it("is done by the local platform with --local", {timeout: 120_000}, async () => {
    const local = await preparedState(apps);
    onTestFinished(() => local.remove());
    const elsewhere = surroundings({IKIGAI_BASE_URL: "http://127.0.0.1:9"});
    const {code, stderr} = await run(["run", "plain", "--local", "--data", local.data], elsewhere);
    expect(stderr).toMatch(/✓ platform .*\n… Count sales\n✓ Count sales done/);
    expect(code).toBe(0);
  });
});

describe("nothing is run", () => {
  it.each([
    ["without a flow", [], /<flow> is missing\. Write: ikigai-kit run <flow>/],
    [
      "when the config has no such flow",
      ["cuont"],
      /ikigai\.config\.ts has no flow "cuont"; did you mean "count"\?/
    ],
    [
      "when the platform has no such flow",
      ["gone"],
      /there is no flow of app "Shop" called "Gone": there is "Count sales"/
    ],
    [
      "when a variable isn't name=value",
      ["count", "--set", "ms"],
      /--set ms: write a variable's name and value as name=value/
    ],
    [
      "when a variable is given twice",
      ["count", "--set", "ms=1", "--set", "ms=2"],
      /--set ms: is given twice/
    ],
    [
      "when variables don't fit",
      [
        "count",
        ..."ms=1.5 share= dry=yes day=2023-12-31 note=A fails=save sm=1"
          .split(" ")
          .flatMap((s) => ["--set", s])
      ],
      new RegExp(
        [
          `flow "count" can't be run with these variables:`,
          `sm: is not a variable of this flow; it has ms, [^(]*`,
          `ms: should be a whole number \\(it is 1\\.5\\)`,
          `fails: should be one of load, count \\(it is "save"\\)`,
          `share: should be a number \\(it is ""\\)`,
          `dry: should be true or false \\(it is "yes"\\)`,
          `day: should be on or after 2024-01-01 \\(it is "2023-12-31"\\)`,
          `note: should match .* \\(it is "A"\\)`
        ].join("\n +")
      )
    ]
  ])("%s, and the fix is told", async (_, args, says) => {
    const {code, stdout, stderr} = await runs(...args);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at /m);
    expect([code, stdout, ran]).toEqual([1, "", []]);
  });
});
