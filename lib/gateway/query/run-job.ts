// Runs one job in a DuckDB of its own, which ends with it: it can read the job's files, and nothing else of the machine.
import {StatementType, type DuckDBConnection, type DuckDBPreparedStatement} from "@duckdb/node-api";
import {answerStream, UnknownTypeError} from "../../tabular/arrow-answer.js";
import {confine, connect, interruptible, openDuckDB} from "../../tabular/duckdb.js";
import {identifier, literal} from "../../tabular/quote.js";
import {checkSetup, checkStatement} from "./guard.js";
import {JobError, outOfMemory, type Job} from "./job.js";

/**
 * Runs a job, and gives the parts of its Arrow IPC stream to `send`.
 * @returns whether the same job would give the same answer
 * @throws JobError for what the viewer can fix; the signal's reason when it aborts
 */
export async function runJob(
  job: Job,
  signal: AbortSignal,
  send: (part: Uint8Array) => Promise<void>
): Promise<boolean> {
  const {files, setup, text, limits} = job;
  // No folder to spill into: what doesn't fit into memory ends.
  const instance = await openDuckDB({memory: limits.memory, threads: limits.threads, spill: ""});
  try {
    const connection = await connect(instance);
    await confine(connection, Object.values(files).flat());
    return await interruptible(connection, signal, () =>
      explained(job, async () => {
        for (const statement of setup) await prepareSetup(connection, statement);
        const tables = Object.keys(files);
        const isSetupRepeatable = !setup.length || (await checkSetup(connection, setup, tables));
        for (const [table, paths] of Object.entries(files)) await createView(connection, table, paths);
        const repeatable = await checkStatement(connection, text, tables);
        const statement = await prepared(connection, text);
        bind(statement, job.params);
        const result = await statement.stream();
        for await (const part of answerStream(result, counter(job))) await send(part);
        return repeatable && isSetupRepeatable;
      })
    );
  } finally {
    instance.closeSync();
  }
}

/** What may stand in `setup`: macros, types, and whatever else ends with the query's database. */
async function prepareSetup(connection: DuckDBConnection, text: string): Promise<void> {
  const statements = await connection.extractStatements(text);
  for (let i = 0; i < statements.count; ++i) {
    const statement = await statements.prepare(i);
    if (statement.statementType !== StatementType.CREATE) {
      throw new JobError(
        "statement",
        "The gateway takes CREATE statements only in setup, such as CREATE MACRO"
      );
    }
    await statement.run();
  }
}

async function prepared(connection: DuckDBConnection, text: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(text);
  const statement = await statements.prepare(0);
  if (statements.count === 1 && statement.statementType === StatementType.SELECT) return statement;
  throw new JobError("statement", "The gateway answers one SELECT statement at a time");
}

/** A table of one file, or of several with the same columns. */
async function createView(
  connection: DuckDBConnection,
  table: string,
  paths: readonly string[]
): Promise<void> {
  // A folder that happens to be called `region=north` is no column.
  const read = (files: readonly string[]) =>
    `FROM read_parquet([${files.map(literal).join(", ")}], hive_partitioning = false)`;
  if (paths.length > 1)
    await expectSameColumns(
      connection,
      table,
      paths.map((path) => read([path]))
    );
  await connection.run(`CREATE VIEW main.${identifier(table)} AS ${read(paths)}`);
}

/** DuckDB itself goes by the first file, and leaves out what others have besides. */
async function expectSameColumns(
  connection: DuckDBConnection,
  table: string,
  reads: readonly string[]
): Promise<void> {
  const columnsOf = async (read: string) => {
    const rows = (await connection.runAndReadAll(`DESCRIBE ${read}`)).getRows() as string[][];
    return rows.map(([name, type]) => `"${name}" (${type})`);
  };
  const first = await columnsOf(reads[0]!);
  for (const [i, read] of reads.entries()) {
    const other = await columnsOf(read);
    const differs = Array.from({length: Math.max(first.length, other.length)}, (_, at) => at).find(
      (at) => first[at] !== other[at]
    );
    if (differs === undefined) continue;
    throw new JobError(
      "statement",
      `Files of one table must have the same columns: column ${differs + 1} of "${table}" is ${first[differs] ?? "none"} in its first file and ` +
        `${other[differs] ?? "none"} in file ${i + 1}`
    );
  }
}

/** As a page binds them, where every number is a double. */
function bind(statement: DuckDBPreparedStatement, params: Job["params"]): void {
  if (statement.parameterCount !== params.length) {
    throw new JobError(
      "statement",
      `The statement has ${statement.parameterCount} placeholders (?) and got ${params.length} values`
    );
  }
  for (const [i, value] of params.entries()) {
    if (value === null) statement.bindNull(i + 1);
    else if (typeof value === "string") statement.bindVarchar(i + 1, value);
    else if (typeof value === "number") statement.bindDouble(i + 1, value);
    else statement.bindBoolean(i + 1, value);
  }
}

/** Counts the answer, and ends it where it is too large. */
function counter({limits}: Job): (rows: number, bytes: number) => void {
  const total = {rows: 0, bytes: 0};
  return (rows, bytes) => {
    total.rows += rows;
    total.bytes += bytes;
    if (total.rows > limits.rows) throw tooLarge(`${limits.rows.toLocaleString("en")} rows`, "rows");
    if (total.bytes > limits.bytes) throw tooLarge(`${limits.bytes.toLocaleString("en")} bytes`, "size");
  };
}

const tooLarge = (size: string, key: string) =>
  new JobError(
    "limit",
    `The answer has more than ${size}, which is all that the gateway gives (gateway.query.${key} in ikigai.config.ts): ` +
      "aggregate it, or add a LIMIT"
  );

/** Does the work, and turns what DuckDB says into an error for the viewer. */
async function explained<T>({limits, files}: Job, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof JobError) throw error;
    const {message} = error as Error;
    if (error instanceof UnknownTypeError) throw new JobError("statement", message);
    if (/^Out of Memory Error|bad_alloc/i.test(message)) throw outOfMemory(limits.memory);
    throw new JobError("statement", withoutPaths(message, files));
  }
}

/** A page knows its tables, and not where their files are on the gateway's disk. */
const withoutPaths = (message: string, files: Job["files"]) =>
  Object.entries(files)
    .flatMap(([table, paths]) => paths.map((path) => [table, path] as const))
    .reduce((text, [table, path]) => text.replaceAll(path, table), message);
