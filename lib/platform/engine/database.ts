// One run's DuckDB: in memory, spilling into the run's folder, and unable to touch any file but the run's own.
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {join} from "node:path";
import {literal} from "../../tabular/quote.js";

export interface DatabaseOptions {
  /** The run's own folder: read, written, and spilled into. */
  folder: string;
  /** Files elsewhere that the run reads. */
  readable: string[];
  /** As DuckDB writes it, such as "1GB". */
  memoryLimit: string;
  /** What may be spilled at most. */
  diskLimit: string;
  threads?: number;
  signal?: AbortSignal;
}

export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly signal?: AbortSignal
  ) {}

  static async open({folder, readable, memoryLimit, diskLimit, threads, signal}: DatabaseOptions) {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: memoryLimit,
      temp_directory: join(folder, "spill"),
      max_temp_directory_size: diskLimit,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      // 1/0 is a missing value, as in a spreadsheet, and not an infinity that spoils every sum after it.
      ieee_floating_point_ops: "false",
      ...(threads && {threads: String(threads)})
    });
    const connection = await instance.connect();
    const database = new Database(instance, connection, signal);
    for (const statement of [
      "SET TimeZone = 'UTC'",
      "SET enable_progress_bar = true",
      "SET enable_progress_bar_print = false",
      `SET allowed_directories = [${literal(folder + "/")}]`,
      `SET allowed_paths = [${readable.map(literal).join(", ")}]`,
      // From here on nothing that a flow's author writes can open a file, load code, or undo this.
      "SET enable_external_access = false",
      "SET lock_configuration = true"
    ]) {
      await connection.run(statement);
    }
    return database;
  }

  /** Runs statements for their effect. */
  async run(sql: string): Promise<void> {
    await this.interruptible(() => this.connection.run(sql));
  }

  /** All rows, each value as text; for the few that the engine itself looks at. */
  async rows(sql: string): Promise<(string | null)[][]> {
    const rows = await this.interruptible(async () =>
      (await this.connection.runAndReadAll(sql)).getRowsJson()
    );
    return rows.map((row) =>
      row.map((value) => (typeof value === "string" || value === null ? value : JSON.stringify(value)))
    );
  }

  /** Visits the rows one by one, as doubles, NaN where a value is missing; the array is the same one each time. */
  async eachRow(sql: string, visit: (row: Float64Array) => void): Promise<void> {
    await this.interruptible(async () => {
      const result = await this.connection.stream(sql);
      const row = new Float64Array(result.columnCount);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        const vectors = Array.from(row, (_, i) => chunk.getColumnVector(i));
        for (let r = 0; r < chunk.rowCount; r++) {
          for (let i = 0; i < row.length; i++) row[i] = (vectors[i]!.getItem(r) as number | null) ?? NaN;
          visit(row);
        }
      }
    });
  }

  /** Fills a new table row by row; `undefined` and NaN become missing values. */
  async fill(table: string, rows: Iterable<(string | number | undefined)[]>): Promise<void> {
    const appender = await this.connection.createAppender(table);
    for (const row of rows) {
      for (const value of row) {
        if (value === undefined || Number.isNaN(value)) appender.appendNull();
        else if (typeof value === "number") appender.appendDouble(value);
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
  }

  /** How much of the running statement is done, 0 to 1; undefined while DuckDB can't tell. */
  progress(): number | undefined {
    const {percentage} = this.connection.progress;
    return percentage >= 0 ? Math.min(1, percentage / 100) : undefined;
  }

  close() {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private async interruptible<T>(work: () => Promise<T>): Promise<T> {
    this.signal?.throwIfAborted();
    const interrupt = () => this.connection.interrupt();
    this.signal?.addEventListener("abort", interrupt);
    try {
      return await work();
    } catch (error) {
      this.signal?.throwIfAborted();
      throw error;
    } finally {
      this.signal?.removeEventListener("abort", interrupt);
    }
  }
}
