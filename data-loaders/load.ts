// What a loader in src/data calls: writes the file that its --name asks for to standard output.
import {createReadStream} from "node:fs";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {pipeline} from "node:stream/promises";
import {parseArgs} from "node:util";
import {Ikigai} from "../lib/client/index.js";
import {credentials, loadConfig} from "../lib/config/index.js";
import {about, LoadError} from "./error.js";
import type {Format} from "../lib/tabular/formats.js";
import {checkPartModule} from "./part-module.js";
import {pull} from "./pull.js";
import {reporter} from "./report.js";

/**
 * Loads one file of the project in the working directory, as Framework runs its loaders: `--name=demand` is the file, standard
 * output gets it once it is whole and nothing else, standard error what goes on. After an error the exit code is 1 and standard output
 * has nothing.
 */
export async function load(format: Format): Promise<void> {
  const report = reporter(process.stderr);
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let folder: string | undefined;
  try {
    const file = `${requestedName(format)}.${format}`;
    const config = await loadConfig();
    const client = new Ikigai(await credentials());
    folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
    const [pulled] = await pull({
      config,
      client,
      files: [file],
      into: folder,
      onProgress: report.progress,
      onWarning: report.warning,
      signal: controller.signal
    });
    await checkPartModule(file, pulled!.path, dirname(process.argv[1] ?? ""));
    report.done(pulled!);
    await pipeline(createReadStream(pulled!.path), process.stdout, {end: false}).catch((error: unknown) => {
      throw about("can't write to standard output", error);
    });
  } catch (error) {
    process.exitCode = controller.signal.aborted ? 130 : 1;
    report.failed(controller.signal.aborted ? new LoadError("stopped") : error);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    if (folder) await rm(folder, {recursive: true, force: true});
  }
}

function requestedName(format: Format): string {
  const {name} = parseArgs({options: {name: {type: "string"}}, strict: false}).values;
  if (typeof name === "string" && name) return name;
  throw new LoadError(
    `No file is named. Framework gives --name to src/data/[name].${format}.ts; by hand, add --name=… to the command.`
  );
}
