// The stream of events that every page holds open: an event is serialized once for all pages, a page that lost its connection gets
// what it missed, and one that reads slowly gets the latest state instead of a backlog.
import {randomBytes} from "node:crypto";
import type {OutgoingHttpHeaders, ServerResponse} from "node:http";
import type {Hello, Publication, Run} from "../../gateway-api/index.js";

/** How much is kept for pages that come back: events, and their bytes. */
const keptEvents = 1_000;
const keptBytes = 4 * 2 ** 20;

/** Milliseconds between two heartbeats, which keep proxies from closing a stream without events. */
const heartbeat = 15_000;

/** Milliseconds after which a reader that takes nothing is disconnected; it may come back. */
const longestBlock = 60_000;

const headers: OutgoingHttpHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff"
};

interface Event {
  number: number;
  /** What it is about. Of several events about the same thing the last one is enough. */
  about: string;
  bytes: Buffer;
}

interface Reader {
  response: ServerResponse;
  /** Number of the last event that was sent. */
  sent: number;
  /** `performance.now()` since when the connection takes no more; undefined while it does. */
  blockedSince: number | undefined;
}

export class EventStream {
  /** Distinguishes the events of this process from those of an earlier one. */
  readonly #boot = randomBytes(6).toString("hex");
  readonly #events: Event[] = [];
  readonly #readers = new Set<Reader>();
  readonly #timer = setInterval(() => this.#beat(), heartbeat).unref();
  #last = 0;
  #bytes = 0;

  /** `hello` returns the current state, for a page that connects. */
  constructor(private readonly hello: () => Hello) {}

  /** How many pages hold it open. */
  get readers(): number {
    return this.#readers.size;
  }

  /** Sends every page the current state of a run. */
  run(run: Run): void {
    this.#emit("run", run.id, run);
  }

  /** Sends every page a publication. */
  publication(publication: Publication): void {
    this.#emit("publication", `publication ${this.#last + 1}`, publication);
  }

  /**
   * Sends a page all events from now on, or from after the one with the id `lastEventId`, if that is still known. Otherwise
   * the stream begins with the current state.
   */
  open(response: ServerResponse, ownHeaders: OutgoingHttpHeaders, lastEventId: string | undefined): void {
    response.writeHead(200, {...ownHeaders, ...headers});
    const reader: Reader = {response, sent: this.#numberOf(lastEventId) ?? -1, blockedSince: undefined};
    this.#readers.add(reader);
    response.on("close", () => this.#readers.delete(reader));
    response.on("error", () => this.#readers.delete(reader));
    response.on("drain", () => {
      reader.blockedSince = undefined;
      this.#catchUp(reader);
    });
    this.#write(reader, ":\n\n");
    this.#catchUp(reader);
  }

  /** Ends every page's stream; pages reconnect when the gateway is back. */
  close(): void {
    clearInterval(this.#timer);
    for (const {response} of this.#readers) response.end();
    this.#readers.clear();
  }

  #emit(name: string, about: string, data: unknown): void {
    const number = ++this.#last;
    const event = {number, about, bytes: this.#encode(name, number, data)};
    this.#events.push(event);
    this.#bytes += event.bytes.length;
    while (this.#events.length > keptEvents || this.#bytes > keptBytes) {
      this.#bytes -= this.#events.shift()!.bytes.length;
    }
    for (const reader of this.#readers) {
      if (reader.blockedSince === undefined) this.#send(reader, event);
    }
  }

  #encode(name: string, number: number, data: unknown): Buffer {
    // JSON has no line breaks, so that one line of data carries it.
    return Buffer.from(`id: ${this.#boot}-${number}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** The number of an event, if all later events are still known; else undefined. */
  #numberOf(id: string | undefined): number | undefined {
    const [, boot, digits] = /^([0-9a-f]+)-(\d{1,15})$/.exec(id ?? "") ?? [];
    const number = Number(digits);
    return boot === this.#boot && number <= this.#last && this.#hasAllAfter(number) ? number : undefined;
  }

  #hasAllAfter(number: number): boolean {
    return number === this.#last || (this.#events[0]?.number ?? Infinity) <= number + 1;
  }

  /** Sends a reader what it missed: of each thing only the latest event. */
  #catchUp(reader: Reader): void {
    if (reader.blockedSince !== undefined || reader.sent === this.#last) return;
    if (reader.sent < 0 || !this.#hasAllAfter(reader.sent)) {
      const bytes = this.#encode("hello", this.#last, this.hello());
      return this.#send(reader, {number: this.#last, about: "", bytes});
    }
    const missed = this.#events.filter(({number}) => number > reader.sent);
    const latest = new Map(missed.map(({about, number}) => [about, number]));
    for (const event of missed) {
      if (reader.blockedSince !== undefined) return;
      if (latest.get(event.about) === event.number) this.#send(reader, event);
    }
  }

  #send(reader: Reader, {number, bytes}: Event): void {
    reader.sent = number;
    this.#write(reader, bytes);
  }

  #write(reader: Reader, bytes: Buffer | string): void {
    const {response} = reader;
    // The close event of a broken connection comes a moment later.
    if (response.destroyed) return;
    if (!response.write(bytes)) reader.blockedSince ??= performance.now();
  }

  #beat(): void {
    for (const reader of this.#readers) {
      if (reader.blockedSince === undefined) this.#write(reader, ":\n\n");
      else if (performance.now() - reader.blockedSince > longestBlock) reader.response.destroy();
    }
  }
}
