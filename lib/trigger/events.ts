// The page's one stream of events from its gateway: opened for the first listener, closed soon after the last is gone.
import type {Hello, Publication, Run} from "../gateway-api/index.js";
import {gatewayPath} from "./gateway.js";
import {isOver} from "./run-state.js";

export interface Listener {
  /** The current state: when it begins to listen and the stream is open, and whenever the stream can't resume where it was. */
  hello?: (hello: Hello) => void;
  run?: (run: Run) => void;
  publication?: (publication: Publication) => void;
  /** Whether the stream is open. */
  connected?: (isOpen: boolean) => void;
}

/** Milliseconds that the stream stays open without listeners: Framework replaces a cell by ending the old one first. */
const closeDelay = 1_000;
/** Milliseconds after which a hidden page closes the stream: browsers allow six connections to a host for all tabs together. */
const hiddenCloseDelay = 20_000;
/** Milliseconds to the first and between later tries to reopen the stream, where the browser has given up. */
const firstRetry = 500;
const slowestRetry = 15_000;

const listeners = new Map<Listener, {evenHidden: boolean}>();
let stream: EventSource | undefined;
let retries = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let closing: ReturnType<typeof setTimeout> | undefined;
let watchesPage = false;
let lastHello: Hello | undefined;

/**
 * Listens to the gateway's events until the returned function is called. `evenHidden` keeps the stream open in a hidden
 * tab. Without a gateway nothing happens.
 */
export function listen(listener: Listener, {evenHidden = false} = {}): () => void {
  if (gatewayPath() === undefined) return () => undefined;
  listeners.set(listener, {evenHidden});
  watchPage();
  update();
  if (lastHello && stream?.readyState === EventSource.OPEN) {
    listener.connected?.(true);
    listener.hello?.(lastHello);
  }
  return () => {
    listeners.delete(listener);
    update();
  };
}

/** Opens the stream at once instead of waiting for the next try: after a sign-in, or when the network is back. */
export function reconnect(): void {
  if (stream?.readyState === EventSource.OPEN) return;
  close();
  retries = 0;
  update();
}

function watchPage(): void {
  if (watchesPage) return;
  watchesPage = true;
  addEventListener("online", reconnect);
  document.addEventListener("visibilitychange", update);
  // A page kept for the Back button must not hold a connection, and comes back with an old state.
  addEventListener("pagehide", close);
  addEventListener("pageshow", update);
}

const isWanted = () =>
  listeners.size > 0 && (!document.hidden || [...listeners.values()].some(({evenHidden}) => evenHidden));

/** Opens the stream, or closes it after a while, depending on the listeners. */
function update(): void {
  if (isWanted()) {
    clearTimeout(closing);
    closing = undefined;
    if (!stream && retry === undefined) open();
  } else {
    closing ??= setTimeout(
      () => {
        closing = undefined;
        if (!isWanted()) close();
      },
      listeners.size ? hiddenCloseDelay : closeDelay
    );
  }
}

function open(): void {
  const source = (stream = new EventSource(`${gatewayPath()}/events`));
  source.addEventListener("open", () => {
    retries = 0;
    notify("connected", true);
  });
  source.addEventListener("error", () => {
    notify("connected", false);
    // The browser itself tries again where the connection broke, and resumes; not where a proxy answered for the gateway.
    if (source.readyState !== EventSource.CLOSED || source !== stream) return;
    stream = undefined;
    const wait = Math.min(firstRetry * 2 ** retries++, slowestRetry) * (0.75 + Math.random() / 2);
    retry = setTimeout(() => {
      retry = undefined;
      update();
    }, wait);
  });
  on("hello", (hello: Hello) => {
    lastHello = hello;
    notify("hello", hello);
  });
  on("run", (run: Run) => {
    lastHello &&= {
      ...lastHello,
      runs: [...lastHello.runs.filter(({id}) => id !== run.id), ...(isOver(run) ? [] : [run])]
    };
    notify("run", run);
  });
  on("publication", (publication: Publication) => {
    lastHello &&= {...lastHello, publication};
    notify("publication", publication);
  });

  function on<T>(name: string, act: (message: T) => void): void {
    source.addEventListener(name, ({data}: MessageEvent<string>) => act(JSON.parse(data) as T));
  }
}

function close(): void {
  clearTimeout(retry);
  retry = undefined;
  stream?.close();
  stream = undefined;
  lastHello = undefined;
}

function notify<K extends keyof Listener>(what: K, value: Parameters<NonNullable<Listener[K]>>[0]): void {
  for (const listener of [...listeners.keys()]) {
    try {
      (listener[what] as ((value: unknown) => void) | undefined)?.(value);
    } catch (error) {
      reportError(error); // a page's own callback must not keep the others from the event
    }
  }
}
