// The web workers of a page, as threads of Node: DuckDB-WASM runs in one. They read the site's files and nothing else.
import {extname} from "node:path";
import {Worker as Thread, type TransferListItem} from "node:worker_threads";

/** What the thread is started with. */
export interface ThreadData {
  site: string;
  /** The worker's script and its URL. */
  source: string;
  url: string;
}

const program = new URL(`./web-worker-program${extname(import.meta.url)}`, import.meta.url);

/** The class `Worker` for a page. */
export const workerOf = (
  site: string,
  fetchText: (url: string) => Promise<{url: string; source: string}>
): unknown =>
  class Worker extends EventTarget {
    onmessage: ((event: MessageEvent) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;
    readonly #thread: Promise<Thread>;

    constructor(url: string | URL) {
      super();
      this.#thread = fetchText(String(url)).then((script) => {
        const workerData: ThreadData = {site, ...script};
        const thread = new Thread(program, {workerData, env: {TZ: "UTC"}});
        thread.on("message", (data: unknown) => this.#tell(new MessageEvent("message", {data})));
        thread.on("error", (error) =>
          this.#tell(Object.assign(new Event("error"), {message: error.message, error}))
        );
        return thread;
      });
      this.#thread.catch((error: Error) =>
        this.#tell(Object.assign(new Event("error"), {message: error.message, error}))
      );
    }

    postMessage(message: unknown, transfer?: TransferListItem[] | {transfer?: TransferListItem[]}): void {
      const list = Array.isArray(transfer) ? transfer : transfer?.transfer;
      void this.#thread.then((thread) => thread.postMessage(message, list)).catch(() => undefined);
    }

    terminate(): void {
      void this.#thread.then((thread) => thread.terminate()).catch(() => undefined);
    }

    #tell(event: Event): void {
      if (event.type === "message") this.onmessage?.(event as MessageEvent);
      else this.onerror?.(event);
      this.dispatchEvent(event);
    }
  };
