// A file server that knows ranges, as hosts of sites do, and notes what it sent: so tests can count bytes.
import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import {readFile} from "node:fs/promises";
import type {AddressInfo} from "node:net";
import {extname, join, normalize} from "node:path";
import {gzipSync} from "node:zlib";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm"
};

/** How the server answers. */
export interface Habits {
  ranges: boolean;
  gzip: boolean;
}

/** A request for a data file: the range asked for, and how many bytes of its body were sent. */
export interface Served {
  name: string;
  range: string | undefined;
  bytes: number;
}

/** Serves a folder on a free port of the loopback. */
export async function serveRanges(folder: string): Promise<{
  url: string;
  habits: Habits;
  served: Served[];
  /** Files that stand for those of the folder, by name. */
  replaced: Map<string, Buffer>;
  close: () => Promise<void>;
}> {
  const habits: Habits = {ranges: true, gzip: false};
  const served: Served[] = [];
  const replaced = new Map<string, Buffer>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const name = path === "/" ? "index.html" : path.slice(1);
    const whole = replaced.get(name) ?? (await readFile(join(folder, name)).catch(() => undefined));
    if (!whole) return void response.writeHead(404).end();
    const headers: Record<string, string> = {
      "Content-Type": types[extname(name)] ?? "application/octet-stream",
      ETag: `W/"${whole.length}-${replaced.has(name) ? "new" : "old"}"`
    };
    const {range} = request.headers;
    const [, from, to] = (habits.ranges && /^bytes=(\d*)-(\d*)$/.exec(range ?? "")) || [];
    let body = whole;
    let status = 200;
    if (from !== undefined) {
      const start = from ? Number(from) : Math.max(0, whole.length - Number(to));
      const end = from && to ? Math.min(whole.length, Number(to) + 1) : whole.length;
      if (start >= end) return void response.writeHead(416).end();
      body = whole.subarray(start, end);
      status = 206;
      headers["Content-Range"] = `bytes ${start}-${end - 1}/${whole.length}`;
    }
    if (habits.gzip && status === 200 && String(request.headers["accept-encoding"]).includes("gzip")) {
      body = gzipSync(body);
      headers["Content-Encoding"] = "gzip";
    }
    if (name.endsWith(".parquet")) served.push({name, range, bytes: body.length});
    response.writeHead(status, {...headers, "Content-Length": body.length}).end(body);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    habits,
    served,
    replaced,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
