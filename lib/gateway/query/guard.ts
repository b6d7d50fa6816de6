// Lets a statement read the tables that it is given and nothing that tells about the process. DuckDB's own parser takes it apart.
// Behind it stands what can't be talked out of it: a DuckDB that can open no other file, with settings that are locked.
import type {DuckDBConnection} from "@duckdb/node-api";
import {knowsTheDatabase, tableFunctions} from "../../tabular/database-functions.js";
import {literal} from "../../tabular/quote.js";
import {JobError} from "./job.js";

type Node = {[key: string]: unknown};

/** Functions that list the tables, as a page may ask, and nothing else. Those that list views tell the files' paths. */
const listing = new Set(["duckdb_tables", "duckdb_columns"]);

/** Functions that change how the database works, which for one query is of no use. */
const changes =
  /^((en|dis)able_.*|(force_)?checkpoint|truncate_.*|setseed|set_.*|summary|test_.*|sql_auto_complete|check_.*)$/;

/**
 * Checks a statement. Throws a JobError where it isn't one SELECT over the given tables.
 * @returns whether it gives the same answer each time
 */
export async function checkStatement(
  connection: DuckDBConnection,
  text: string,
  tables: readonly string[]
): Promise<boolean> {
  const statement = await parse(connection, text);
  const known = new Set(tables.map((table) => table.toLowerCase()));
  const [internal, changing] = await systemNames(connection);
  const own = new Set<string>();
  eachNode(statement, (node) => {
    for (const name of withNames(node)) {
      if (internal.has(name))
        throw refused(`"${name}" is a table of DuckDB's own: call the WITH expression otherwise`);
      own.add(name);
    }
  });
  let repeatable = true;
  eachNode(statement, (node) => {
    const called = calledBy(node);
    if (called !== undefined) {
      expectAllowed(called);
      if (changing.has(called)) repeatable = false;
    }
    if (node.sample) repeatable = false;
    if (node.type === "TABLE_FUNCTION") checkTableFunction(node);
    if (node.type === "BASE_TABLE") checkTable(node, known, own);
  });
  return repeatable;
}

/**
 * Checks what the statements of `setup` have made, before there are other tables. Throws a JobError where that is more than macros and
 * types, or a macro does what a statement can't.
 * @returns whether the macros give the same each time
 */
export async function checkSetup(
  connection: DuckDBConnection,
  setup: readonly string[],
  tables: readonly string[]
): Promise<boolean> {
  const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRows() as string[][];
  const [made] = await rowsOf(
    "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
  );
  if (made)
    throw refused(`The gateway takes macros and types in setup, and not the table or view "${made[0]}"`);
  const macros = await rowsOf(
    "SELECT function_type, macro_definition FROM duckdb_functions() WHERE NOT internal AND macro_definition IS NOT NULL"
  );
  let repeatable = true;
  for (const [type, definition] of macros) {
    const text = type === "table_macro" ? definition! : `SELECT ${definition}`;
    if (!(await checkStatement(connection, text, tables))) repeatable = false;
  }
  // Defaults of parameters, which hold no SELECT, are told nowhere but in the text.
  const [, changing] = await systemNames(connection);
  for (const name of setup.flatMap((text) =>
    Array.from(text.matchAll(calls), ([name]) => name.toLowerCase())
  )) {
    expectAllowed(name);
    if (changing.has(name) || bareTimes.test(name)) repeatable = false;
  }
  return repeatable;
}

/** Names before a parenthesis, with comments between, and the times that are called without. Some more, such as those in strings. */
const calls =
  /[a-z_]\w*(?="?(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*\()|\b(?:current_(?:date|time|timestamp)|localtime(?:stamp)?)\b/gi;
const bareTimes = /^(current_(date|time|timestamp)|localtime(stamp)?)$/;

function expectAllowed(called: string): void {
  if ((knowsTheDatabase.test(called) && !listing.has(called)) || changes.test(called))
    throw refused(
      `The function ${called} can't be used: a query of the gateway reads its tables and nothing else`
    );
}

async function parse(connection: DuckDBConnection, text: string): Promise<unknown> {
  const [[json]] = (
    await connection.runAndReadAll(`SELECT json_serialize_sql(${literal(text)})`)
  ).getRows() as [[string]];
  const parsed = JSON.parse(json) as {
    error: boolean;
    error_type?: string;
    error_message?: string;
    statements?: unknown[];
  };
  if (parsed.error) {
    const {error_message: message = "", error_type: type = ""} = parsed;
    if (message.startsWith("Only SELECT")) {
      throw refused(
        "The gateway answers SELECT statements only, and a PIVOT that names the values after IN (…)"
      );
    }
    throw refused(`${type[0]?.toUpperCase()}${type.slice(1)} Error: ${message}`);
  }
  const {statements = []} = parsed;
  if (statements.length !== 1)
    throw refused(`The gateway answers one statement at a time, and these are ${statements.length}`);
  return statements[0];
}

const refused = (message: string) => new JobError("statement", message);

/** The names of DuckDB's own views, and of functions that answer differently each time; the same in every database. */
let names: Promise<[views: Set<string>, changing: Set<string>]> | undefined;
function systemNames(connection: DuckDBConnection) {
  const of = async (sql: string) =>
    new Set((await connection.runAndReadAll(sql)).getRows().map(([name]) => String(name).toLowerCase()));
  names ??= (async () => [
    await of("SELECT view_name FROM duckdb_views() WHERE internal"),
    await of("SELECT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'")
  ])();
  names.catch(() => (names = undefined));
  return names;
}

/** The function that a node calls, in lower case. Some are called without brackets. */
function calledBy(node: Node): string | undefined {
  if (typeof node.function_name === "string") return node.function_name.toLowerCase();
  const [column, ...rest] = Array.isArray(node.column_names) ? (node.column_names as string[]) : [];
  const isBare = column !== undefined && rest.length === 0;
  return isBare && /^(current_.*|user|session_user|localtime.*)$/i.test(column)
    ? column.toLowerCase()
    : undefined;
}

function checkTableFunction(node: Node): void {
  const name = String((node.function as Node).function_name).toLowerCase();
  if (tableFunctions.has(name) || listing.has(name)) return;
  throw refused(
    `The function ${name} can't stand in FROM: a query of the gateway reads its tables and nothing else`
  );
}

function checkTable(node: Node, known: Set<string>, own: Set<string>): void {
  const {table_name: name, schema_name: schema, catalog_name: catalog} = node as Record<string, string>;
  const lower = String(name).toLowerCase();
  const isPlain = !schema && !catalog;
  const isMain = schema?.toLowerCase() === "main" && (!catalog || catalog.toLowerCase() === "memory");
  if (((isPlain || isMain) && known.has(lower)) || (isPlain && own.has(lower))) return;
  const path = [catalog, schema, name].filter(Boolean).join(".");
  throw refused(`Catalog Error: Table with name ${path} does not exist!`);
}

function withNames(node: Node): string[] {
  const map = (node.cte_map as Node | undefined)?.map;
  const keys = Array.isArray(map) ? (map as {key: string}[]).map(({key}) => key) : [];
  return [...keys, ...(typeof node.cte_name === "string" ? [node.cte_name] : [])].map((name) =>
    name.toLowerCase()
  );
}

/** Visits every object of a parsed statement, so that nothing hides in a part that isn't known here. */
function eachNode(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) eachNode(item, visit);
  else if (typeof value === "object" && value !== null) {
    visit(value as Node);
    for (const child of Object.values(value)) eachNode(child, visit);
  }
}
