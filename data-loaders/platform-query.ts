// Runs an entry's `sql` on the platform, in a flow that the kit makes and keeps up to date, and finds its result.
import {
  NotFoundError,
  type App,
  type Dataset,
  type Flow,
  type FlowStatusReport,
  type Ikigai,
  type RunLog
} from "../lib/client/index.js";
import type {Column} from "../lib/tabular/columns.js";
import {LoadError} from "./error.js";
import {datasetKey, type DatasetRequest} from "./file-request.js";
import type {Lookup} from "./lookup.js";
import {projectName} from "./project-name.js";
import {
  fingerprint,
  isSameFlow,
  markOf,
  queryDefinition,
  queryName,
  type Mark,
  type Query
} from "./query-flow.js";
import {resultColumns} from "./query-types.js";

/** What a query needs. */
export interface QueryContext {
  client: Ikigai;
  find: Pick<Lookup, "dataset">;
  /** What tells this project's flows from those of others; the name in `package.json` of the working folder if left out. */
  project?: string | undefined;
  /** Where DuckDB may spill. */
  folder: string;
  /** Gets how many percent of the run are done, where the platform says it. */
  onRun?: (percent: number | undefined) => void;
  signal?: AbortSignal;
}

/** A query's result, as it is on the platform. */
export interface QueryResult {
  dataset: Dataset;
  /** Its columns as the same query has them here; none where that isn't known. */
  columns: Column[];
  /** To be called when the dataset was downloaded. @throws LoadError if another run has replaced it meanwhile */
  confirm: () => Promise<void>;
}

type SqlRequest = DatasetRequest & {sql: string};

/** Whether the entry's sql runs on the platform. */
export const runsOnPlatform = (request: DatasetRequest): request is SqlRequest =>
  request.engine === "platform" && request.sql !== undefined;

/** What the query's result depends on, as a text that changes when it does. Nothing is run, nor asked but the dataset's metadata. */
export async function platformQueryInput(
  request: SqlRequest,
  {find}: Pick<QueryContext, "find">
): Promise<string> {
  return fingerprint({sql: request.sql, source: await find.dataset(request)});
}

/**
 * The result of the query over the dataset as it is now. The flow is run if its last result is of something else; a run for the
 * same result that is under way is waited for, no matter who started it.
 * @throws LoadError for a query that isn't SQL, when its run fails, and for a flow or dataset of its name that isn't the kit's; the
 * signal's reason when it aborts, while the run goes on
 */
export async function runOnPlatform(request: SqlRequest, context: QueryContext): Promise<QueryResult> {
  const {client, find, signal} = context;
  const source = await find.dataset(request);
  const columns = await resultColumns(request.sql, source.dataTypes, context.folder);
  const project = context.project ?? (await projectName(process.cwd()));
  const query: Query = {
    name: queryName(datasetKey(request), client.userEmail, project),
    sql: request.sql,
    source
  };
  const app = await client.apps.byId(source.appId, {signal});
  const dataset = await new QueryRun(query, app, context).result();
  return {
    dataset,
    columns,
    async confirm() {
      const now = await app.datasets.byId(dataset.datasetId, {signal});
      if (now.size === dataset.size && now.modifiedAt.getTime() === dataset.modifiedAt.getTime()) return;
      throw new LoadError(
        `the platform's result "${query.name}" was replaced while it was downloaded. Pull again; if it is another copy of this ` +
          "project that does it, give that one another name in its package.json"
      );
    }
  };
}

/** More looks than these at a flow that never is as wanted mean that somebody else keeps changing it. */
const mostLooks = 20;
/** As many entries as the log is asked for. */
const logEntries = 100;

/** What is on the platform of a query. */
interface Found {
  flow: Flow;
  mark: Mark;
  status: FlowStatusReport["status"];
  /** Newest first. */
  logs: RunLog[];
  /** The dataset of the result's name. */
  dataset?: Dataset;
}

/** Makes sure that a query's flow has run for what is wanted. */
class QueryRun {
  readonly #input: string;
  /** The flow that was made here, until it is known to be the one that counts. */
  #made?: Flow;

  constructor(
    private readonly query: Query,
    private readonly app: App,
    private readonly context: QueryContext
  ) {
    this.#input = fingerprint(query);
  }

  async result(): Promise<Dataset> {
    for (let look = 0; look < mostLooks; look++) {
      // What was there may be removed meanwhile, such as a flow that somebody else made at the same moment.
      const result = await unlessNone(this.#next());
      if (result) return result;
    }
    throw new LoadError(
      `the flow "${this.query.name}" is changed or run again and again by somebody else; look at it on the platform`
    );
  }

  /** Does the next thing that is to be done. Resolves to the result once nothing is. */
  async #next(): Promise<Dataset | undefined> {
    const found = await this.#look();
    const {flow, mark, status, logs, dataset} = found;
    const isWanted = mark.input === this.#input && isSameFlow(flow.definition, await this.#definition(mark));
    if (!isIdle(status)) {
      // A run of something else must have ended before the flow is changed.
      await this.#follow(found, isWanted);
      return undefined;
    }
    const isDone = endAfter(logs, mark.after)?.status === "SUCCESS";
    const made = mark.result ?? (isDone ? (dataset?.datasetId ?? null) : null);
    if (dataset && dataset.datasetId !== made) throw this.#foreign("dataset");
    if (isWanted && isDone && dataset) return dataset;
    await this.#run(found, {input: this.#input, after: logs[0]?.logId ?? null, result: made});
    return undefined;
  }

