// The shape of ikigai.config.ts, the one file that says what a dashboard needs from Ikigai.
import type {Variable} from "../gateway-api/index.js";
import type {SummaryEntry} from "./summary.js";

/** What a dashboard reads from Ikigai, and which flows its viewers can start. */
export interface Config {
  /** Name or id of the app that everything below lives in, unless an entry names another. */
  app: string;
  /** Datasets by the file name that pages use: `"demand"` is read as `FileAttachment("data/demand.parquet")`. */
  datasets?: Record<string, DatasetEntry>;
  /** Models by the stem of their three files: `"m"` gives `m-versions`, `m-metrics` and `m-hyperparameters`. */
  models?: Record<string, ModelEntry>;
  /** Flows that a page can start, by the name that the page uses. No other flow can be started from it. */
  flows?: Record<string, FlowEntry>;
  /** When the data is pulled again and the site rebuilt. */
  refresh?: RefreshEntry;
  /** How finished sites are kept. */
  publish?: PublishEntry;
  /** Who gets a message when a refresh fails or works again, and about new editions. */
  notify?: NotifyEntry[];
  /** Who can use the gateway when it listens on more than loopback. */
  gateway?: GatewayEntry;
  /**
   * Where viewers can save and run flows that they build in a page: `true` for the config's `app`, names or ids of
   * apps, or entries that also say who can. A flow can read all the app's data and run code on the platform, so open
   * an app only to viewers who are allowed to do that. Nowhere if left out.
   */
  allowDefinitions?: true | DefinitionsEntry | (string | DefinitionsEntry)[];
}

/** A dataset that pages read as a file. */
export interface DatasetEntry {
  /** Name or id of the dataset. */
  dataset: string;
  /** Name or id of its app, if that isn't the config's `app`. */
  app?: string;
  /**
   * A DuckDB query whose result is published instead of the whole dataset. The dataset is the table `dataset`:
   * `SELECT sector, max(month) AS month FROM dataset GROUP BY ALL`. It can't read other tables, files or hosts.
   */
  sql?: string;
  /**
   * Where `sql` runs: `"local"`, the default, downloads the dataset and runs it here. `"platform"` runs it on Ikigai, in a flow
   * that the kit makes and keeps up to date, and downloads only the result: for datasets too large for this machine.
   */
  engine?: "local" | "platform";
  /**
   * The number of contents to keep, newest first. Each refresh that finds changed data adds one. Only the newest if
   * left out.
   */
  keep?: number;
  /**
   * Whether pages get one more file, `<key>-editions`, with the rows of all contents that are kept and a column `edition`: when
   * each was pulled. It needs `keep`.
   */
  editions?: boolean;
  /**
   * The columns that its rows are sorted by, in every format: ascending, with NULL last. `["sku", "month"]` lets a page read one sku of a
   * large Parquet file without the others. `false` keeps the platform's order where the kit would sort a large dataset by its series.
   */
  sort?: string[] | false;
  /** How many rows a row group of its Parquet file has, the least that a page can read of a column; 122,880 if left out. */
  rowGroup?: number;
  /**
   * Publishes figures of groups of rows instead of the rows: a small file for a page's first chart. Use it instead of
   * `sql`.
   */
  summary?: SummaryEntry;
  /**
   * What its Parquet is split by, into several files that a page reads as one table: the values of a column, `"region"`, or spans of a
   * time, `{by: "month", every: "year"}`. A page takes them from the module that the kit makes: `import demand from "./data/demand.js"`.
   */
  partition?: string | Spans;
}

/** The parts of a column of times. */
export interface Spans {
  /** The column. */
  by: string;
  /** How long each part is. */
  every: "year" | "quarter" | "month";
}

/** A model whose versions, metrics and hyperparameters pages read as files. */
export interface ModelEntry {
  /** Name or id of the model. */
  model: string;
  /** Name or id of its app, if that isn't the config's `app`. */
  app?: string;
}

/** A flow that a page or `ikigai-kit run` may start, and how. */
export interface FlowEntry {
  /** Name or id of the flow. */
  flow: string;
  /** Name or id of its app, if that isn't the config's `app`. */
  app?: string;
  /** The run variables that a viewer can set, by their name in the flow. */
  variables?: Record<string, Variable>;
  /** Its name on pages; the flow's name if left out. */
  label?: string;
  /** A sentence that a page shows below its name. */
  help?: string;
  /** Keys of `datasets` and `models` that a run changes: they are published again when it has succeeded. */
  writes?: string[];
  /**
   * What a second start does during a run: `"join"`, the default, follows the current run; `"queue"` starts another
   * run after it.
   */
  whenRunning?: "join" | "queue";
  /** The users who can start it, by their names in the gateway's `userHeader`; if left out, every viewer whom the gateway lets in. */
  users?: string[];
}

