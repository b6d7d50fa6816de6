// The gateway's API, as a plugin that its server registers under /api: flows, their runs, and one stream of events a page.
import type {FastifyPluginAsync} from "fastify";
import {mkdir, realpath} from "node:fs/promises";
import type {OutgoingHttpHeaders} from "node:http";
import {setTimeout as sleep} from "node:timers/promises";
import * as z from "zod";
import {IkigaiError, NotFoundError, type Ikigai} from "../client/index.js";
import type {CheckedConfig} from "../config/index.js";
import {matchesPattern} from "../config/pattern.js";
import {
  checkVariables,
  hasEnded,
  idempotencyHeader,
  type FlowGraph,
  type FlowInfo,
  type FlowList,
  type Publication,
  type Run,
  type RunList,
  type SavedFlow,
  type SavedFlowList
} from "../gateway-api/index.js";
import {parsed} from "./parsed.js";
import {Refused} from "./refused.js";
import {Audit} from "./runs/audit.js";
import {flowInfo, Flows, mayRun} from "./runs/flows.js";
import {lock} from "./runs/lock.js";
import {GatewayStore} from "./runs/gateway-store.js";
import {noSuchRun, Runs, type Publish} from "./runs/runs.js";
import {flowToSave} from "./runs/flow-to-save.js";
import {ProtectedDatasets} from "./runs/protected-datasets.js";
import {SavedFlowKeeper} from "./runs/saved-flow-keeper.js";
import {SavedFlows} from "./runs/saved-flows.js";
import {EventStream} from "./runs/stream.js";

export interface ApiOptions {
  config: CheckedConfig;
  client: Ikigai;
  /** The folder of what must survive: runs, start requests and saved flows, and the audit. Made where it doesn't exist. */
  state: string;
  /** The command that runs the gateway, for the error of a second one on the same state folder. */
  command?: string | undefined;
  /** Publishes these files again, by their names without extension, and returns where pages find them. Without it nothing is published. */
  publish?: Publish | undefined;
  /** Gets a line for each problem that pages don't show. */
  log: (line: string) => void;
  /** Called once at each run's end. */
  onRunEnd?: (status: Run["status"]) => void;
  /** Gets the pages once they can be told something. */
  onOpen?: (pages: OpenPages) => void;
}

/** The pages that hold a stream of events open. */
export interface OpenPages {
  /** How many there are. */
  count(): number;
  /** Tells them of data that was published by another process, by the URL path of each file. */
  published(files: Publication["files"]): void;
}

/** Bytes of the largest definition. One with scripts is longer than other requests. */
const definitionLimit = 2 ** 20;

/** Milliseconds that a page waits for what the platform says. */
const longestWait = 10_000;

const runToStart = z.strictObject({variables: z.record(z.string(), z.unknown()).default({})});
const historyQuery = z.object({limit: z.coerce.number().int().min(1).max(100).default(20)});
const idempotencyKey = z.uuid({error: "should be a UUID, one for each request"});

/**
 * Serves the API until the server closes. Runs that are under way then go on, and the next start follows them again. Throws when the
 * state folder is in use or damaged.
 */
