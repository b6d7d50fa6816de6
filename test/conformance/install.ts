// Before the conformance tests: finds Python and installs the real client, or says why they are skipped.
import type {TestProject} from "vitest/node";
import {client, environment} from "./environment.js";
import {findPython} from "./interpreter.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The Python that has the real client; null where there is none, and the tests are skipped. */
    python: string | null;
  }
}

const lacking =
  "No Python 3.10 or later that can make virtual environments is on PATH (on Debian: apt-get install python3-venv)";

/** Vitest's global setup. Where CI is set, a missing Python is an error: there, nothing may be skipped unseen. */
export async function setup({provide}: Pick<TestProject, "provide">): Promise<void> {
  const python = findPython();
  if (!python && process.env.CI) throw new Error(`${lacking}, and in CI the conformance tests must run.`);
  if (!python) process.stderr.write(`${lacking}: the conformance tests are skipped.\n`);
  else
    process.stderr.write(`Conformance with ${client.name} ${client.version} on Python ${python.version}\n`);
  provide("python", python ? await environment(python) : null);
}
