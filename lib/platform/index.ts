/**
 * A local Ikigai platform: the same HTTP API, on a folder of this machine.
 *
 * Stability: experimental.
 *
 * @module
 */
export {resetPlatform} from "./folder.js";
export type {FaultPlan} from "./fault-plan.js";
export type {FlowRun, RunFlow} from "./flow-run.js";
export {startPlatform, type PlatformOptions, type RunningPlatform} from "./start.js";
export type {
  SeedApp,
  SeedDataset,
  SeedDataType,
  SeedDirectory,
  SeedFlow,
  SeedFlowDefinition,
  SeedModel,
  SeedModelVersion
} from "./seed/types.js";
