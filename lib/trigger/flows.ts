// The flows that this page may know of: from its gateway, or on static hosting from the file that the site was built with.
import type {FlowGraph, FlowInfo, FlowList, Variable} from "../gateway-api/index.js";
import {TriggerError} from "./error.js";
import {call, gatewayPath} from "./gateway.js";

/** What `data/flows.json` says of a flow. */
export interface KnownFlow {
  key: string;
  app: string;
  name: string;
  label: string;
  help: string | null;
  variables: Record<string, Variable>;
  graph?: FlowGraph | null;
  /** Where it is on the platform. */
  url?: string | null;
}

/** `FileAttachment("data/flows.json")`, or what is in it. */
export type FlowSource = readonly KnownFlow[] | FlowFile;

/** What this room needs of Framework's `FileAttachment`. */
export interface FlowFile {
  /** What is in it. */
  json: () => Promise<unknown>;
}

/** Milliseconds for which the gateway's list is good: long enough for all forms of a page that is opened. */
const fresh = 5_000;

let asked: {list: Promise<FlowList>; at: number} | undefined;
/** Flows that were built in this page, by key: the gateway lists those of the config. */
const saved = new Map<string, FlowInfo>();

/** The gateway's list, asked for once however many forms the page has. */
export function flowList(): Promise<FlowList> {
  if (asked && performance.now() - asked.at < fresh) return asked.list;
  const list = call<FlowList>("flows").then(({answer}) => answer);
  asked = {list, at: performance.now()};
  list.catch(forgetFlows);
  return list;
}

/** Forgets what the gateway said: somebody else asks now, or another gateway answers. */
export function forgetFlows(): void {
  asked = undefined;
}

/** Notes a flow that this page has built. */
export const noteSaved = (info: FlowInfo) => saved.set(info.key, info);

/** What the gateway tells of a flow. Throws `TriggerError` `unknown` with the keys that there are. */
export async function flowInfo(key: string): Promise<FlowInfo> {
  const {flows} = await flowList();
  const info = flows.find((flow) => flow.key === key) ?? saved.get(key);
  if (info) return info;
  const there = flows.length ? `there are ${flows.map((flow) => flow.key).join(", ")}` : "there are none";
  throw new TriggerError("unknown", `ikigai.config.ts allows no flow "${key}": ${there}`);
}

/**
 * All flows that the config allows. On static hosting they are what `source` knows of them, and nobody may run them:
 *
 * ```js
 * const flows = await trigger.flows(FileAttachment("data/flows.json"));
 * ```
 */
export async function flows(source?: FlowSource): Promise<(FlowInfo & Pick<KnownFlow, "graph" | "url">)[]> {
  if (gatewayPath() !== undefined) return (await flowList()).flows;
  return (await knownFlows(source)).map((flow) => ({
    ...flow,
    whenRunning: "join",
    writes: [],
    mayRun: false
  }));
}

/** What is known of the flows without a gateway. */
export async function knownFlows(source: FlowSource | undefined): Promise<readonly KnownFlow[]> {
  if (!source) return [];
  return "json" in source ? ((await source.json()) as KnownFlow[]) : source;
}