export function api({
  config,
  client,
  state,
  command,
  publish,
  log,
  onRunEnd,
  onOpen
}: ApiOptions): FastifyPluginAsync {
  return async (server) => {
    await mkdir(state, {recursive: true, mode: 0o700});
    const folder = await realpath(state);
    const closers = [await lock(folder, command)] as (() => unknown)[];
    const close = async () => {
      for (const closer of closers.splice(0).toReversed()) await closer();
    };
    try {
      const store = await GatewayStore.open(folder);
      closers.push(() => store.close());
      const audit = await Audit.open(folder);
      closers.push(() => audit.close());
      const flows = new Flows(config, client, store);
      const stream: EventStream = new EventStream(() => ({
        runs: runs.underWay,
        publication: runs.publication
      }));
      const runs: Runs = new Runs(store, flows, audit, publish, {
        run: (run) => stream.run(run),
        publication: (publication) => stream.publication(publication),
        ended: (status) => onRunEnd?.(status),
        log
      });
      closers.push(() => runs.close());
      const datasets = new ProtectedDatasets(config, flows);
      const keeper = new SavedFlowKeeper({client, flows, store, audit, log});
      closers.push(() => keeper.close());
      const saved = new SavedFlows({client, flows, store, datasets, keeper});
      // Streams never end by themselves, and a server that closes waits for what is under way.
      server.addHook("preClose", async () => stream.close());
      server.addHook("onClose", close);

      server.setErrorHandler((error) => {
        if (error instanceof NotFoundError) throw new Refused("platform", error.message);
        throw error instanceof IkigaiError ? new Refused("platform", error.message) : error;
      });

      server.get("/flows", async ({viewer}): Promise<FlowList> => {
        return {viewer: viewer.name, flows: flows.list(viewer), definitions: flows.openApps(viewer)};
      });

      server.get<{Params: {key: string}}>("/flows/:key/graph", async ({params}): Promise<FlowGraph> =>
        inTime(flows.graph(flows.get(params.key)))
      );

      server.get<{Params: {key: string}}>("/flows/:key/runs", async ({params, query}): Promise<RunList> => {
        const {limit} = parsed(historyQuery, query);
        return {runs: runs.of(flows.get(params.key).key, limit)};
      });

      server.post<{Params: {key: string}}>("/flows/:key/runs", async (request, reply): Promise<Run> => {
        const {viewer} = request;
        const key = parsed(
          idempotencyKey,
          request.headers[idempotencyHeader],
          `the header ${idempotencyHeader}`
        );
        const {variables: asked} = parsed(runToStart, request.body);
        const flow = flows.get(request.params.key);
        if (!mayRun(flow, viewer)) throw notAllowed(viewer.name);
        const {values, faults} = checkVariables(flow.variables, asked, matchesPattern);
        if (faults) throw new Refused("variables", "Some values don't fit.", faults);
        await inTime(saved.checkRun(flow.key, values));
        // It may have been deleted meanwhile.
        flows.get(flow.key);
        const {run, isNew} = await runs.startRequest({flow, viewer, key, asked, variables: values});
        reply.code(isNew ? 201 : 200);
        return run;
      });

      server.get<{Params: {id: string}}>("/runs/:id", async ({params}): Promise<Run> => {
        const run = runs.get(params.id);
        if (run) return run;
        throw noSuchRun();
      });

      server.delete<{Params: {id: string}}>("/runs/:id", async ({params, viewer}, reply): Promise<Run> => {
        const run = await runs.cancel(params.id, viewer);
        // The platform takes a moment to stop it.
        reply.code(hasEnded(run) ? 200 : 202);
        return run;
      });

      server.get("/events", {exposeHeadRoute: false, config: {streams: true}}, async (request, reply) => {
        reply.hijack();
        stream.open(
          reply.raw,
          reply.getHeaders() as OutgoingHttpHeaders,
          request.headers["last-event-id"]?.toString()
        );
      });

      server.post<{Params: {app: string}}>(
        "/apps/:app/flows",
        {bodyLimit: definitionLimit},
        async (request, reply): Promise<FlowInfo> => {
          const source = parsed(flowToSave, request.body);
          const known = await saved.save(request.params.app, source, request.viewer);
          reply.code(201);
          return flowInfo(known, request.viewer);
        }
      );

      server.get<{Params: {app: string}}>(
        "/apps/:app/flows",
        async ({params, viewer}): Promise<SavedFlowList> => {
          return {flows: saved.list(params.app, viewer)};
        }
      );

      server.delete<{Params: {key: string}}>("/flows/:key", async ({params, viewer}): Promise<SavedFlow> => {
        return saved.delete(params.key, viewer);
      });

      onOpen?.({count: () => stream.readers, published: (files) => runs.publishedElsewhere(files)});
      runs.recover();
      keeper.recover();
    } catch (error) {
      await close();
      throw error;
    }
  };
}

/** The client waits for a platform that restarts; a page that only draws isn't kept so long. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = sleep(longestWait, undefined, {ref: false}).then(() => {
    throw new Refused("platform", "The platform doesn't answer at the moment. Try again in a minute.");
  });
  return Promise.race([answer, late]);
}

const notAllowed = (name: string | null) =>
  new Refused(
    "forbidden",
    name === null
      ? "Only certain people may start this flow, and the gateway doesn't know who you are."
      : `Only certain people may start this flow, and ${name} is not one of them.`
  );