/** An app where viewers may save and run flows that they built in a page. */
export interface DefinitionsEntry {
  /** Name or id of the app, if that isn't the config's `app`. */
  app?: string;
  /**
   * The users who can save and run them, and delete those of others, by their names in the gateway's `userHeader`. If left out, every
   * viewer whom the gateway lets in may save and run them, and delete their own.
   */
  users?: string[];
  /** Days after which a saved flow is deleted; 30 if left out. */
  keep?: number;
  /** Saved flows that a viewer can have at once; 20 if left out. */
  most?: number;
  /**
   * Names of datasets that saved flows may write though the config names them, in `datasets` or by a flow that reads or writes them. None if
   * left out; datasets that it doesn't name can be written anyway.
   */
  overwrite?: string[];
}

/** How the gateway knows who a viewer is. */
export interface GatewayEntry {
  /** The header in which a trusted proxy sends the viewer's name, such as `"x-forwarded-user"`. */
  userHeader?: string;
  /** Addresses or CIDR blocks of the proxies to trust: `["10.0.0.5", "10.1.0.0/16"]`. Needed with `userHeader`. */
  trustedProxies?: string[];
  /** The path below which the site is served, such as `"/team/dashboard/"`; `"/"` if left out. */
  base?: string;
  /** The files that pages can query through the gateway, and the limits. Nothing can be queried if left out. */
  query?: QueryEntry;
}

/** Statements that the gateway answers with a DuckDB of its own, for `database(files, {engine: "gateway"})`. */
export interface QueryEntry {
  /** The files that can be queried, by their names without folder and extension: `["demand-forecast"]`. They are Parquet files. */
  files: string[];
  /** Seconds that a query may run, 60 at most; 30 if left out. */
  timeout?: number;
  /** Memory of a query, such as `"512MB"`; `"1GB"` if left out. Nothing is kept on the disk: what needs more fails. */
  memory?: string;
  /** Rows of an answer; 500,000 if left out. */
  rows?: number;
  /** Size of an answer, such as `"16MB"`; `"64MB"` if left out. */
  size?: string;
  /** The number of queries that one viewer can run at the same time; 2 if left out. */
  perViewer?: number;
  /**
   * The number of queries that all viewers can run at the same time; half the number of the machine's cores if left
   * out, but from 2 to 4.
   */
  processes?: number;
}

/** When and how the data is pulled again. */
export interface RefreshEntry {
  /** When `ikigai-kit serve` refreshes: five cron fields, minute first. `"0 6 * * *"` is each day at six. Never if left out. */
  cron?: string;
  /** The time zone of `cron`, such as `"Europe/Berlin"`; the server's if left out. */
  timeZone?: string;
  /**
   * The greatest random delay of a refresh that `cron` starts, in seconds, so that many sites don't ask the platform
   * at the same time; 0 if left out.
   */
  jitter?: number;
  /** How often a refresh tries a source again after a temporary failure; 2 if left out. */
  retries?: number;
  /**
   * What happens if a source can't be pulled: `"publish"`, the default, publishes the site with that source's last
   * good data, marked as stale; `"stop"` publishes nothing.
   */
  whenStale?: "publish" | "stop";
  /** Sources that belong together, by a name for the group: their files are all from the same refresh. */
  groups?: Record<string, string[]>;
}

/** How finished sites are kept. */
export interface PublishEntry {
  /** How many editions of the site are kept, the current one among them; 3 if left out. */
  keep?: number;
  /**
   * The largest file that the site's host takes, such as `"25MiB"`: DuckDB's module is split into parts of at most as much, and any other
   * larger file is an error. No limit if left out.
   */
  maxFileSize?: string;
}

/** The occasions of a message: a refresh that failed, one that works again, a new edition. */
export interface NotifyOptions {
  /** Failures and recoveries if left out. */
  on?: ("failure" | "recovery" | "edition")[];
  /** Pictures that go along: of the first chart of a page, or of the chart with an id. */
  pictures?: {page: string; chart?: string}[];
}

/**
 * Who gets the messages: a program, which gets the message as JSON on standard input; or a webhook, which gets it as a POST. An address that
 * is secret stands in the environment or `.env`, and `webhookVariable` names its variable.
 */
export type NotifyEntry = NotifyOptions &
  ({command: string[]} | {webhook: string} | {webhookVariable: string});

/**
 * Gives ikigai.config.ts its types and returns the config as it is. It reads and checks nothing, so that the file can
 * be imported anywhere; `loadConfig` checks it.
 */
export function defineConfig(config: Config): Config {
  return config;
}
