// What a new local platform starts with: two apps of real data, forecast by real methods.
import {seattleWeather} from "./seattle-weather.js";
import type {SeedApp} from "./types.js";
import {usEmployment} from "./us-employment.js";

export type {SeedApp, SeedDataset} from "./types.js";

/**
 * The apps "US employment" and "Seattle weather". Takes seconds, for every number is computed; the same every time.
 * @param onProgress called as each fit begins, with how many are done of how many, and of the end
 */
export async function demoApps(
  onProgress: (done: number, total: number, label: string) => void = () => {}
): Promise<SeedApp[]> {
  const drafts = [usEmployment(), seattleWeather()];
  const total = drafts.reduce((sum, {ticks}) => sum + ticks, 0);
  let done = 0;
  const apps: SeedApp[] = [];
  for (const {build} of drafts) apps.push(await build((label) => onProgress(done++, total, label)));
  onProgress(total, total, "seeded");
  return apps;
}
