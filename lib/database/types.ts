// What a page has of a database, in the page or at the gateway.
import type {Asking} from "./asking.js";
import type {GivenFiles} from "./given-files.js";
import type {Progress} from "./progress.js";

/** A page's database. A statement waits until the data that it needs is loaded. */
export interface Database extends Asking {
  /** The names of the tables, loaded or not. */
  readonly tables: string[];
  /**
   * Gives `sql` and `query` of which each new statement ends the previous one, which fails with an `AbortError`. So
   * only one statement runs while a viewer drags a slider. Make one for each chart, and keep it.
   */
  latest: () => Asking;
  /**
   * Gives `sql` and `query` that work until the promise is settled, such as a cell's `invalidation`: running
   * statements then fail with an `AbortError`.
   */
  until: (end: Promise<unknown>) => Asking;
  /** Opens the database and gets these tables, or all, ready before the first statement. */
  open: (...tables: string[]) => Promise<void>;
  /** Fetches DuckDB at low priority, after the page's first paint and when it is idle. Nothing is opened. */
  warm: () => Promise<void>;
  /** Makes a table read another file, or files, from the next statement on, such as after a run. */
  replace: (table: string, file: GivenFiles) => Promise<void>;
  /** Calls `listener` now and at each progress, until you call the returned function. */
  onProgress: (listener: (progress: Progress) => void) => () => void;
  /** Ends the database and frees its memory; running statements fail. */
  close: () => Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** How a database works. */
export interface DatabaseOptions {
  /** Statements to run when it opens, such as the macros of ikigai-kit/metrics. */
  setup?: readonly string[];
  /**
   * Gets a sentence, with the file's name, for a column that isn't read as one would expect, such as one kept as text; the
   * console's `warn` by default.
   */
  onWarning?: (warning: string) => void;
  /** Fetch each Parquet file whole when it is first needed, rather than parts of it as they are needed: for hosts where each request takes long. */
  whole?: boolean;
  /** About how many bytes of columns to keep, 1 GB by default: beyond it those that haven't been used for longest are dropped. */
  memory?: number;
  /**
   * Who answers: `"page"`, the default, DuckDB-WASM in the page; `"gateway"` the gateway that serves the site, from the files that
   * `gateway.query.files` in ikigai.config.ts names.
   */
  engine?: "page" | "gateway";
}
