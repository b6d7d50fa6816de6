// What a page has of a database, whoever answers its statements.
import type {Table} from "apache-arrow";
import type {Progress} from "./progress.js";

/** A page's database. Statements wait for the tables that they mention. */
export interface Database {
  /** The names of the tables, loaded or not. */
  readonly tables: string[];
  /**
   * Runs a statement given as a template literal, whose values are bound safely: `` sql`… WHERE sector = ${sector}` ``. A
   * list fits after IN. Framework's ```` ```sql ```` blocks call it when a page says `const sql = db.sql`.
   */
  sql: (strings: readonly string[], ...values: unknown[]) => Promise<Table>;
  /** Runs a statement with a `?` for each value. */
  query: (text: string, values?: readonly unknown[]) => Promise<Table>;
  /** Opens the database and loads these tables, or all, before anyone asks. */
  open: (...tables: string[]) => Promise<void>;
  /** Calls `listener` now and whenever the work under way gets on, until the returned function is called. */
  onProgress: (listener: (progress: Progress) => void) => () => void;
  /** Ends the database and frees its memory; what is still running fails. */
  close: () => Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** How a database is opened. */
export interface DatabaseOptions {
  /** Statements to run when it opens, such as the macros of ikigai-kit/metrics. */
  setup?: readonly string[];
  /** Gets a sentence for what isn't as one would expect; the console's `warn` if left out. */
  onWarning?: (warning: string) => void;
  /**
   * Who answers: `"page"`, the default, DuckDB-WASM in the page; `"gateway"` the gateway that serves the site, from the files that
   * `gateway.query.files` in ikigai.config.ts names.
   */
  engine?: "page" | "gateway";
}
