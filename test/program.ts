// For programs of tests that run in processes of their own.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll} from "vitest";
import {bundle} from "../lib/typescript/bundle.js";

/**
 * Makes one JavaScript file of the program and what it imports of this kit, before the tests of a file. Gives its path: with tsx each
 * start would read and compile all of these modules again.
 */
export function program(source: URL): () => string {
  let folder: string;
  const path = () => join(folder, "program.mjs");
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
    await writeFile(path(), await bundle(fileURLToPath(source)));
  });
  afterAll(() => rm(folder, {recursive: true, force: true}));
  return path;
}
