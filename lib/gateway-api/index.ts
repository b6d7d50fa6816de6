/**
 * The messages between a page and the gateway, and the checks that both make. For Node and for pages. Each message
 * has a zod schema of its type's name in lower case: `run` of `Run`.
 *
 * Stability: internal.
 *
 * @module
 */
export {checkVariables, variableFault, type CheckedVariables, type Matches} from "./check-variables.js";
export {refusal, type Refusal, type RefusalCode} from "./error.js";
export {events, hello, publication, type Hello, type Publication} from "./events.js";
export {
  flowGraph,
  flowInfo,
  flowList,
  savedFlow,
  savedFlowList,
  type FlowGraph,
  type FlowInfo,
  type FlowList,
  type SavedFlow,
  type SavedFlowList
} from "./flow.js";
export {hasEnded} from "./has-ended.js";
export {followsData, gatewayMeta, gatewayPath, idempotencyHeader, pageHeader} from "./page.js";
export {query, type Query, type QueryParam} from "./query.js";
export {run, runList, runStatus, type Run, type RunList, type RunStatus} from "./run.js";
export type {
  BooleanVariable,
  ChoiceVariable,
  DateVariable,
  IntegerVariable,
  NumberVariable,
  TextVariable,
  Variable,
  VariableValue,
  VariableValues
} from "./variable.js";
