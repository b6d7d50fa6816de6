// The rooms of the code: which may import which, that no files import each other, and that docs/architecture.md says so.
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {builtinModules} from "node:module";
import {dirname, join, relative, resolve, sep} from "node:path";
import ts from "typescript";
import {describe, expect, it} from "vitest";

const root = resolve(import.meta.dirname, "..");

/** What each room may import of the others. */
const mayImport: Record<string, string[]> = {
  "lib/names": [],
  "lib/columns": [],
  "lib/zod": [],
  "lib/wire": ["lib/zod"],
  "lib/gateway-api": ["lib/zod"],
  "lib/journal": [],
  "lib/terminal": [],
  "lib/dom": [],
  "lib/disk": [],
  "lib/processes": [],
  "lib/hermetic": ["lib/disk", "lib/processes"],
  "lib/typescript": [],
  "lib/config": ["lib/disk", "lib/gateway-api", "lib/metrics", "lib/names", "lib/typescript"],
  "lib/tabular": ["lib/wire"],
  "lib/definition": ["lib/names", "lib/wire", "lib/zod"],
  "lib/metrics": ["lib/tabular"],
  "lib/database": ["lib/gateway-api", "lib/tabular"],
  "lib/inputs": ["lib/dom"],
  "lib/trigger": ["lib/dom", "lib/gateway-api"],
  "lib/charts": ["lib/columns", "lib/dom", "lib/gateway-api", "lib/metrics", "lib/names"],
  "lib/page": ["lib/dom"],
  "lib/render": ["lib/names"],
  "lib/site": ["lib/config", "lib/disk", "lib/hermetic", "lib/processes"],
  "lib/client": ["lib/definition", "lib/names", "lib/tabular", "lib/terminal", "lib/wire"],
  "lib/platform": [
    "lib/definition",
    "lib/disk",
    "lib/journal",
    "lib/names",
    "lib/processes",
    "lib/tabular",
    "lib/wire"
  ],
  "data-loaders": [
    "lib/client",
    "lib/config",
    "lib/definition",
    "lib/disk",
    "lib/metrics",
    "lib/names",
    "lib/tabular",
    "lib/terminal"
  ],
  "lib/gateway": [
    "lib/client",
    "lib/config",
    "lib/definition",
    "lib/disk",
    "lib/gateway-api",
    "lib/journal",
    "lib/processes",
    "lib/site",
    "lib/tabular",
    "lib/wire"
  ],
  "lib/start": ["lib/client", "lib/columns", "lib/config", "lib/disk", "lib/tabular"],
  "lib/publishing": ["lib/client", "lib/config", "lib/disk", "lib/site", "lib/terminal", "data-loaders"],
  "lib/doctor": [
    "lib/client",
    "lib/config",
    "lib/disk",
    "lib/gateway",
    "lib/site",
    "lib/start",
    "data-loaders"
  ],
  "lib/cli": [
    "lib/client",
    "lib/config",
    "lib/definition",
    "lib/disk",
    "lib/doctor",
    "lib/gateway",
    "lib/gateway-api",
    "lib/hermetic",
    "lib/names",
    "lib/platform",
    "lib/publishing",
    "lib/render",
    "lib/site",
    "lib/start",
    "lib/terminal",
    "data-loaders"
  ]
};

/** Rooms whose code runs in a page, so nothing of Node may be reached from them. */
const inPages = [
  "lib/names",
  "lib/columns",
  "lib/zod",
  "lib/wire",
  "lib/definition",
  "lib/gateway-api",
  "lib/dom",
  "lib/inputs",
  "lib/trigger",
  "lib/charts",
  "lib/metrics",
  "lib/database",
  "lib/page"
];
const builtins = new Set(builtinModules);
const nodeOnly = new Set(["undici", "fastify", "tsx", "esbuild", "commander", "@duckdb/node-api"]);

const rooms = Object.keys(mayImport);
const roomOf = (file: string) => rooms.find((room) => file.startsWith(room + "/"));

interface Import {
  file: string;
  specifier: string;
  isType?: boolean;
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true
  );
  const found: Import[] = [];
  const visit = (node: ts.Node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const isType = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      found.push({file, specifier: (node.moduleSpecifier as ts.StringLiteral).text, isType});
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) found.push({file, specifier: argument.text});
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({file, specifier: (node.argument.literal as ts.StringLiteral).text, isType: true});
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const importsIn = (folder: string): Import[] =>
  readdirSync(join(root, folder), {recursive: true, encoding: "utf8"})
    .filter((name) => /\.[mc]?[jt]sx?$/.test(name) && !name.endsWith(".d.ts") && !name.startsWith("."))
    .map((name) => join(folder, name).split(sep).join("/"))
    .flatMap(importsOf);

const all = ["lib", "data-loaders"].flatMap(importsIn);

const target = ({file, specifier}: Import) =>
  relative(root, resolve(root, dirname(file), specifier))
    .split(sep)
    .join("/");

/** The source file that a relative import means. */
function sourceOf(i: Import): string {
  const path = target(i);
  return existsSync(join(root, path)) ? path : path.replace(/\.js$/, ".ts");
}

/** Why an import is not allowed, or undefined. */
function fault(i: Import): string | undefined {
  const room = roomOf(i.file);
  if (!room) return `${i.file} is in no room of the house`;
  if (i.specifier.startsWith(".")) {
    const other = roomOf(target(i));
    if (!other) return `${i.file} imports ${i.specifier}, outside every room`;
    if (other !== room && !mayImport[room]!.includes(other))
      return `${i.file}: ${room} may not import ${other}`;
  }
  if (i.specifier === "zod" && !i.isType && room !== "lib/zod" && inPages.includes(room))
    return `${i.file} imports zod, in a room of pages: import ../zod/index.js`;
  return;
}

