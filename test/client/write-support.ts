// A local platform for one test file, a client for it, and folders that clean up after themselves.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach} from "vitest";
import {Ikigai, type App} from "../../lib/client/index.js";
import {
  startPlatform,
  type FaultPlan,
  type PlatformOptions,
  type RunningPlatform
} from "../../lib/platform/index.js";

export interface World {
  platform: RunningPlatform;
  ikigai: Ikigai;
  /** An app without anything in it. */
  app: App;
  /** A folder for files. */
  folder: string;
  warnings: string[];
  /** Lines of the calls that the platform answered. */
  calls: string[];
  /** Sets what goes wrong from now on, until the end of the test. */
  faults: (...rules: NonNullable<FaultPlan["rules"]>) => Promise<void>;
}

/** The platform is started before the tests of the file and ends after them; every test begins without faults. */
export function world(options: Partial<PlatformOptions> = {}): World {
  const made = {warnings: [] as string[], calls: [] as string[]} as World;
  made.faults = async (...rules) => {
    const {baseUrl, userEmail, apiKey} = made.platform;
    const response = await fetch(`${baseUrl}/_local/faults`, {
      method: "POST",
      headers: {"content-type": "application/json", user: userEmail, "api-key": apiKey},
      body: JSON.stringify({rules})
    });
    if (!response.ok) throw new Error(await response.text());
  };
  beforeAll(async () => {
    made.folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
    made.platform = await startPlatform({
      data: join(made.folder, "state"),
      seed: [{name: "Demand", description: "", datasets: [], models: []}],
      faults: {},
      log: (line) => made.calls.push(line),
      ...options
    });
    made.ikigai = new Ikigai({
      ...made.platform,
      retry: {limit: 2, delay: () => 10},
      onWarning: (text) => made.warnings.push(text)
    });
    made.app = await made.ikigai.apps.get("Demand");
  });
  beforeEach(async () => {
    await made.faults();
    made.warnings.length = 0;
    made.calls.length = 0;
  });
  afterAll(async () => {
    await made.ikigai.close();
    await made.platform.close();
    await rm(made.folder, {recursive: true});
  });
  return made;
}
