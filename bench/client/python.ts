// A Python that has the real client and pyarrow, which it writes Parquet with, outside the repository.
import {execFileSync} from "node:child_process";
import {homedir} from "node:os";
import {join} from "node:path";
import {environment} from "../../test/conformance/environment.js";
import {findPython} from "../../test/conformance/interpreter.js";

const pyarrow = "26.0.1";

/** The path of that Python. Its environment is made where there is none. Throws where there is no Python to make it with. */
export async function pythonWithClient(): Promise<string> {
  const interpreter = findPython();
  if (!interpreter) {
    throw new Error(
      "This benchmark runs the Python client too, but no Python 3.10 or later that can make virtual environments is on PATH. " +
        "Install one (on Debian: apt-get install python3-venv) and run it again."
    );
  }
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const python = await environment(interpreter, join(caches, "ikigai-kit", "bench"));
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `pyarrow==${pyarrow}`];
  execFileSync(python, pip, {stdio: ["ignore", "inherit", "inherit"]});
  return python;
}

/** What it runs with, in one line. */
export const versionsOf = (python: string): string =>
  execFileSync(python, ["-c", versions], {encoding: "utf8"}).trim();

const versions = [
  "import platform, importlib.metadata as m",
  "names = ['ikigai', 'pandas', 'pyarrow']",
  "print('Python', platform.python_version(), *[n + ' ' + m.version(n) for n in names], sep=', ')"
].join("\n");
