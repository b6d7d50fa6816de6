// Runs loaders many at a time, before Framework's build, which would run them one after another. Runs in Framework's process.
import {spawn, type ChildProcess} from "node:child_process";
import {statSync, utimesSync, type Stats} from "node:fs";
import {dirname, join} from "node:path/posix";
import type {Writable} from "node:stream";
import pLimit from "p-limit";
import type {FrameworkConfig, FrameworkLoader} from "./framework.js";

/** Loaders mostly wait for somebody's answer. */
const concurrency = 8;

/** What Framework would print of each loader. */
const silent = {logger: {log() {}, warn() {}, error() {}}, output: {write() {}}};

/** A loader that has run, or why it couldn't. */
export interface LoadedFile {
  path: string;
  error?: string;
}

/**
 * Runs the loaders of these files, however new what they have made before; that is kept where they fail.
 * @param paths from the source root, with slashes
 * @param onLoaded gets each file when its loader has ended
 */
export async function runLoaders(
  {root, loaders}: Pick<FrameworkConfig, "root" | "loaders">,
  paths: readonly string[],
  onLoaded: (file: LoadedFile) => void
): Promise<void> {
  const children = new Set<ChildProcess>();
  const end = () => children.forEach((child) => child.kill());
  process.once("exit", end).once("SIGTERM", () => process.exit(143));
  const cache = join(root, ".observablehq", "cache");
  // All of them first: a file that two of them come from, an archive, is made once.
  const aged = new Map(
    paths.flatMap((path) => withArchives(path).map((file) => [file, age(join(cache, file))]))
  );
  const limit = pLimit(concurrency);
  await Promise.all(
    paths.map((path) =>
      limit(async () => {
        const loader = loaders.find(`/${path}`);
        if (!loader?.load) return onLoaded({path, error: "it has no loader any more"});
        if (loader.command !== undefined) loader.exec = (output) => run(loader, output, children);
        try {
          await loader.load({useStale: false}, silent);
          onLoaded({path});
        } catch (error) {
          for (const file of withArchives(path)) restore(join(cache, file), aged.get(file));
          onLoaded({path, error: `${join(root, loader.path)}: ${(error as Error).message}`});
        }
      })
    )
  );
  process.off("exit", end);
}

const archives = [".zip", ".tar", ".tgz", ".tar.gz"];

/** The file, and the archives that it may come from. */
function withArchives(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) folders.push(folder);
  return [path, ...folders.flatMap((folder) => archives.map((extension) => `${folder}${extension}`))];
}

/** Makes a file older than any loader, which has Framework run the loader. Returns what it was; undefined where there is none. */
function age(file: string): Stats | undefined {
  const status = statSync(file, {throwIfNoEntry: false});
  if (status) utimesSync(file, status.atime, 0);
  return status;
}

function restore(file: string, before: Stats | undefined): void {
  if (before && statSync(file, {throwIfNoEntry: false})?.mtimeMs === 0)
    utimesSync(file, before.atime, before.mtime);
}

/** As Framework runs a program, but its error has what the program said. */
async function run(
  {command, args = []}: FrameworkLoader,
  output: Writable,
  children: Set<ChildProcess>
): Promise<void> {
  const child = spawn(command!, args, {windowsHide: true, stdio: ["ignore", "pipe", "pipe"]});
  children.add(child);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
    process.stderr.write(text);
  });
  child.stdout.pipe(output);
  try {
    const code = await new Promise((resolve, reject) =>
      child.once("error", reject).once("close", (code, signal) => resolve(code ?? signal))
    );
    if (code !== 0)
      throw new Error(
        `it ended with ${typeof code === "number" ? "exit code " : ""}${String(code)}${said && `:\n${indented(said)}`}`
      );
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOENT"
      ? new Error(`${command!} is not installed`)
      : error;
  } finally {
    children.delete(child);
  }
}

/** Its last lines: a stack's head says less than its end in Python, and more in JavaScript, so that some of both are there. */
const indented = (text: string) =>
  text
    .trim()
    .split("\n")
    .slice(-12)
    .map((line) => `    ${line}`)
    .join("\n");
