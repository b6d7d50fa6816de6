// Starts Python so that a script gets nothing of ours: no environment, no open files, no terminal; and ends it, with
// whatever it started, when its time is up.
import {spawn} from "node:child_process";
import {access, constants} from "node:fs/promises";
import {delimiter, join} from "node:path";
import {FacetError} from "../failure.js";

/** Bytes of output that are kept, from the end. */
const keptOutput = 4000;

// Node opens its own files so that children don't get them, but hands on those that it was itself started with.
const closeInherited = "import os; os.closerange(3, min(os.sysconf('SC_OPEN_MAX'), 65536))\n";

export interface Job {
  /** The interpreter, a path or a name on PATH. */
  python: string;
  code: string;
  /** What it reads on stdin. */
  input: string;
  folder: string;
  /** Milliseconds. */
  timeLimit: number;
  /** Is told the group of processes that it starts in, and with undefined that it has ended. */
  onGroup?: ((group: number | undefined) => void) | undefined;
  signal?: AbortSignal;
}

/** What the script printed. Throws a FacetError where Python isn't there, dies or takes too long. */
export async function runPython({
  python,
  code,
  input,
  folder,
  timeLimit,
  onGroup,
  signal
}: Job): Promise<string> {
  signal?.throwIfAborted();
  const interpreter = await find(python);
  const child = spawn(interpreter, ["-I", "-B", "-X", "utf8", "-c", closeInherited + code], {
    cwd: folder,
    env: {},
    stdio: ["pipe", "pipe", "pipe"],
    // In a process group of its own, so that what the script starts ends with it.
    detached: true
  });
  const end = () => {
    try {
      if (child.pid) process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  onGroup?.(child.pid);
  const [out, errors] = [tail(), tail()];
  child.stdout.on("data", out.add);
  child.stderr.on("data", errors.add);
  // A script that ends before it has read its job breaks the pipe; its exit code says why.
  child.stdin.on("error", () => undefined).end(input);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end();
  }, timeLimit);
  signal?.addEventListener("abort", end);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status, killer) => resolve(status ?? killer ?? "unknown"));
    });
    signal?.throwIfAborted();
    if (late)
      throw new FacetError(
        `the script took longer than ${timeLimit / 1000} s and was ended: let it do less, or on fewer rows`
      );
    if (code !== 0)
      throw new FacetError(`Python ended with ${code}: ${errors.text().trim() || "it said nothing"}`);
    return out.text();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    end();
    onGroup?.(undefined);
  }
}

/** The interpreter's path, found by our PATH: the child has none. */
async function find(python: string): Promise<string> {
  const places = python.includes("/")
    ? [python]
    : (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, python));
  for (const place of places) {
    if (
      await access(place, constants.X_OK).then(
        () => true,
        () => false
      )
    )
      return place;
  }
  throw new FacetError(`there is no '${python}' on this machine: install Python 3 with pandas`);
}

function tail() {
  let kept = Buffer.alloc(0);
  return {
    add: (chunk: Buffer) => {
      kept = Buffer.concat([kept, chunk]).subarray(-keptOutput);
    },
    text: () => kept.toString("utf8")
  };
}
