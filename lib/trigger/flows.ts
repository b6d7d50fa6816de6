// The flows of this page: from its gateway, or on static hosting from the file that the site was built with.
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

/** Milliseconds for which the gateway's list is used again: long enough for all forms of a page that opens. */
const listLifetime = 5_000;

let cachedList: {list: Promise<FlowList>; at: number} | undefined;
/** Flows that were built in a page, by key: the gateway's list has only those of the config. */
const saved = new Map<string, FlowInfo>();

/** The gateway's list, requested once however many forms the page has. */
export function flowList(): Promise<FlowList> {
  if (cachedList && performance.now() - cachedList.at < listLifetime) return cachedList.list;
  const list = call<FlowList>("flows").then(({answer}) => answer);
  cachedList = {list, at: performance.now()};
  list.catch(forgetFlows);
  return list;
}

/** Forgets the gateway's list: the viewer has signed in, or another gateway may answer. */
export function forgetFlows(): void {
  cachedList = undefined;
}

/** Remembers a flow that was built in a page. */
export const noteSaved = (info: FlowInfo): void => void saved.set(info.key, info);

/** Forgets a flow that was deleted. */
export function forgetSaved(key: string): void {
  saved.delete(key);
  forgetFlows();
}

/** The gateway's description of a flow. Throws `TriggerError` `unknown` with the known keys. */
export async function flowInfo(key: string): Promise<FlowInfo> {
  const {flows} = await flowList();
  const info = flows.find((flow) => flow.key === key) ?? saved.get(key);
  if (info) return info;
  const there = flows.length ? `there are ${flows.map((flow) => flow.key).join(", ")}` : "there are none";
  throw new TriggerError("unknown", `ikigai.config.ts allows no flow "${key}": ${there}`);
}

/**
 * All flows that the config allows. On static hosting they come from `source`, and can't be run from the page:
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
