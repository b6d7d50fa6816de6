// The recipe for a container, by its lines: nothing here can build it.
import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {promisify} from "node:util";
import {describe, expect, it} from "vitest";
import {start, temporaryFolder} from "../gateway/support.js";
import {readRecipe, replaced, repository} from "./recipe.js";

const instructions = readRecipe("Containerfile")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .filter(Boolean)
  .map((line) => {
    const [, name, rest] = /^([A-Z]+) (.*)$/.exec(line)!;
    return {name: name!, rest: rest!};
  });
const all = (name: string) => instructions.filter((line) => line.name === name).map(({rest}) => rest);

describe("the container", () => {
  it("has instructions that exist", () => {
    const known = ["FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"];
    expect(instructions.filter(({name}) => !known.includes(name))).toEqual([]);
    expect(instructions[0]!.name).toBe("FROM");
  });

  it("is made of one base at a version that this kit runs on", () => {
    const bases = all("FROM").map((from) => from.replace(/ AS \w+$/, ""));
    expect(new Set(bases).size).toBe(1);
    const [, major] = /^node:(\d+)-bookworm-slim$/.exec(bases[0]!)!;
    expect(Number(major)).toBeGreaterThanOrEqual(20);
  });

  it("copies what a project has, and no secret", () => {
    const ignored = readRecipe("containerignore").split("\n");
    for (const line of all("COPY")) {
      const [, from, sources] = /^(--from=packages )?(.*) \S+$/.exec(line)!;
      for (const source of sources!.split(" ")) {
        if (from) expect(source).toBe("/site/node_modules");
        else
          expect([source, existsSync(join(repository, source)), ignored.includes(source)]).toEqual([
            source,
            true,
            false
          ]);
      }
    }
    expect(ignored).toEqual(expect.arrayContaining([".env", "*.env", "node_modules", ".ikigai", "dist"]));
  });

  it("runs as another user than root, who owns what is written", () => {
    expect(all("USER")).toEqual(["node"]);
    const last = instructions.findLastIndex(({name}) => name === "RUN");
    expect(instructions.findIndex(({name}) => name === "USER")).toBeGreaterThan(last);
    const volumes = JSON.parse(all("VOLUME")[0]!) as string[];
    for (const volume of volumes)
      expect(instructions[last]!.rest.split(" ")).toContain(volume.replace("/site/", ""));
  });

  it("is asked for its health where the gateway answers", async () => {
    const [, command] = / CMD (\[.*\])$/.exec(all("HEALTHCHECK")[0]!)!;
    const [node, option, program] = JSON.parse(command!) as string[];
    expect(node).toBe("node");
    expect(all("EXPOSE")).toEqual(["3000"]);
    const gateway = await start();
    const health = () =>
      promisify(execFile)(process.execPath, [
        option!,
        replaced(program!, {"127.0.0.1:3000": new URL(gateway.url).host})
      ]);
    await expect(health()).resolves.toBeDefined();
    await gateway.close();
    await expect(health()).rejects.toMatchObject({code: 1});
  });

  it.each([
    ["nothing", 0, 0],
    ["an edition", 0, 3],
    ["an edition", 0, 1],
    ["nothing", 1, 1]
  ])(
    "begins to serve with %s when rollback ends with %i and publish with %i",
    async (had, rollback, publish) => {
      const [shell, option, script] = JSON.parse(all("CMD")[0]!) as string[];
      const folder = await temporaryFolder();
      if (had === "an edition") await writeFile(join(folder, "dist"), "");
      const program = `#!/bin/sh\necho "called $*"\ncase $1 in rollback) exit ${rollback};; publish) exit ${publish};; esac\n`;
      await writeFile(join(folder, "ikigai-kit"), program, {mode: 0o755});
      const env = {...process.env, PATH: `${folder}:${process.env.PATH}`};
      const {stdout} = await promisify(execFile)(shell!, [option!, script!], {cwd: folder, env});
      const begins = had === "nothing" ? ["called rollback"] : [];
      expect(stdout.trim().split("\n")).toEqual([
        ...begins,
        "called publish --quiet",
        "called serve --host 0.0.0.0"
      ]);
    }
  );
});
