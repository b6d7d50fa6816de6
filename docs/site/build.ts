// Builds the documentation's site and the index that its search box asks.
import {join} from "node:path";
import {close, createIndex} from "pagefind";
import {runFramework, type FrameworkOptions} from "ikigai-kit/hermetic";

/** Builds docs of the repository at `root` into `output`. Rejects if a page has a broken link or code that can't be parsed. */
export async function buildDocs(
  root: string,
  output: string,
  options: Pick<FrameworkOptions, "onOutput" | "onWarning"> = {}
): Promise<void> {
  await runFramework("build", {root, output, args: ["--root", "docs"], ...options});
  const {index, errors} = await createIndex({rootSelector: "main", excludeSelectors: ["pre", ".katex"]});
  if (!index) throw new Error(`The search index can't be made: ${errors.join("; ")}`);
  await index.addDirectory({path: output});
  const written = await index.writeFiles({outputPath: join(output, "pagefind")});
  await close();
  if (written.errors.length)
    throw new Error(`The search index can't be written: ${written.errors.join("; ")}`);
}
