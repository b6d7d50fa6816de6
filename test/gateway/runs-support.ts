// A platform whose runs end as a test wants, gateways on it, and a page's view of them.
import Fastify, {type FastifyInstance} from "fastify";
import {randomUUID} from "node:crypto";
import {mkdtemp, rm} from "node:fs/promises";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {afterAll, beforeAll, beforeEach, expect, onTestFinished} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig, type Config} from "../../lib/config/index.js";
import {
  events,
  idempotencyHeader,
  type Hello,
  type Publication,
  type Refusal,
  type Run
} from "../../lib/gateway-api/index.js";
import {api, type ApiOptions} from "../../lib/gateway/api.js";
import {startPlatform, type FaultPlan, type RunFlow, type RunningPlatform} from "../../lib/platform/index.js";

/** Flows wait for their variable `ms`, and fail where a facet is called "bad". */
const runFlow: RunFlow = async ({definition, variables, signal, onProgress}) => {
  const {facets} = definition as {facets: {facet_id: string; name: string}[]};
  onProgress({fraction: 0.42, title: "counting", facetId: "1"} as never);
  await sleep(Number(variables.ms ?? 0), undefined, {signal});
  const bad = facets.find(({name}) => name === "bad");
  if (bad) throw Object.assign(new Error("there is no column <b>x</b>"), {facetId: bad.facet_id});
  return {datasets: [], modelVersions: [], notes: ["3 rows", `ms was ${String(variables.ms)}`]};
};

const flow = (name: string, facetName = "count") => ({
  name,
  definition: {
    facets: [
      {facet_id: "0", facet_uid: "I_005", name: "load", arguments: {dataset_id: "d1"}},
      {facet_id: "1", facet_uid: "M_003", name: facetName, arguments: {target_columns: ["a"]}},
      {facet_id: "2", facet_uid: "O_005", name: "save", arguments: {dataset_name: "Out"}}
    ],
    arrows: [
      {source: "0", destination: "1", arguments: {}},
      {source: "1", destination: "2", arguments: {}}
    ],
    arguments: {},
    variables: {ms: {facet_name: "save", name: "dataset_name"}},
    model_variables: {}
  }
});

const variables = {ms: {type: "integer", min: 0, max: 600_000, label: "Wait"}} as const;

export const config: Config = {
  app: "Demand",
  datasets: {"demand-forecast": {dataset: "Forecast", keep: 2, editions: true}},
  models: {demand: {model: "Demand aiCast"}},
  flows: {
    reforecast: {flow: "Re-forecast", variables, label: "Forecast again", help: "Takes a while."},
    queued: {flow: "Queued", variables, whenRunning: "queue"},
    writing: {flow: "Writing", variables, writes: ["demand-forecast", "demand"]},
    failing: {flow: "Failing"},
    anns: {flow: "Re-forecast", users: ["ann"]},
    missing: {flow: "No such flow"}
  }
};

const platformOptions = {
  seed: [
    {
      name: "Demand",
      description: "",
      datasets: [],
      models: [],
      flows: [flow("Re-forecast"), flow("Queued"), flow("Writing"), flow("Failing", "bad")]
    }
  ],
  faults: {},
  runFlow
};

export interface World {
  platform: RunningPlatform;
  client: Ikigai;
  /** Lines of the calls that the platform answered. */
  calls: string[];
  faults: (...rules: NonNullable<FaultPlan["rules"]>) => Promise<void>;
  /** How often the platform was asked for a path so far in this test. */
  asked: (path: string) => number;
}

/** A platform for the tests of a file. Each begins without faults. */
export function world(): World {
  const made = {calls: [] as string[]} as World;
  let folder: string;
  made.faults = async (...rules) => {
    const {baseUrl, userEmail, apiKey} = made.platform;
    const response = await fetch(`${baseUrl}/_local/faults`, {
      method: "POST",
      headers: {"content-type": "application/json", user: userEmail, "api-key": apiKey},
      body: JSON.stringify({rules})
    });
    if (!response.ok) throw new Error(await response.text());
  };
  made.asked = (path) => made.calls.filter((line) => line.includes(path)).length;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ikigai-runs-"));
    made.platform = await startPlatform({
      ...platformOptions,
      data: folder,
      log: (line) => made.calls.push(line)
    });
    made.client = new Ikigai({...made.platform, retry: 0, onWarning: () => {}});
  });
  beforeEach(async () => {
    await made.faults();
    made.calls.length = 0;
  });
  afterAll(async () => {
    await made.client.close();
    await made.platform.close();
    await rm(folder, {recursive: true, force: true});
  });
  return made;
}

/** Text with this in it. */
export const containing = (text: string): unknown => expect.stringContaining(text);

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-gateway-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

export interface Gateway {
  page: Page;
  /** A page of somebody else. */
  as: (name: string) => Page;
  state: string;
  log: string[];
  close: () => Promise<void>;
}

