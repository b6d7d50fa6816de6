// Counts what the gateway does, and tells it as Prometheus reads it.
import type {Run} from "../gateway-api/index.js";
import {refreshOutcomes, type Health} from "./health.js";

/** Upper bounds of the classes of durations, in seconds. */
const bounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];

const queryOutcomes = ["answered", "cached", "failed", "refused", "cancelled"] as const;
/** The outcome of a statement; one that was `refused` wanted more than it may have. */
export type QueryOutcome = (typeof queryOutcomes)[number];

type Labels = Record<string, string>;

/** A number under a name and labels: counting must cost next to nothing. */
interface Value {
  value: number;
}

/** One name with its values, by their labels. */
class Family {
  readonly #values = new Map<string, Value>();

  constructor(
    readonly name: string,
    readonly type: "counter" | "gauge" | "histogram",
    readonly help: string
  ) {}

  /** The value with these labels; a histogram's have a suffix. What hasn't happened yet is told as 0, so that its first time is a rise. */
  of(labels: Labels = {}, suffix = ""): Value {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
    const key = this.name + suffix + (pairs.length > 0 ? `{${pairs.join(",")}}` : "");
    const found = this.#values.get(key) ?? {value: 0};
    this.#values.set(key, found);
    return found;
  }

  set(value: number, labels: Labels = {}): this {
    this.of(labels).value = value;
    return this;
  }

  toString(): string {
    const lines = Array.from(this.#values, ([key, {value}]) => `${key} ${value}`);
    return [`# HELP ${this.name} ${this.help}`, `# TYPE ${this.name} ${this.type}`, ...lines].join("\n");
  }
}

const escaped = (value: string) =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

export const metricsType = "text/plain; version=0.0.4; charset=utf-8";

export class Metrics {
  readonly #requests = new Family(
    "ikigai_requests_total",
    "counter",
    "Requests answered, by class of status."
  );
  readonly #durations = new Family(
    "ikigai_request_duration_seconds",
    "histogram",
    "How long requests took until their last byte was sent, streams of events apart."
  );
  readonly #bytes = new Family(
    "ikigai_sent_bytes_total",
    "counter",
    "Bytes of the bodies of answers, streams of events apart."
  );
  readonly #runs = new Family("ikigai_runs_total", "counter", "Runs that have ended, by how.");
  readonly #publications = new Family(
    "ikigai_publications_total",
    "counter",
    "New sites since the start: those that are served, and those that could not be taken."
  );

  readonly #queries = new Family(
    "ikigai_queries_total",
    "counter",
    "Statements that pages sent to the gateway, by outcome."
  );
  #pool: {running: number; waiting: number} | undefined;

  readonly #ofClass = [2, 3, 4, 5].map((first) => this.#requests.of({status: `${first}xx`}));
  readonly #upTo = bounds.map((bound) => this.#durations.of({le: String(bound)}, "_bucket"));
  readonly #all = this.#durations.of({le: "+Inf"}, "_bucket");
  readonly #sum = this.#durations.of({}, "_sum");
  readonly #count = this.#durations.of({}, "_count");
  readonly #sent = this.#bytes.of();

  constructor() {
    for (const status of ["done", "failed", "stopped", "lost"]) this.#runs.of({status});
    for (const outcome of ["served", "refused"]) this.#publications.of({outcome});
  }

  request(statusCode: number): void {
    const counted = this.#ofClass[Math.floor(statusCode / 100) - 2];
    if (counted) ++counted.value;
  }

  duration(seconds: number, bytes: number): void {
    for (let i = bounds.length - 1; i >= 0 && seconds <= bounds[i]!; --i) ++this.#upTo[i]!.value;
    ++this.#all.value;
    ++this.#count.value;
    this.#sum.value += seconds;
    this.#sent.value += bytes;
  }

  query(outcome: QueryOutcome): void {
    ++this.#queries.of({outcome}).value;
  }

  /** Tells from now on how many queries run and wait. */
  watchQueries(pool: {readonly running: number; readonly waiting: number}): void {
    this.#pool = pool;
    for (const outcome of queryOutcomes) this.#queries.of({outcome});
  }

  runEnded(status: Run["status"]): void {
    ++this.#runs.of({status}).value;
  }

  publication(outcome: "served" | "refused"): void {
    ++this.#publications.of({outcome}).value;
  }

  /** All of it, with how things stand now. */
  text({health, eventStreams}: {health: Health; eventStreams: number}): string {
    const gauge = (name: string, help: string) => new Family(name, "gauge", help);
    const {lastRefresh, dataAge, edition} = health;
    const families = [
      this.#requests,
      this.#durations,
      this.#bytes,
      gauge("ikigai_event_streams", "Pages that hold a stream of events open.").set(eventStreams),
      this.#runs,
      this.#publications
    ];
    if (this.#pool) {
      const {running, waiting} = this.#pool;
      families.push(
        this.#queries,
        gauge("ikigai_queries", "Statements that run and that wait.")
          .set(running, {state: "running"})
          .set(waiting, {state: "waiting"})
      );
    }
    if (dataAge !== null) {
      families.push(
        gauge("ikigai_data_age_seconds", "Seconds since the oldest of the data was pulled.").set(dataAge)
      );
    }
    if (lastRefresh) {
      const outcomes = gauge(
        "ikigai_last_refresh_outcome",
        "1 for the outcome of the last refresh, 0 for the others."
      );
      for (const outcome of refreshOutcomes) outcomes.set(outcome === lastRefresh.outcome ? 1 : 0, {outcome});
      families.push(
        gauge("ikigai_last_refresh_timestamp_seconds", "When the last refresh ended.").set(
          Date.parse(lastRefresh.at) / 1000
        ),
        outcomes
      );
    }
    if (edition !== null) {
      families.push(gauge("ikigai_edition_info", "1, with the edition that is served.").set(1, {edition}));
    }
    const {user, system} = process.cpuUsage();
    families.push(
      new Family("process_cpu_seconds_total", "counter", "CPU time of the process.").set(
        (user + system) / 1e6
      ),
      gauge("process_resident_memory_bytes", "Resident memory of the process.").set(
        process.memoryUsage.rss()
      ),
      gauge("process_start_time_seconds", "When the process started.").set(
        Math.round(performance.timeOrigin) / 1000
      )
    );
    return `${families.join("\n")}\n`;
  }
}
