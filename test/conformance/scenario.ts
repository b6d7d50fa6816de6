// What a scenario needs: a platform in a folder of its own, and an interpreter with the real client in it.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {inject} from "vitest";
import {startPlatform, type PlatformOptions, type RunningPlatform} from "../../lib/platform/index.js";
import {PythonSession} from "./session.js";

/** The Python that has the real client, or null: then there is nothing to run, and the setup has said so. */
export const python = inject("python");
if (python === undefined)
  throw new Error("The project's globalSetup, test/conformance/install.ts, did not run");

export interface Scenario {
  platform: RunningPlatform;
  session: PythonSession;
  /** For files of the scenario's own; gone when it is closed. */
  folder: string;
  close: () => Promise<void>;
}

export async function startScenario(options: Omit<PlatformOptions, "data">): Promise<Scenario> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-conformance-"));
  const remove = () => rm(folder, {recursive: true, force: true});
  try {
    const platform = await startPlatform({...options, data: join(folder, "platform")});
    const session = new PythonSession(python!);
    const close = async () => {
      session.close();
      await platform.close();
      await remove();
    };
    return {platform, session, folder, close};
  } catch (error) {
    await remove();
    throw error;
  }
}
