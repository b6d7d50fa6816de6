// The recipe for a container, by its lines: nothing here can build it.
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {readRecipe, repository} from "./recipe.js";

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

  it("is asked for its health where the gateway answers", () => {
    const [, command] = / CMD (\[.*\])$/.exec(all("HEALTHCHECK")[0]!)!;
    const [node, option, program] = JSON.parse(command!) as string[];
    expect([node, option]).toEqual(["node", "-e"]);
    expect(() => new Function(program!)).not.toThrow();
    expect(program).toContain("'http://127.0.0.1:3000/api/health'");
    const gateway = readFileSync(join(repository, "lib/gateway/gateway.ts"), "utf8");
    expect(gateway).toContain('"/api/health"');
    expect(all("EXPOSE")).toEqual(["3000"]);
  });
});
