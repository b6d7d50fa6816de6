// Runs in a thread: a web worker's globals, and then the worker's script.
import {readFileSync, realpathSync} from "node:fs";
import {join, relative, sep} from "node:path";
import {runInThisContext} from "node:vm";
import {parentPort, workerData} from "node:worker_threads";
import {closeNetwork} from "./no-network.js";
import {pathOf} from "./site-file.js";
import type {ThreadData} from "./web-worker.js";

const {site, source, url: scriptUrl} = workerData as ThreadData;
const port = parentPort!;
closeNetwork();

/** The bytes of the site's file that the URL means; undefined where there is none. */
function read(url: string): Buffer | undefined {
  const path = pathOf(new URL(url, scriptUrl.startsWith("blob:") ? undefined : scriptUrl));
  if (path === undefined) return undefined;
  try {
    const file = realpathSync(join(site, path));
    return relative(realpathSync(site), file).split(sep)[0] === ".." ? undefined : readFileSync(file);
  } catch {
    return undefined;
  }
}

/** A request for a file of the site that is answered at once: DuckDB-WASM reads ranges of files so. */
class XMLHttpRequest {
  responseType = "";
  response: unknown = null;
  responseText = "";
  status = 0;
  readyState = 0;
  onload: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onprogress: ((event: object) => void) | null = null;
  onreadystatechange: (() => void) | null = null;
  #method = "GET";
  #url = "";
  #range: string | undefined;
  #headers: Record<string, string> = {};

  open(method: string, url: string): void {
    this.#method = method.toUpperCase();
    this.#url = url;
    this.readyState = 1;
  }
  overrideMimeType(): void {}
  abort(): void {}
  setRequestHeader(name: string, value: string): void {
    if (name.toLowerCase() === "range") this.#range = value;
  }
  getResponseHeader(name: string): string | null {
    return this.#headers[name.toLowerCase()] ?? null;
  }
  send(): void {
    const whole = read(this.#url);
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(this.#range ?? "") ?? [];
    const bytes = from === undefined ? whole : whole?.subarray(Number(from), to ? Number(to) + 1 : undefined);
    this.status = bytes ? (from === undefined ? 200 : 206) : 404;
    this.readyState = 4;
    if (bytes) {
      this.#headers = {"content-length": String(bytes.length), "accept-ranges": "bytes"};
      if (from !== undefined)
        this.#headers["content-range"] = `bytes ${from}-${Number(from) + bytes.length - 1}/${whole!.length}`;
    }
    const body = this.#method === "HEAD" ? Buffer.alloc(0) : (bytes ?? Buffer.alloc(0));
    if (this.responseType === "arraybuffer")
      this.response = body.buffer.slice(body.byteOffset, body.byteOffset + body.length);
    else this.response = this.responseText = body.toString("utf8");
    this.onreadystatechange?.();
    this.onload?.({target: this});
  }
}

async function fetchFromSite(input: string | URL | {url: string}): Promise<Response> {
  const url = typeof input === "object" && "url" in input ? input.url : String(input);
  const bytes = read(url);
  return bytes
    ? new Response(new Uint8Array(bytes), {
        headers: {"content-type": url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream"}
      })
    : new Response(null, {status: 404});
}

const globals: Record<string, unknown> = {
  self: globalThis,
  location: new URL(scriptUrl),
  navigator: {userAgent: "ikigai-kit", hardwareConcurrency: 1},
  onmessage: null,
  postMessage: (message: unknown, transfer?: Parameters<typeof port.postMessage>[1]) =>
    port.postMessage(message, transfer),
  close: () => port.close(),
  importScripts(...urls: string[]) {
    for (const url of urls) {
      const script = read(url);
      if (!script) throw new Error(`${url} is not a file of the site`);
      runInThisContext(script.toString("utf8"), url);
    }
  },
  XMLHttpRequest,
  fetch: fetchFromSite,
  WebSocket: undefined,
  EventSource: undefined,
  process: undefined
};
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, {value, configurable: true, writable: true});

const listeners = new EventTarget();
for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"] as const)
  Object.defineProperty(globalThis, name, {value: listeners[name].bind(listeners), configurable: true});
port.on("message", (data: unknown) => {
  const event = new MessageEvent("message", {data});
  (globalThis as unknown as {onmessage: ((event: MessageEvent) => void) | null}).onmessage?.(event);
  listeners.dispatchEvent(event);
});
runInThisContext(source, scriptUrl);
