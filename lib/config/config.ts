// The shape of ikigai.config.ts, the one file that says what a dashboard needs from Ikigai.

/** What a dashboard reads from Ikigai, and what its viewers may start there. */
export interface Config {
  /** Name or id of the app that everything below lives in, unless an entry names another. */
  app: string;
  /** Datasets by the file name that pages use: `"demand"` is read as `FileAttachment("data/demand.parquet")`. */
  datasets?: Record<string, DatasetEntry>;
  /** Models by the stem of their three files: `"m"` gives `m-versions`, `m-metrics` and `m-hyperparameters`. */
  models?: Record<string, ModelEntry>;
  /** Flows that a page may start, by the name that the page uses. No other flow can be started from it. */
  flows?: Record<string, FlowEntry>;
  /** When the data is pulled again and the site rebuilt. */
  refresh?: RefreshEntry;
}

export interface DatasetEntry {
  /** Name or id of the dataset. */
  dataset: string;
  /** Name or id of its app, where that isn't the config's `app`. */
  app?: string;
  /**
   * A DuckDB query to publish instead of the whole dataset, which it sees as the table `dataset`:
   * `SELECT sector, max(month) AS month FROM dataset GROUP BY ALL`. It sees no other table, file or host.
   */
  sql?: string;
}

export interface ModelEntry {
  /** Name or id of the model. */
  model: string;
  /** Name or id of its app, where that isn't the config's `app`. */
  app?: string;
}

export interface FlowEntry {
  /** Name or id of the flow. */
  flow: string;
  /** Name or id of its app, where that isn't the config's `app`. */
  app?: string;
  /** The run variables a viewer may set, by their name in the flow. */
  variables?: Record<string, Variable>;
}

/** A run variable: what a form asks for, and what is checked before anything reaches the platform. */
export type Variable =
  IntegerVariable | NumberVariable | TextVariable | BooleanVariable | DateVariable | ChoiceVariable;

interface Described {
  /** What a form calls it; the variable's name if left out. */
  label?: string;
  /** A sentence that a form shows below the field. */
  help?: string;
}

export interface IntegerVariable extends Described {
  type: "integer";
  /** Smallest value allowed. */
  min?: number;
  /** Largest value allowed. */
  max?: number;
  default?: number;
}

export interface NumberVariable extends Described {
  type: "number";
  /** Smallest value allowed. */
  min?: number;
  /** Largest value allowed. */
  max?: number;
  default?: number;
}

export interface TextVariable extends Described {
  type: "text";
  /** A regular expression that the whole value must match, as in HTML: `"[A-Z]{3}"`. */
  pattern?: string;
  default?: string;
}

export interface BooleanVariable extends Described {
  type: "boolean";
  default?: boolean;
}

export interface DateVariable extends Described {
  type: "date";
  /** Earliest day allowed, `YYYY-MM-DD`. */
  min?: string;
  /** Latest day allowed, `YYYY-MM-DD`. */
  max?: string;
  default?: string;
}

export interface ChoiceVariable extends Described {
  type: "choice";
  /** The values to choose from, at least one. */
  options: string[];
  default?: string;
}

export interface RefreshEntry {
  /** When to refresh: five cron fields, minute first, in the server's time zone. `"0 6 * * *"` is each day at six. */
  cron: string;
}

/**
 * Gives ikigai.config.ts its types and returns the config as it is. Reads nothing and checks nothing, so that the file can
 * be imported anywhere; `loadConfig` does the checking.
 */
export function defineConfig(config: Config): Config {
  return config;
}
