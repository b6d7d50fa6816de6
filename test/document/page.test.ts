// docs/python-to-typescript.md has every sample of the Python library's README, and its own are right and print what it says.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import * as client from "../../lib/client/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {compile} from "../definition/compile.js";
import {ended, outputOf, page, program, samples} from "./page.js";
import {headings, readme, readmeBlocks, sampleCount} from "./readme.js";
import {run, type Outcome} from "./run.js";
import {seed} from "./seed.js";
import {pattern, settled} from "./settled.js";

const titles = page.map(({title}) => title);
const blocksOf = (title: string) => page.find((section) => section.title === title)?.blocks ?? [];
const pythonOf = (title: string) => blocksOf(title).filter(({language}) => language === "py");

describe("the page", () => {
  it("has the README's sections in their order, and then its own", () => {
    const [, ...others] = titles;
    expect(others.slice(0, headings.length)).toEqual(headings);
    expect(others[headings.length]).toBe("Beyond the README");
  });

  it.each(headings.filter((title) => sampleCount(title) > 0))("has each sample's twin: %s", (title) => {
    expect(pythonOf(title)).toHaveLength(sampleCount(title));
    for (const [i, {language}] of blocksOf(title).entries()) {
      if (language === "py") expect(blocksOf(title)[i + 1]?.language).toBe("ts");
    }
  });

  describe.skipIf(!readme)("beside the README itself", () => {
    it("knows its headings", () => {
      const [, , ...others] = readme!.map(({title}) => title);
      expect(others).toEqual(headings);
    });

    it.each(headings)("has its samples word for word: %s", (title) => {
      expect(pythonOf(title).map(({text}) => text)).toEqual(readmeBlocks(title).samples);
    });

    it("shows what the README's help on aiCast has, and what has come since", () => {
      const [title, nth] = ["Getting Help with Model Types", 1] as const;
      const shown = outputOf(title, nth).split("\n");
      const lacking = readmeBlocks(title)
        .outputs[nth]!.split("\n")
        .filter((line) => {
          const place = shown.findIndex((one) => one.startsWith(line));
          shown.splice(0, place + 1);
          return place < 0;
        });
      expect(lacking).toEqual([]);
    });

    it.each([
      ["Getting Help with Model Types", 2],
      ["Getting Help with Facet Types", 0],
      ["Adding and Configuring a Facet", 0]
    ])("shows help as it does: %s, sample %i", (title, nth) => {
      expect(outputOf(title, nth)).toBe(readmeBlocks(title).outputs[nth]);
    });
  });
});

describe("its program", () => {
  let folder: string;
  let platform: RunningPlatform;
  let outcome: Outcome;
  const home = process.cwd();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ikigai-page-"));
    platform = await startPlatform({data: join(folder, "state"), seed});
    vi.stubEnv("IKIGAI_USER_EMAIL", platform.userEmail);
    vi.stubEnv("IKIGAI_API_KEY", platform.apiKey);
    vi.stubEnv("IKIGAI_BASE_URL", platform.baseUrl);
    // Samples write files where they are run.
    process.chdir(folder);
    outcome = await run({"ikigai-kit/client": client});
  });

  afterAll(async () => {
    process.chdir(home);
    vi.unstubAllEnvs();
    await platform.close();
    await rm(folder, {recursive: true});
  });

  it("is right TypeScript", {timeout: 120_000}, () => {
    expect(compile(`declare function ${ended}(): void; ${program()}`, {node: true})).toEqual([]);
  });

  it("runs to its end", () => {
    expect(outcome.error).toBeUndefined();
    expect(outcome.printed).toHaveLength(samples.length);
  });

  it.each(samples.map((sample, i) => ({...sample, i})))(
    "prints what it says: line $code.line, $section",
    ({output, i}) => {
      const printed = settled(outcome.printed[i] ?? "");
      if (output.split("\n").includes("…")) expect(printed).toMatch(pattern(settled(output)));
      else expect(printed).toBe(settled(output));
    }
  );
});
