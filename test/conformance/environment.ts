// The virtual environment that holds the real Python client, outside the repository and kept between runs.
import {execFile, spawn} from "node:child_process";
import {once} from "node:events";
import {mkdir, mkdtemp, readdir, rename, rm, stat} from "node:fs/promises";
import {homedir} from "node:os";
import {basename, dirname, join} from "node:path";
import {promisify} from "node:util";
import type {Interpreter} from "./interpreter.js";

/** The release that the platform is held to. A newer one is taken by changing this line, and what then fails is news. */
export const client = {name: "ikigai", version: "0.4.4"};

const cacheFolder = () =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ikigai-kit", "conformance");

/** Folders that were begun so many milliseconds ago and never finished belong to runs that were killed. */
const abandoned = 3_600_000;

/**
 * The Python of an environment with the client in it, made first where there is none. It is built under a name of its own
 * and only then put where runs look for it, so a half-made one is never used; one that no longer works is built again.
 * Throws where pip can't install.
 */
export async function environment(python: Interpreter, folder = cacheFolder()): Promise<string> {
  const finished = join(folder, `${client.name}-${client.version}-python-${python.version}`);
  if (await works(finished)) return pythonOf(finished);
  await mkdir(folder, {recursive: true});
  await sweep(finished);
  const begun = await mkdtemp(`${finished}.`);
  try {
    await run(python.path, ["-m", "venv", begun]);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    await run(pythonOf(begun), [...install, `${client.name}==${client.version}`]);
    await replace(begun, finished);
  } finally {
    await rm(begun, {recursive: true, force: true});
  }
  return pythonOf(finished);
}

const pythonOf = (folder: string) =>
  process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");

/** Whether the client can be imported there, which also tells of files that a cleaner has taken. */
async function works(folder: string): Promise<boolean> {
  const question = `import ikigai, importlib.metadata as m; assert m.version("${client.name}") == "${client.version}"`;
  return promisify(execFile)(pythonOf(folder), ["-c", question]).then(
    () => true,
    () => false
  );
}

/** Puts a finished environment in its place. Another run may have been quicker: then theirs stays. */
async function replace(begun: string, finished: string): Promise<void> {
  try {
    await rename(begun, finished);
  } catch {
    if (await works(finished)) return;
    await rm(finished, {recursive: true, force: true});
    await rename(begun, finished);
  }
}

async function sweep(finished: string): Promise<void> {
  const folder = dirname(finished);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(finished)}.`)) continue;
    const begun = join(folder, name);
    const {mtimeMs} = await stat(begun).catch(() => ({mtimeMs: Date.now()}));
    if (mtimeMs < Date.now() - abandoned) await rm(begun, {recursive: true, force: true});
  }
}

/** Runs a command to its end, its words going where ours go. */
async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, {stdio: ["ignore", "inherit", "inherit"]});
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} failed with exit code ${code}`);
}
