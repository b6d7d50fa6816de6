// Runs a script over a table: hands it the rows as a pandas frame and takes its result back as SQL.
import {mkdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {FacetError} from "../failure.js";
import {identifier, literal} from "../../../tabular/quote.js";
import type {Step} from "../step.js";
import {type Column, kindOf, refuseTaken, type Table} from "../table.js";
import {runPython} from "./interpreter.js";
import {runner} from "./runner.js";

/** Milliseconds that a script may take. */
const timeLimit = 10 * 60_000;

export interface Script {
  code: string;
  /** Variables that it finds, already of their types. */
  arguments: Record<string, unknown>;
}

type Status = {error: string} | {columns: Column[] | null};

/** Throws a FacetError where Python is not allowed, or the script fails. */
export async function runScript(step: Step, script: Script): Promise<string> {
  const {options, database} = step;
  if (!options.allowPython) {
    throw new FacetError(
      "Python is off: start the platform with --allow-python, which lets every flow run code on this machine as you"
    );
  }
  // Arrows into an input facet only say what comes first.
  const table = step.chain === "INPUT" ? undefined : step.inputs[0]?.table;
  const folder = step.file("python");
  await mkdir(folder);
  const job = {
    script: script.code,
    arguments: script.arguments,
    input: table ? join(folder, "input.csv") : null,
    output: join(folder, "output.csv"),
    status: join(folder, "status.json"),
    text: table?.columns.filter((column) => !isTyped(column)).map(({name}) => name) ?? [],
    times: table?.columns.filter(({type}) => kindOf(type) === "time").map(({name}) => name) ?? [],
    optional: step.chain === "OUTPUT",
    memory: options.scriptMemory ?? null
  };
  if (table)
    await database.run(`COPY ${identifier(table.name)} TO ${literal(job.input!)} (FORMAT csv, HEADER)`);
  const printed = await runPython({
    python: options.python ?? "python3",
    code: runner,
    input: JSON.stringify(job),
    folder,
    timeLimit: options.pythonTimeLimit ?? timeLimit,
    onGroup: options.onScript,
    ...(options.signal && {signal: options.signal})
  });
  if (printed.trim()) step.note(`the script printed: ${printed.trim()}`);
  const status = JSON.parse(await readFile(job.status, "utf8")) as Status;
  if ("error" in status) throw new FacetError(status.error);
  if (!status.columns) return `FROM ${identifier((table as Table).name)}`;
  return readResult(job.output, status.columns);
}

const isTyped = ({type}: Column) =>
  kindOf(type) === "number" || kindOf(type) === "time" || type === "BOOLEAN";

function readResult(path: string, columns: Column[]): string {
  if (columns.length === 0) throw new FacetError("result has no columns: give it at least one");
  refuseTaken(
    [],
    columns.map(({name}) => name)
  );
  const schema = columns.map(({type}, i) => `c${i}: '${type}'`).join(", ");
  const values = columns.map(({name}, i) => `c${i} AS ${identifier(name)}`).join(", ");
  return (
    `SELECT ${values} FROM read_csv(${literal(path)}, columns = {${schema}}, header = false, auto_detect = false, ` +
    `delim = ',', quote = '"', escape = '"')`
  );
}

/** A value as its declared type has it: custom facets keep values as text. Throws a FacetError where it isn't one. */
export function argumentValue(name: string, type: string, value: unknown): unknown {
  const text = String(value);
  switch (type) {
    case "bool":
    case "BOOLEAN":
      if (/^(true|false)$/i.test(text)) return /^true$/i.test(text);
      break;
    case "int":
      if (/^[+-]?\d+$/.test(text)) return Number(text);
      break;
    case "float":
    case "NUMBER":
      if (text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
      break;
    default:
      return typeof value === "number" || typeof value === "boolean" ? value : text;
  }
  throw new FacetError(`argument '${name}' is ${JSON.stringify(value)}, which is no ${type}: give one`);
}
