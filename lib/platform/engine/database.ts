// One run's DuckDB: in memory, spilling into the run's folder, and unable to touch any file but the run's own.
import type {DuckDBConnection, DuckDBInstance} from "@duckdb/node-api";
import {join} from "node:path";
import {confine, connect, interruptible, openDuckDB} from "../../tabular/duckdb.js";

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
    const instance = await openDuckDB({
      memory: memoryLimit,
      spill: join(folder, "spill"),
      disk: diskLimit,
      threads,
      // 1/0 is a missing value, as in a spreadsheet, and not an infinity that spoils every sum after it.
      divisionByZeroIsNull: true
    });
    const connection = await connect(instance);
    // From here on nothing that a flow's author writes can open a file, load code, or undo this.
    await confine(connection, readable, [folder]);
    return new Database(instance, connection, signal);
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

  private interruptible<T>(work: () => Promise<T>): Promise<T> {
    return interruptible(this.connection, this.signal, work);
  }
}