  /**
   * What the platform has. The flow is looked at last: if it is as wanted then, no run of anything else can have ended since the log
   * and the dataset were.
   */
  async #look(): Promise<Found> {
    const {signal} = this.context;
    const flow = (await this.#findFlow()) ?? (await this.#make());
    const [{status}, logs, dataset] = await Promise.all([
      flow.status({signal}),
      flow.runLogs({maxCount: logEntries, signal}),
      this.#findDataset()
    ]);
    const now = await this.app.flows.byId(flow.flowId, {signal});
    const mark = markOf(now.definition);
    if (!mark) throw this.#foreign("flow");
    return {flow: now, mark, status, logs, dataset};
  }

  /** The flow of the query's name, the oldest where two processes have made one at once: then each removes its own if it isn't that. */
  async #findFlow(): Promise<Flow | undefined> {
    const {signal} = this.context;
    const list = [...(await this.app.flows.list({signal}))].filter(({name}) => name === this.query.name);
    // The platform may have cut the list short.
    const only = list.length ? undefined : await unlessNone(this.app.flows.get(this.query.name, {signal}));
    const flows = only ? [only] : list;
    if (flows.some(({definition}) => !markOf(definition))) throw this.#foreign("flow");
    const [first] = flows.sort(byAge);
    if (this.#made && first && first.flowId !== this.#made.flowId) {
      await this.#made.delete({signal});
      this.#made = undefined;
    }
    return first;
  }

  #findDataset(): Promise<Dataset | undefined> {
    return unlessNone(this.app.datasets.get(this.query.name, {signal: this.context.signal}));
  }

  async #make(): Promise<Flow> {
    const {signal} = this.context;
    if (await this.#findDataset()) throw this.#foreign("dataset");
    const mark = {input: this.#input, after: null, result: null};
    this.#made = await this.app.flow
      .new(this.query.name)
      .definition(await this.#definition(mark))
      .highVolumePreference(true)
      .build({signal});
    return (await this.#findFlow()) ?? this.#made;
  }

  /** Brings the flow up to date and runs it, unless it is seen that somebody else does. */
  async #run({flow, logs}: Found, mark: Mark): Promise<void> {
    const {signal} = this.context;
    await flow.updateDefinition(await this.#definition(mark), {signal});
    const isFirst = (await this.#findFlow())?.flowId === flow.flowId;
    if (!isFirst || (await this.#hasStarted(flow, logs))) return;
    try {
      await flow.start({}, {signal});
    } catch (error) {
      signal?.throwIfAborted();
      // Somebody else was quicker, or the platform has started it and failed to say so.
      if (await this.#hasStarted(flow, logs)) return;
      throw error;
    }
    await this.#follow({flow, mark}, true);
  }

  async #hasStarted(flow: Flow, before: readonly RunLog[]): Promise<boolean> {
    const {signal} = this.context;
    const [{status}, [newest]] = await Promise.all([flow.status({signal}), flow.runLogs({signal})]);
    return !isIdle(status) || newest?.logId !== before[0]?.logId;
  }

  /** Waits for a run's end. @throws LoadError if it is the wanted one and didn't succeed */
  async #follow({flow, mark}: Pick<Found, "flow" | "mark">, isWanted: boolean): Promise<void> {
    const {onRun, signal} = this.context;
    onRun?.(undefined);
    const changes = flow.follow(mark.after, {signal});
    for (;;) {
      const {done, value} = await changes.next();
      if (!done) onRun?.(value.progress);
      else if (isWanted && value.status !== "SUCCESS") throw this.#failure(value, flow);
      else return;
    }
  }

  #failure({status, data, erroneousFacetId}: RunLog, {definition}: Flow): LoadError {
    const facet = definition?.facets.find(({facetId}) => facetId === erroneousFacetId);
    const where = facet && !facet.name?.startsWith("ikigai-kit") ? ` in its facet "${facet.name}"` : "";
    const what = status === "STOPPED" ? "was stopped before its end" : `failed${where}`;
    const why = data || (status === "STOPPED" ? "pull again to run it again" : "the platform gave no reason");
    return new LoadError(`its flow on the platform, "${this.query.name}", ${what}: ${why}`);
  }

  #foreign(kind: "flow" | "dataset"): LoadError {
    return new LoadError(
      `the app "${this.app.name}" has a ${kind} called "${this.query.name}" that isn't this kit's, so it is left as it is. ` +
        `Rename or delete that ${kind}, then pull again`
    );
  }

  async #definition(mark: Mark) {
    return queryDefinition(this.query, await this.context.client.facetTypes(), mark);
  }
}

/** Statuses of a flow that doesn't run. */
const isIdle = (status: string) => ["IDLE", "STOPPED", "FAILED", "SUCCESS"].includes(status);

/** The entry of the first run that ended after an entry of the log; undefined where the log doesn't say. */
function endAfter(logs: readonly RunLog[], after: string | null): RunLog | undefined {
  const known = logs.findIndex(({logId}) => logId === after);
  if (known < 0 && (after !== null || logs.length === logEntries)) return undefined;
  const since = known < 0 ? logs : logs.slice(0, known);
  return since.findLast(({status}) => ["SUCCESS", "FAILED", "STOPPED"].includes(status));
}

const byAge = (a: Flow, b: Flow) =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.flowId < b.flowId ? -1 : 1);

async function unlessNone<T>(finding: Promise<T>): Promise<T | undefined> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
