// Who may import whom. The rooms and their order are the design's; a room that isn't listed may import no other room.
import {readdirSync, readFileSync} from "node:fs";
import {builtinModules} from "node:module";
import {dirname, join, relative, resolve, sep} from "node:path";
import ts from "typescript";
import {describe, expect, it} from "vitest";

const root = resolve(import.meta.dirname, "..");

/** What each room may import of the others. */
const mayImport: Record<string, string[]> = {
  "lib/wire": [],
  "lib/gateway-api": [],
  "lib/journal": [],
  "lib/terminal": [],
  "lib/config": ["lib/gateway-api"],
  "lib/metrics": [],
  "lib/database": [],
  "lib/hermetic": [],
  "lib/definition": ["lib/wire"],
  "lib/trigger": ["lib/gateway-api"],
  "lib/charts": ["lib/gateway-api", "lib/metrics"],
  "lib/client": ["lib/definition", "lib/terminal", "lib/wire"],
  "lib/platform": ["lib/definition", "lib/journal", "lib/wire"],
  "data-loaders": ["lib/client", "lib/config", "lib/definition", "lib/wire"],
  "lib/gateway": ["lib/client", "lib/config", "lib/definition", "lib/gateway-api", "lib/journal", "lib/wire"],
  "lib/cli": [
    "lib/gateway",
    "lib/platform",
    "lib/hermetic",
    "lib/client",
    "lib/config",
    "lib/definition",
    "lib/gateway-api",
    "lib/terminal",
    "lib/wire",
    "data-loaders"
  ]
};

/** Rooms whose code runs in a page, so nothing of Node may be reached from them. */
const inPages = [
  "lib/wire",
  "lib/definition",
  "lib/gateway-api",
  "lib/trigger",
  "lib/charts",
  "lib/metrics",
  "lib/database"
];
const builtins = new Set(builtinModules);
const nodeOnly = new Set(["undici", "fastify", "tsx", "esbuild", "commander", "@duckdb/node-api"]);

const rooms = Object.keys(mayImport);
const roomOf = (file: string) => rooms.find((room) => file.startsWith(room + "/"));

interface Import {
  file: string;
  specifier: string;
}

function imports(): Import[] {
  return ["lib", "data-loaders"].flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true, encoding: "utf8"})
      .filter((name) => /\.[mc]?[jt]sx?$/.test(name) && !name.endsWith(".d.ts"))
      .map((name) => join(folder, name).split(sep).join("/"))
      .flatMap((file) =>
        ts
          .preProcessFile(readFileSync(join(root, file), "utf8"), true, true)
          .importedFiles.map(({fileName}) => ({file, specifier: fileName}))
      )
  );
}

const target = ({file, specifier}: Import) =>
  relative(root, resolve(root, dirname(file), specifier))
    .split(sep)
    .join("/");

/** Why an import is not allowed, or undefined. */
function fault(i: Import): string | undefined {
  const room = roomOf(i.file);
  if (!room) return `${i.file} is in no room of the house`;
  if (i.specifier.startsWith(".")) {
    const other = roomOf(target(i));
    if (!other) return `${i.file} imports ${i.specifier}, outside every room`;
    if (other !== room && !mayImport[room]!.includes(other))
      return `${i.file}: ${room} may not import ${other}`;
    return;
  }
  const name = i.specifier.replace(/^node:/, "");
  const isBuiltin = builtins.has(name) || i.specifier.startsWith("node:");
  if (inPages.includes(room) && (isBuiltin || nodeOnly.has(name))) {
    return `${i.file}: ${room} runs in pages and may not import ${i.specifier}`;
  }
  return;
}

describe("the house", () => {
  it("has imports to look at", () => expect(imports().length).toBeGreaterThan(20));

  it("keeps to who may import whom", () => expect(imports().map(fault).filter(Boolean)).toEqual([]));

  it("notices a forbidden import", () => {
    expect(fault({file: "lib/platform/server.ts", specifier: "../client/index.js"})).toMatch(
      /may not import/
    );
    expect(fault({file: "lib/charts/forecast.ts", specifier: "node:fs"})).toMatch(/runs in pages/);
    expect(fault({file: "lib/wire/app.ts", specifier: "../../test/x.js"})).toMatch(/outside every room/);
  });
});
