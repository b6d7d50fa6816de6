// A browser's globals as far as charts use them: jsdom's document, a width, a theme, and the site's own files instead of a network.
import {JSDOM} from "jsdom";
import type {Activity} from "./activity.js";
import {workerOf} from "./web-worker.js";
import {pathOf, readSiteFile} from "./site-file.js";

export interface DomOptions {
  html: string;
  /** The page's URL. */
  url: string;
  site: string;
  theme: "light" | "dark";
  /** What `resize` and `width` give, in pixels. */
  width: number;
  activity: Activity;
  /** Ties a function to the cell that runs now, and takes what it throws later. */
  guarded: <T extends unknown[]>(work: (...args: T) => unknown) => (...args: T) => void;
}

/** Names that must stay Node's: its modules and binary types work together, and jsdom has none or poorer ones. */
const ofNode =
  /^(?:globalThis|global|Object|Function|Array|.*Array|ArrayBuffer|DataView|Promise|Proxy|Reflect|Map|Set|WeakMap|WeakSet|WeakRef|Symbol|BigInt|Number|String|Boolean|Math|JSON|Intl|Date|RegExp|.*Error|eval|parse(?:Int|Float)|is(?:NaN|Finite)|(?:en|de)codeURI.*|(?:un)?escape|undefined|NaN|Infinity|console|Atomics|WebAssembly|SharedArrayBuffer|FinalizationRegistry|Iterator|URL|URLSearchParams|Blob|File|FormData|Headers|AbortController|AbortSignal|(?:set|clear)(?:Timeout|Interval|Immediate)|queueMicrotask|structuredClone|performance|crypto|fetch|Response|Request|TextEncoder|TextDecoder|atob|btoa|MessageChannel|MessagePort|BroadcastChannel|WebSocket|EventSource|XMLHttpRequest|localStorage|sessionStorage)$/;

/** Makes this process, which does nothing else, the page's browser. Its globals are replaced for good. */
export function enterPage(options: DomOptions): JSDOM {
  const {html, url, theme, width} = options;
  const dom = new JSDOM(html, {url, pretendToBeVisual: false});
  const {window} = dom;
  const page = globalThis as unknown as Record<string, unknown>;
  const define = (values: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(page, name, {value, configurable: true, writable: true});
    }
  };
  for (const name of ["XMLHttpRequest", "WebSocket"]) Reflect.deleteProperty(window, name);
  for (const name of Object.getOwnPropertyNames(window)) {
    if (ofNode.test(name) || (name in page && /^[a-z]/.test(name) && name !== "navigator")) continue;
    const descriptor = Object.getOwnPropertyDescriptor(window, name)!;
    const value: unknown = descriptor.get ? descriptor.get.call(window) : descriptor.value;
    Object.defineProperty(page, name, {value, configurable: true, writable: true});
  }
  define({
    window: page,
    self: page,
    devicePixelRatio: 1,
    innerWidth: width,
    innerHeight: 800,
    matchMedia: (query: string) => mediaList(query, theme),
    requestAnimationFrame: (callback: (time: number) => void) =>
      setTimeout(() => callback(performance.now()), 1),
    cancelAnimationFrame: (frame: NodeJS.Timeout) => clearTimeout(frame),
    ResizeObserver: observerOf(options, (target) => ({
      target,
      contentRect: {
        x: 0,
        y: 0,
        top: 0,
        left: 0,
        right: width,
        bottom: height(width),
        width,
        height: height(width)
      }
    })),
    IntersectionObserver: observerOf(options, (target) => ({
      target,
      isIntersecting: true,
      intersectionRatio: 1
    })),
    fetch: (input: string | URL | {url: string}, init: {signal?: AbortSignal} = {}) =>
      options.activity.during(fetchFromSite(options, input, init)),
    Worker: workerOf(options.site, async (address) => {
      const script = new URL(address, url).href;
      const response = await fetchFromSite(options, script);
      if (!response.ok) throw new Error(`${script} is not a file of the site`);
      return {url: script, source: await response.text()};
    }),
    CSSStyleSheet: StyleSheet,
    // Nothing of a page that is drawn once comes from a server, and nothing leaves this machine.
    WebSocket: undefined,
    EventSource: undefined,
    XMLHttpRequest: undefined,
    BroadcastChannel: undefined,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    dispatchEvent: window.dispatchEvent.bind(window)
  });
  Object.defineProperty(window.document, "adoptedStyleSheets", {value: [], writable: true});
  // Charts that scatter points at random look the same each time.
  Math.random = sequence();
  return dom;
}

/** A stylesheet that a script makes, which is for controls: charts have their styles in themselves. */
class StyleSheet {
  replaceSync() {}
  async replace() {
    return this;
  }
  insertRule() {
    return 0;
  }
}

/** The height of a box that is as wide as the picture, where a chart asks for it. */
const height = (width: number) => Math.round(width / 2);

function observerOf({guarded}: DomOptions, entryOf: (target: unknown) => object) {
  return class {
    readonly #report: (entries: object[]) => void;
    #isOpen = true;
    constructor(callback: (entries: object[], observer: unknown) => unknown) {
      this.#report = guarded((entries: object[]) => (this.#isOpen ? callback(entries, this) : undefined));
    }
    observe(target: unknown) {
      setTimeout(() => this.#report([entryOf(target)]), 0);
    }
    unobserve() {}
    disconnect() {
      this.#isOpen = false;
    }
  };
}

function mediaList(query: string, theme: string) {
  const [, wanted] = /prefers-color-scheme:\s*(\w+)/.exec(query) ?? [];
  const target = new EventTarget();
  return Object.assign(target, {
    media: query,
    matches: wanted === theme,
    addListener() {},
    removeListener() {}
  });
}

async function fetchFromSite(
  {site, url: base}: DomOptions,
  input: string | URL | {url: string},
  {signal}: {signal?: AbortSignal} = {}
): Promise<Response> {
  const url = new URL(typeof input === "object" && "url" in input ? input.url : input, base);
  signal?.throwIfAborted();
  if (url.protocol === "data:" || url.protocol === "blob:") return nodeFetch(url);
  const path = pathOf(url);
  // As a browser without a network has it.
  if (path === undefined)
    throw new TypeError(`${url.href} is not of the site, and a page that is rendered sends no requests`);
  const bytes = await readSiteFile(site, path);
  const response = bytes
    ? new Response(new Uint8Array(bytes), {
        headers: {"content-type": typeOf(path), "content-length": String(bytes.length)}
      })
    : new Response(null, {status: 404, statusText: "Not Found"});
  Object.defineProperty(response, "url", {value: url.href});
  return response;
}

const nodeFetch = globalThis.fetch;

const types: Record<string, string> = {
  json: "application/json",
  js: "text/javascript",
  wasm: "application/wasm",
  html: "text/html",
  csv: "text/csv",
  svg: "image/svg+xml"
};
const typeOf = (path: string) => types[/\.(\w+)$/.exec(path)?.[1] ?? ""] ?? "application/octet-stream";

/** Numbers in [0, 1) that look random and are the same in every process (Mulberry32). */
function sequence(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
