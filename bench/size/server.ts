// Serves a folder with ranges, and counts the bytes of each file that were sent.
import {createReadStream} from "node:fs";
import {stat} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize} from "node:path";
import {byteRange} from "../../lib/wire/byte-range.js";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm"
};

export interface CountingServer {
  url: string;
  /** Bytes of bodies so far, by the file's name. */
  sent: Map<string, number>;
  close: () => void;
}

export async function serveCounting(folder: string): Promise<CountingServer> {
  const sent = new Map<string, number>();
  const server = createServer((request, response) => {
    void (async () => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
      const name = path === "/" ? "index.html" : path.slice(1);
      const file = join(folder, name);
      const found = await stat(file).catch(() => undefined);
      if (!found?.isFile()) return response.writeHead(404).end();
      const range = byteRange(request.headers.range, found.size);
      if (range === "none") return response.writeHead(416).end();
      const [start, end] = range ? [range.first, range.last] : [0, found.size - 1];
      sent.set(name, (sent.get(name) ?? 0) + end - start + 1);
      response.writeHead(range ? 206 : 200, {
        "Content-Type": types[extname(name)] ?? "application/octet-stream",
        "Content-Length": end - start + 1,
        "Accept-Ranges": "bytes",
        ETag: `"${found.size}"`,
        ...(range && {"Content-Range": `bytes ${start}-${end}/${found.size}`})
      });
      return createReadStream(file, {start, end})
        .on("error", () => response.destroy())
        .pipe(response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent,
    close: () => {
      server.close();
      server.closeAllConnections();
    }
  };
}
