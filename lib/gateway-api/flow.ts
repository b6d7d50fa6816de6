// A flow as the gateway describes it to pages.
import * as z from "../zod/index.js";
import type {Variable} from "./variable.js";

/** The variables of a flow by name; the gateway has checked them when it read its config. */
const variables = z.record(
  z.string(),
  z.custom<Variable>((value) => typeof (value as Variable | null)?.type === "string")
);

/** One flow in the answer of `GET flows`. */
export const flowInfo = z.object({
  /** The key that pages use: its key in the config, or `saved:…` for one that was built in a page. */
  key: z.string(),
  /** Its name on the platform. */
  name: z.string(),
  /** Name of its app. */
  app: z.string(),
  label: z.string(),
  help: z.nullable(z.string()),
  variables,
  /** What a second start does while it runs: follow the run that is under way, or wait and run after it. */
  whenRunning: z.enum(["join", "queue"]),
  /** Files under data/ that are published again after a run, by their names without extension. */
  writes: z.array(z.string()),
  /** Whether the viewer who asks may start it. */
  mayRun: z.boolean()
});
export interface FlowInfo extends z.output<typeof flowInfo> {}

/** A flow that was built in a page, as an answer of `GET apps/:app/flows` and of `DELETE flows/:key`. */
export const savedFlow = flowInfo.extend({
  /** The name of the viewer who saved it, if the gateway knows. */
  user: z.nullable(z.string()),
  /** When it was saved, and when it will be deleted. */
  savedAt: z.string(),
  expiresAt: z.string()
});
export interface SavedFlow extends z.output<typeof savedFlow> {}

/** Answer of `GET apps/:app/flows`: the saved flows of an app that the viewer who asks may delete, oldest first. */
export const savedFlowList = z.object({flows: z.array(savedFlow)});
export interface SavedFlowList extends z.output<typeof savedFlowList> {}

/** Answer of `GET flows`. `viewer` is who asks, if the gateway knows; `definitions` are the apps in which they may save definitions. */
export const flowList = z.object({
  viewer: z.nullable(z.string()),
  flows: z.array(flowInfo),
  definitions: z.array(z.string())
});
export interface FlowList extends z.output<typeof flowList> {}

/** Answer of `GET flows/:key/graph`: a definition's graph, to draw. */
export const flowGraph = z.object({
  facets: z.array(
    z.object({
      facetId: z.string(),
      /** What its author called it; often empty. */
      name: z.string(),
      /** Its kind as the platform's specs call it, such as `IMPORTED`. */
      type: z.string(),
      /** `INPUT`, `MID` or `OUTPUT`. */
      chain: z.string()
    })
  ),
  arrows: z.array(z.object({source: z.string(), destination: z.string(), label: z.optional(z.string())}))
});
export interface FlowGraph extends z.output<typeof flowGraph> {}
