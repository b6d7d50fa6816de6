// A proxy before a platform that notes what a client asks, so that two clients can be held against each other.
import {once} from "node:events";
import {createServer, request, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {buffer} from "node:stream/consumers";

export interface RecordedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  /** Parsed where it is JSON, otherwise as text; undefined where there is none. */
  body?: unknown;
}

export interface Recorder {
  /** Where clients find the platform now. */
  baseUrl: string;
  /** What was asked since the last time, in order. */
  take: () => RecordedRequest[];
  close: () => Promise<void>;
}

/**
 * Records what is asked of the platform at `target`, its object store included: the URLs that the platform signs are led
 * through here too. Headers are passed on and not kept, so no key is.
 */
export async function record(target: string): Promise<Recorder> {
  let requests: RecordedRequest[] = [];
  let baseUrl = "";

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await buffer(incoming);
    requests.push(recorded(incoming, body));
    const {method, headers, url = "/"} = incoming;
    const forwarded = request(new URL(url, target), {method, headers}).end(body);
    const [reply] = (await once(forwarded, "response")) as [IncomingMessage];
    const content = await buffer(reply);
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
    take: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    }
  };
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
    ...(text !== "" && {body: isJson(incoming) ? (JSON.parse(text) as unknown) : text})
  };
}

/**
 * The requests without what differs each time: ids are numbered as they appear, signatures and times are blanked. What
 * two clients ask for the same purpose is then equal.
 */
export function comparable(requests: RecordedRequest[]): RecordedRequest[] {
  const ids = new Map<string, string>();
  const named = (id: string) => ids.get(id) ?? ids.set(id, `<id ${ids.size + 1}>`).get(id)!;
  const words = (text: string) =>
    text
      .replaceAll(/\b[0-9A-Za-z]{27}\b/g, named)
      .replaceAll(/^\d{10}$/g, "<time>")
      .replaceAll(/^"[0-9a-f]{32}"$/g, "<etag>");
  const plain = (value: unknown): unknown => {
    if (typeof value === "string") return words(value);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  };
  return requests.map(({method, path, query, body}) => {
    const {Signature: signature, Expires: _, ...rest} = query;
    return {
      method,
      path: words(path),
      query: plain(signature === undefined ? query : rest) as Record<string, string>,
      ...(body !== undefined && {body: plain(body)})
    };
  });
}
