// Finds a Python that the real client can be installed for.
import {spawnSync} from "node:child_process";

export interface Interpreter {
  /** The path of the executable itself, behind whatever shim answers to its name. */
  path: string;
  /** Such as "3.11". */
  version: string;
}

/** What `python` has to print: its version and path, which it only does where it can also make a virtual environment. */
const question = "import sys, venv, ensurepip; print(*sys.version_info[:2], sep='.'); print(sys.executable)";

const names = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

/** The first Python 3.10 or later on PATH that can make virtual environments, or undefined. */
export function findPython(env: NodeJS.ProcessEnv = process.env): Interpreter | undefined {
  for (const name of names) {
    const {status, stdout} = spawnSync(name, ["-c", question], {encoding: "utf8", env});
    const [version, path] = stdout?.split(/\r?\n/) ?? [];
    if (status === 0 && version && path && isRecent(version)) return {path, version};
  }
  return undefined;
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 10);
}
