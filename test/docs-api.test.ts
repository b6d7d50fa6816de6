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

  it("has a page for each subpath export", async () => {
    const kept = await pages(join(root, "docs/api"));
    const {exports} = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {exports: object};
    const imports = Object.keys(exports).filter((path) => path !== "./package.json");
    for (const path of imports) expect(kept.get("README.md")).toContain(`[ikigai-kit${path.slice(1)}](`);
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