const isOfNode = (specifier: string) =>
  builtins.has(specifier.replace(/^node:/, "")) || specifier.startsWith("node:") || nodeOnly.has(specifier);

/** The ways from a file to a module of Node, through whatever it imports for more than types. */
function waysToNode(
  file: string,
  imports: readonly Import[],
  way: string[] = [],
  seen = new Set<string>()
): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return imports
    .filter((i) => i.file === file && !i.isType)
    .flatMap((i) => {
      if (isOfNode(i.specifier)) return [[...way, file, i.specifier].join(" > ")];
      return i.specifier.startsWith(".") ? waysToNode(sourceOf(i), imports, [...way, file], seen) : [];
    });
}

/** Groups of files that import each other, types too: Tarjan's strongly connected components. */
function circles(imports: readonly Import[]): string[][] {
  const edges = new Map<string, string[]>();
  for (const i of imports) {
    if (!i.specifier.startsWith(".")) continue;
    edges.set(i.file, [...(edges.get(i.file) ?? []), sourceOf(i)]);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string) => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const other of edges.get(file) ?? []) {
      if (!index.has(other)) {
        visit(other);
        low.set(file, Math.min(low.get(file)!, low.get(other)!));
      } else if (stack.includes(other)) low.set(file, Math.min(low.get(file)!, index.get(other)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1 || edges.get(file)?.includes(file)) found.push(circle.sort());
  };
  for (const file of edges.keys()) if (!index.has(file)) visit(file);
  return found;
}

describe("the house", () => {
  it("has imports to look at", () => expect(all.length).toBeGreaterThan(1000));

  it("imports only what the table allows", () => expect(all.map(fault).filter(Boolean)).toEqual([]));

  it("reaches nothing of Node from what runs in a page", () => {
    const files = new Set(all.map(({file}) => file).filter((file) => inPages.includes(roomOf(file)!)));
    const ways = [...files].flatMap((file) => waysToNode(file, all));
    expect(ways).toEqual([]);
  });

  it("has no two files that import each other, nor have the demo, the tests, the benchmarks and the faults", () => {
    const rest = ["src", "test", "bench", "faults"].flatMap(importsIn);
    expect(circles([...all, ...rest])).toEqual([]);
  });

  it("notices what is forbidden", () => {
    expect(fault({file: "lib/platform/server.ts", specifier: "../client/index.js"})).toMatch(
      /may not import/
    );
    expect(fault({file: "lib/wire/app.ts", specifier: "../../test/x.js"})).toMatch(/outside every room/);
    expect(fault({file: "lib/wire/app.ts", specifier: "zod"})).toMatch(/in a room of pages/);
    const a = {file: "lib/charts/a.ts", specifier: "./b.js"};
    const b = {file: "lib/charts/b.ts", specifier: "node:fs"};
    expect(waysToNode("lib/charts/a.ts", [a, b])).toEqual(["lib/charts/a.ts > lib/charts/b.ts > node:fs"]);
    expect(waysToNode("lib/charts/a.ts", [a, {...b, isType: true}])).toEqual([]);
    const back = {file: "lib/charts/b.ts", specifier: "./a.js", isType: true};
    expect(circles([a, back])).toEqual([["lib/charts/a.ts", "lib/charts/b.ts"]]);
    expect(circles([a])).toEqual([]);
  });
});

/** What a room imports directly, but for rooms that another of them leads to. */
function arrowsOf(room: string): string[] {
  const reached = (from: string): string[] => mayImport[from]!.flatMap((other) => [other, ...reached(other)]);
  const imported = mayImport[room]!;
  return imported.filter((other) => !imported.some((between) => reached(between).includes(other)));
}

const shortName = (room: string) => room.replace(/^lib\//, "");

/** The diagram of docs/architecture.md. */
const diagram = [
  "```mermaid",
  "graph TD",
  ...rooms.toReversed().flatMap((room) => {
    const arrows = arrowsOf(room).map(shortName).sort();
    return arrows.length > 0 ? [`  ${shortName(room)} --> ${arrows.join(" & ")}`] : [];
  }),
  "```"
].join("\n");

/** The line below a room's heading in docs/architecture.md. */
function roomLine(room: string): string {
  const names = mayImport[room]!.map((other) => `\`${shortName(other)}\``).sort();
  const imports = names.length > 0 ? `May import ${names.join(", ")}.` : "Imports no other room.";
  return `*${imports}${inPages.includes(room) ? " Runs in pages." : ""}*`;
}

describe("docs/architecture.md", () => {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");

  it("describes each room", () => {
    const headings = Array.from(page.matchAll(/^### `([^`]+)`$/gm), ([, room]) => room);
    expect(headings.sort()).toEqual(rooms.toSorted());
  });

  // `npx vitest run --project node test/house.test.ts -u` writes the diagram and the lines again from the table.
  it("has the diagram of the rooms, and what each may import", async () => {
    const withDiagram = page.replace(/```mermaid\n[^]*?```/, diagram);
    const expected = withDiagram.replace(/^(### `([^`]+)`)\n.*$/gm, (all, heading: string, room: string) =>
      mayImport[room] ? `${heading}\n${roomLine(room)}` : all
    );
    await expect(expected).toMatchFileSnapshot("../docs/architecture.md");
  });

  it("names only files and folders that exist", () => {
    const named = Array.from(page.matchAll(/`((?:lib|data-loaders|src|test|docs|bench)(?:\/[^`\s]*)?)`/g));
    const links = Array.from(page.matchAll(/\]\(([^)#]+)[^)]*\)/g), ([, link]) => join("docs", link!));
    const paths = [...named.map(([, path]) => path!), ...links];
    expect(paths.length).toBeGreaterThan(80);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
