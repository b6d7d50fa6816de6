// `ikigai-kit types`: what the platform's facets and models take, as a file that TypeScript and editors read.
import {readFile} from "node:fs/promises";
import {dirname, resolve} from "node:path";
import {checkWritable, reasonOf, writeWhole} from "../disk/index.js";
import {quickClient} from "../client/quick-client.js";
import {credentials} from "../config/index.js";
import {declarations} from "../definition/index.js";
import {step} from "../terminal/index.js";
import {environment} from "./local.js";
import {useLocal} from "./shared-local.js";

export interface TypesOptions {
  /** The file, from the working directory. */
  out: string;
  /** Whether it may replace a file that somebody else has made. */
  force?: boolean;
  local?: boolean;
  data: string;
  signal: AbortSignal;
}

/** By its first line a file is known to be ours. */
const mark = "// Made by ikigai-kit types.";

/**
 * Writes the declarations from the specs of the account that is configured or of the local platform. The file is whole or, after
 * an error, as it was.
 */
export async function types({out, force, local, data, signal}: TypesOptions): Promise<void> {
  if (!/\.d\.m?ts$/.test(out))
    throw new Error(`--out ${out}: TypeScript reads declarations from .d.ts files only`);
  const file = resolve(out);
  const before = await existing(file);
  if (before !== undefined && !before.startsWith(mark) && !force) {
    throw new Error(
      `${file} is not a file that ikigai-kit types has made, so it stays as it is. ` +
        "Name another with --out, or replace it with --force"
    );
  }
  await checkWritable(dirname(file));
  const platform = local ? await useLocal({data, signal}) : undefined;
  try {
    const line = step("types");
    try {
      const found = await fetchDeclarations(platform && environment(platform), signal);
      const text = `${mark}\n${found.text}`;
      if (text !== before) await writeWhole(file, text);
      line.done(`${out}, ${found.count}${text === before ? ", as it was" : ""}`);
    } catch (error) {
      line.fail();
      throw error;
    }
  } finally {
    await platform?.close();
  }
}

async function existing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`can't read ${file}: ${reasonOf(error, file)}`, {cause: error});
  }
}

async function fetchDeclarations(
  env: Record<string, string> | undefined,
  signal: AbortSignal
): Promise<{text: string; count: string}> {
  const client = quickClient(await credentials(process.cwd(), {...process.env, ...env}));
  const [facets, models] = await Promise.all([client.facetSpecs({signal}), client.modelSpecs({signal})]);
  const facetCount = Object.values(facets).flatMap((groups) =>
    Object.values(groups).flatMap(Object.keys)
  ).length;
  // A file of nothing would have TypeScript flag every facet.
  if (facetCount === 0) throw new Error(`${client.baseUrl} says that it has no facets. Check the base URL`);
  const text = declarations(facets, Object.fromEntries(models.map((model) => [model.name, model])));
  return {text, count: `${facetCount} facets, ${models.length} models`};
}
