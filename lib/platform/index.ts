// A local Ikigai platform: the same HTTP API, on a folder of this machine.
export {resetPlatform} from "./folder.js";
export type {FaultPlan} from "./faults.js";
export type {RunFlow} from "./flow-run.js";
export {startPlatform, type PlatformOptions, type RunningPlatform} from "./start.js";
export type {SeedApp} from "./seed/types.js";
