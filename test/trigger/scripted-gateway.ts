// A gateway that does what a test tells it: real HTTP and a real stream of events, before a folder with a bundled page.
import {createReadStream} from "node:fs";
import {readFile} from "node:fs/promises";
import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize} from "node:path";
import type {FlowInfo, FlowList, Publication, Refusal, Run} from "../../lib/gateway-api/index.js";

/** A request to the API, as it came. */
export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

type Answer = {status: number; body: unknown} | "break" | undefined;

export interface ScriptedGateway {
  url: string;
  asked: Asked[];
  list: FlowList;
  runs: Run[];
  publication: Publication | null;
  /** How many streams of events are open. */
  streams: () => number;
  /** Changes a run, or adds one, and tells every page. */
  run: (run: Partial<Run> & {id: string}) => Run;
  publish: (publication: Publication) => void;
  /** Answers in place of the gateway's own, where it gives one; "break" cuts the connection. */
  answer: (asked: Asked) => Answer;
  /** Breaks every connection and takes no more, as a gateway that is killed. */
  stop: () => Promise<void>;
  /** Listens again at the same port, having forgotten which events it sent. */
  start: () => Promise<void>;
  /** The Content-Security-Policy of the page. */
  csp?: string;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json"
};

export const refusal = (code: Refusal["error"]["code"], message: string, faults?: Record<string, string>) =>
  ({error: {code, message, ...(faults && {faults})}}) satisfies Refusal;

/** A flow as the gateway tells of it. */
export const flowInfo = (info: Partial<FlowInfo> = {}): FlowInfo => ({
  key: "reforecast",
  name: "Employment forecast",
  app: "US employment",
  label: "Re-forecast",
  help: "Makes the forecast again from all months known.",
  variables: {
    horizon: {type: "integer", label: "Horizon", min: 1, max: 52, default: 12, help: "Months ahead."}
  },
  whenRunning: "join",
  writes: ["employment-latest"],
  mayRun: true,
  ...info
});

/** A run as the gateway tells of it. */
export const runOf = (run: Partial<Run> = {}): Run => ({
  id: "run-1",
  flow: "reforecast",
  status: "scheduled",
  progress: null,
  variables: {horizon: 12},
  user: null,
  createdAt: new Date().toISOString(),
  startedAt: null,
  endedAt: null,
  message: "",
  facet: null,
  data: null,
  ...run
});

/** Serves a folder's pages with the gateway's meta element, and the API. */
export async function scriptedGateway(folder: string): Promise<ScriptedGateway> {
  let server: Server;
  let port = 0;
  let epoch = 0;
  let sent: {id: string; text: string}[] = [];
  let streams = new Set<ServerResponse>();

  const gateway: ScriptedGateway = {
    url: "",
    asked: [],
    list: {viewer: null, flows: [flowInfo()], definitions: []},
    runs: [],
    publication: null,
    streams: () => streams.size,
    run(change) {
      const before = gateway.runs.find(({id}) => id === change.id);
      const run = {...(before ?? runOf()), ...change};
      gateway.runs = [run, ...gateway.runs.filter(({id}) => id !== run.id)];
      emit("run", run);
      return run;
    },
    publish(publication) {
      gateway.publication = publication;
      emit("publication", publication);
    },
    answer: () => undefined,
    async start() {
      epoch++;
      sent = [];
      streams = new Set();
      server = createServer((request, response) => void respond(request, response));
      await new Promise<void>((resolve, reject) =>
        server.once("error", reject).listen(port, "127.0.0.1", resolve)
      );
      ({port} = server.address() as AddressInfo);
      gateway.url = `http://127.0.0.1:${port}/`;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };

  function emit(name: string, data: unknown): void {
    const id = `${epoch}-${sent.length + 1}`;
    const text = `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    sent.push({id, text});
    for (const stream of streams) stream.write(text);
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {pathname: path, search} = new URL(request.url ?? "/", gateway.url);
    if (!path.startsWith("/api/")) return void file(path, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const asked: Asked = {
      method: request.method ?? "GET",
      path: path.slice("/api/".length) + search,
      headers: request.headers,
      body: text ? (JSON.parse(text) as unknown) : undefined
    };
    gateway.asked.push(asked);
    const answer = gateway.answer(asked) ?? (path === "/api/events" ? undefined : own(asked));
    if (answer === "break") return void request.socket.destroy();
    if (answer) {
      return void response
        .writeHead(answer.status, {"content-type": "application/json"})
        .end(JSON.stringify(answer.body));
    }
    stream(asked, response);
  }

  function stream({headers}: Asked, response: ServerResponse): void {
    response.writeHead(200, {"content-type": "text/event-stream", "cache-control": "no-store"});
    const last = headers["last-event-id"];
    const at = sent.findIndex(({id}) => id === last);
    if (at >= 0 || last === `${epoch}-0`)
      response.write(
        sent
          .slice(at + 1)
          .map(({text}) => text)
          .join("") || ":\n\n"
      );
    else {
      const runs = gateway.runs.filter(({status}) => ["queued", "scheduled", "running"].includes(status));
      const hello = JSON.stringify({runs, publication: gateway.publication});
      response.write(`retry: 200\nid: ${sent.at(-1)?.id ?? `${epoch}-0`}\nevent: hello\ndata: ${hello}\n\n`);
    }
    streams.add(response);
    response.on("close", () => streams.delete(response));
  }

  /** What a gateway answers when all is well. */
  function own({method, path, body}: Asked): Exclude<Answer, undefined> {
    const [, what, id, part] = /^(\w+)(?:\/([^/?]+))?(?:\/(\w+))?/.exec(path)!;
    const key = id && decodeURIComponent(id);
    if (what === "flows" && !key) return {status: 200, body: gateway.list};
    if (what === "flows" && part === "runs" && method === "POST") {
      const {variables} = body as Pick<Run, "variables">;
      return {status: 201, body: gateway.run({id: `run-${gateway.runs.length + 1}`, flow: key!, variables})};
    }
    if (what === "flows" && part === "runs") {
      return {status: 200, body: {runs: gateway.runs.filter(({flow}) => flow === key)}};
    }
    if (what === "runs") {
      const run = gateway.runs.find((run) => run.id === key);
      if (run) return {status: 200, body: run};
    }
    return {status: 404, body: refusal("unknown", `there is no ${path}`)};
  }

  async function file(path: string, response: ServerResponse): Promise<void> {
    const name = normalize(path === "/" ? "/index.html" : path);
    const type = types[extname(name)] ?? "application/octet-stream";
    if (name.endsWith(".html")) {
      const html = await readFile(join(folder, name), "utf8").catch(() => undefined);
      if (html === undefined) return void response.writeHead(404).end();
      response.writeHead(200, {
        "content-type": type,
        ...(gateway.csp && {"content-security-policy": gateway.csp})
      });
      return void response.end(html.replace(/<meta/, '<meta name="ikigai-gateway" content="/api"><meta'));
    }
    createReadStream(join(folder, name))
      .on("error", () => response.writeHead(404).end())
      .once("open", () => response.writeHead(200, {"content-type": type}))
      .pipe(response);
  }

  await gateway.start();
  return gateway;
}
