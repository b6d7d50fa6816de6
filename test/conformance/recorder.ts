// A proxy before a platform that notes what a client asks, so that two clients can be held against each other (comparison.ts).
import {once} from "node:events";
import {createServer, request, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {buffer} from "node:stream/consumers";

export interface RecordedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  /** Those of `keptHeaders`; of the key only that there is one. */
  headers: Record<string, string>;
  /** Parsed where it is JSON, otherwise as text; undefined where there is none. */
  body?: unknown;
}

export interface Recorder {
  /** Where clients find the platform now. */
  baseUrl: string;
  /** What was asked since the last `take`, in order. */
  asked: () => readonly RecordedRequest[];
  /** The same, and begins again. */
  take: () => RecordedRequest[];
  /** What the platform has made so far, by id: "dataset 2" for the second one. */
  made: ReadonlyMap<string, string>;
  close: () => Promise<void>;
}

/** The headers that mean something to the platform or its object store, and aren't the transport's own. */
const keptHeaders = ["user", "api-key", "content-type", "cache-control", "content-encoding", "range"];

/**
 * Records what is asked of the platform at `target`, its object store included: the URLs that the platform signs are led
 * through here too. The key is passed on and not kept.
 */
export async function record(target: string): Promise<Recorder> {
  let requests: RecordedRequest[] = [];
  const made = new Map<string, string>();
  let baseUrl = "";

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await buffer(incoming);
    const {method, headers, url = "/"} = incoming;
    requests.push(recorded(incoming, body));
    const forwarded = request(new URL(url, target), {method, headers}).end(body);
    const [reply] = (await once(forwarded, "response")) as [IncomingMessage];
    const content = await buffer(reply);
    if (method === "POST" && isJson(reply)) note(made, content);
    const redirected = isJson(reply) ? Buffer.from(content.toString().replaceAll(target, baseUrl)) : content;
    const {"transfer-encoding": _, ...kept} = reply.headers;
    outgoing.writeHead(reply.statusCode!, {...kept, "content-length": redirected.length}).end(redirected);
  };

  const server = createServer((incoming, outgoing) => {
    // A platform that can't be reached looks like a connection that breaks.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl,
    asked: () => requests,
    take: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    made,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    }
  };
}

/** Names the id of what was made: creating answers `{dataset_id}`, as editing does, which makes nothing new. */
function note(made: Map<string, string>, answer: Buffer): void {
  for (const [field, id] of Object.entries(
    (JSON.parse(answer.toString()) ?? {}) as Record<string, unknown>
  )) {
    if (!field.endsWith("_id") || typeof id !== "string" || id === "" || made.has(id)) continue;
    const kind = field.slice(0, -"_id".length);
    const count = [...made.values()].filter((name) => name.startsWith(`${kind} `)).length;
    made.set(id, `${kind} ${count + 1}`);
  }
}

const isJson = ({headers}: IncomingMessage) =>
  headers["content-type"]?.startsWith("application/json") ?? false;

function recorded(incoming: IncomingMessage, body: Buffer): RecordedRequest {
  const {pathname, searchParams} = new URL(incoming.url ?? "/", "http://platform");
  const text = body.toString();
  return {
    method: incoming.method!,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = incoming.headers[name];
        return value === undefined ? [] : [[name, name === "api-key" ? "<key>" : String(value)]];
      })
    ),
    ...(text !== "" && {body: isJson(incoming) ? (JSON.parse(text) as unknown) : text})
  };
}
