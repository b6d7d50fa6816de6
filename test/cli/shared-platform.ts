// A local platform for all tests of a file.
import {afterAll, beforeAll} from "vitest";
import {environment} from "../../lib/cli/local.js";
import {startPlatform, type RunningPlatform, type SeedApp} from "../../lib/platform/index.js";
import {preparedState} from "./project.js";

/** Starts it before the tests, with these apps, and ends it after them. Both functions are for tests, not for the file's top level. */
export function sharedPlatform(apps: SeedApp[]): {
  platform: () => RunningPlatform;
  /** The variables with which a command calls it. */
  account: () => Record<string, string>;
} {
  let state: Awaited<ReturnType<typeof preparedState>>;
  let platform: RunningPlatform;
  beforeAll(async () => {
    state = await preparedState(apps);
    platform = await startPlatform({data: state.data});
  });
  afterAll(async () => {
    await platform?.close();
    await state?.remove();
  });
  return {platform: () => platform, account: () => environment(platform)};
}
