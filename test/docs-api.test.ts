// docs/api is what typedoc writes today, and nothing is exported without a word on it.
import {spawn} from "node:child_process";
import {mkdtemp, readdir, readFile, realpath, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";

const root = resolve(import.meta.dirname, "..");
let temporary: string;

beforeAll(async () => {
  temporary = await realpath(await mkdtemp(join(tmpdir(), "ikigai-kit-docs-")));
});

afterAll(() => rm(temporary, {recursive: true, force: true}));

/** Runs typedoc with the repository's config and these options besides. */
async function typedoc(...options: string[]): Promise<{code: number | null; said: string}> {
  const child = spawn(process.execPath, [join(root, "node_modules/typedoc/bin/typedoc"), ...options], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"]
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return {code, said};
}

const pages = async (folder: string) =>
  new Map(
    await Promise.all(
      (await readdir(folder))
        .sort()
        .map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)
    )
  );

/** The anchor of a heading, as code hosts make it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

describe("docs/api", {timeout: 300_000}, () => {
  it("is up to date, and every export has a docstring", async () => {
    const out = join(temporary, "api");
    const {code, said} = await typedoc("--out", out);
    expect(code, said).toBe(0);
    const made = await pages(out);
    const kept = await pages(join(root, "docs/api"));
    expect([...kept.keys()]).toEqual([...made.keys()]);
    for (const [name, text] of made) {
      expect(kept.get(name) === text, `docs/api/${name} is not what the code says: npm run docs`).toBe(true);
    }
  });

  it("has a page for each subpath export, and no link that leads nowhere", async () => {
    const kept = await pages(join(root, "docs/api"));
    const {exports} = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {exports: object};
    const imports = Object.keys(exports).filter((path) => path !== "./package.json");
    for (const path of imports) expect(kept.get("README.md")).toContain(`[ikigai-kit${path.slice(1)}](`);

    const anchors = new Map(
      Array.from(kept, ([name, text]) => {
        const seen = new Map<string, number>();
        const found = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading]) => {
          const plain = anchor(heading!.replace(/\\/g, ""));
          const count = seen.get(plain) ?? 0;
          seen.set(plain, count + 1);
          return count ? `${plain}-${count}` : plain;
        });
        return [name, new Set(found)] as const;
      })
    );
    const broken = Array.from(kept).flatMap(([name, text]) =>
      Array.from(text.matchAll(/\]\(([\w-]*\.md)?(?:#([^)]+))?\)/g))
        .filter(([, page = name, id]) => !anchors.has(page) || (id && !anchors.get(page)!.has(id)))
        .map(([link]) => `${name}: ${link}`)
    );
    expect(broken).toEqual([]);
  });

  it("isn't made of an export without a docstring", async () => {
    const file = join(temporary, "index.ts");
    const tsconfig = join(temporary, "tsconfig.json");
    const options = join(temporary, "typedoc.config.mjs");
    await writeFile(tsconfig, '{"include": ["*.ts"], "compilerOptions": {"types": []}}');
    await writeFile(file, "/** One. */\nexport const one = 1;\nexport const two = 2;\n");
    const other = {entryPoints: [file], tsconfig, out: join(temporary, "undocumented")};
    const config = pathToFileURL(join(root, "typedoc.config.js")).href;
    await writeFile(
      options,
      `import config from "${config}";\nexport default {...config, ...${JSON.stringify(other)}};\n`
    );
    const {code, said} = await typedoc("--options", options);
    expect(code).not.toBe(0);
    expect(said).toMatch(/two \(Variable\).*does not have any documentation/);
    expect(said).not.toMatch(/one \(Variable\)/);
  });
});