type GatewayOptions = Partial<Omit<ApiOptions, "config">> & {config?: Config};

/** A gateway that ends with the test. A header names the viewer, as a proxy's would. */
export async function gateway(
  at: World,
  {config: own = config, ...options}: GatewayOptions = {}
): Promise<Gateway> {
  const log: string[] = [];
  const state = options.state ?? (await temporaryFolder());
  const server = serverOf({
    client: at.client,
    log: (line) => log.push(line),
    ...options,
    state,
    config: checkConfig(own)
  });
  await server.listen({host: "127.0.0.1", port: 0});
  let isOpen = true;
  const close = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  onTestFinished(close);
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/api`;
  return {
    page: new Page(url),
    as: (name) => new Page(url, {"x-user": encodeURIComponent(name)}),
    state,
    log,
    close
  };
}

export function serverOf(options: ApiOptions): FastifyInstance {
  const server = Fastify({forceCloseConnections: true});
  server.decorateRequest("viewer");
  server.addHook("onRequest", async (request) => {
    const user = request.headers["x-user"]?.toString();
    const name = user === undefined ? null : decodeURIComponent(user);
    request.viewer = {name, id: name ?? "anybody"};
  });
  server.setErrorHandler((error: {statusCode?: number; body?: unknown; message: string}, _request, reply) =>
    reply
      .code(error.statusCode ?? 500)
      .send(error.body ?? {error: {code: "internal", message: error.message}})
  );
  void server.register(api(options), {prefix: "/api"});
  return server;
}

export interface Answer<T> {
  status: number;
  body: T & Refusal;
}

/** What a page asks of the gateway. */
export class Page {
  constructor(
    readonly url: string,
    private readonly headers: Record<string, string> = {}
  ) {}

  async get<T>(path: string): Promise<Answer<T>> {
    return answered(await fetch(this.url + path, {headers: this.headers}));
  }

  async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const all = {"content-type": "application/json", ...this.headers, ...headers};
    return answered(await fetch(this.url + path, {method: "POST", headers: all, body: text}));
  }

  async delete<T>(path: string): Promise<Answer<T>> {
    return answered(await fetch(this.url + path, {method: "DELETE", headers: this.headers}));
  }

  requestRun(
    flow: string,
    variables: Record<string, unknown> = {},
    key: string = randomUUID()
  ): Promise<Answer<Run>> {
    return this.post(`/flows/${flow}/runs`, {variables}, {[idempotencyHeader]: key});
  }

  async run(id: string): Promise<Run> {
    return (await this.get<Run>(`/runs/${id}`)).body;
  }

  /** The run when it is so. */
  async until(id: string, isSo: (run: Run) => boolean, timeout = 40_000): Promise<Run> {
    const end = performance.now() + timeout;
    for (;;) {
      const run = await this.run(id);
      if (isSo(run)) return run;
      if (performance.now() > end) throw new Error(`The run is still ${JSON.stringify(run)}`);
      await sleep(25);
    }
  }

  ended(id: string): Promise<Run> {
    return this.until(id, ({endedAt, data}) => endedAt !== null && data?.status !== "publishing");
  }

  events(lastEventId?: string): Promise<Events> {
    return Events.open(this.url, {...this.headers, ...(lastEventId && {"last-event-id": lastEventId})});
  }
}

async function answered<T>(response: Response): Promise<Answer<T>> {
  return {status: response.status, body: (await response.json()) as T & Refusal};
}

export type Event = {id: string} & (
  {name: "hello"; data: Hello} | {name: "run"; data: Run} | {name: "publication"; data: Publication}
);

/** A page's stream, each event checked. */
export class Events {
  readonly seen: Event[] = [];
  #wake = () => {};

  private constructor(
    readonly response: Response,
    private readonly stop: AbortController
  ) {
    void this.#read().catch(() => undefined);
  }

  static async open(url: string, headers: Record<string, string>): Promise<Events> {
    const stop = new AbortController();
    const events = new Events(await fetch(url + "/events", {headers, signal: stop.signal}), stop);
    onTestFinished(() => events.close());
    return events;
  }

  /** The events seen, as soon as one of them is so. */
  async until(isSo: (event: Event) => boolean): Promise<Event> {
    for (;;) {
      const found = this.seen.find(isSo);
      if (found) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The events of a run. */
  of(id: string): Run[] {
    return this.seen.flatMap((event) => (event.name === "run" && event.data.id === id ? [event.data] : []));
  }

  close(): void {
    this.stop.abort();
  }

  async #read(): Promise<void> {
    let text = "";
    for await (const chunk of this.response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) if (!block.startsWith(":")) this.seen.push(eventOf(block));
      this.#wake();
    }
  }
}

function eventOf(block: string): Event {
  const [, id, name, data] = /^id: (.+)\nevent: (.+)\ndata: (.+)$/.exec(block)!;
  return {id, name, data: events[name as keyof typeof events].parse(JSON.parse(data!))} as Event;
}
