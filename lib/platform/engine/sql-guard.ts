// Lets SQL that a user wrote read the tables it is given and nothing else. DuckDB's own parser takes the text apart; only
// what is known to be harmless is let through, and what runs is written again from the parsed form, never the text itself.
// A second wall stands behind this one: the database can open no file but the run's own, and its settings are locked.
import {randomBytes} from "node:crypto";
import type {Database} from "./database.js";
import {FacetError} from "./failure.js";
import {listNearest} from "./nearest.js";
import {knowsTheDatabase, tableFunctions} from "../../tabular/database-functions.js";
import {literal} from "../../tabular/quote.js";

type Node = {[key: string]: unknown};

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parts of a FROM clause that hold no more than what is looked at inside them. */
const plainTables = new Set(["EMPTY", "JOIN", "SUBQUERY", "EXPRESSION_LIST", "PIVOT"]);

/** Functions that answer differently each time; a flow gives the same result for the same data. */
const unrepeatable = /^(random|setseed|gen_random_uuid|uuid|uuidv4|uuidv7)$/;

function refuseFunction(name: string) {
  if (unrepeatable.test(name)) {
    throw new FacetError(
      `the function ${name} gives another result each run: use SAMPLE with a seed, or hash(…) of a column`
    );
  }
  if (knowsTheDatabase.test(name)) {
    throw new FacetError(
      `the function ${name} may not be used: SQL in a flow reads its input tables and nothing else`
    );
  }
}

// DuckDB writes numbers of up to 128 bits, which JSON.parse would round. They travel as texts marked by a NUL, which no
// text of SQL can hold.
const holdNumbers = (json: string) =>
  json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : `"\\u0000${token}"`
  );
const releaseNumbers = (json: string) => json.replaceAll(/"\\u0000(-?\d[\d.eE+-]*)"/g, "$1");

/** Takes a text apart. Throws a FacetError where it isn't one SELECT statement. */
async function parse(database: Database, sql: string): Promise<Node> {
  const [row] = await database.rows(`SELECT json_serialize_sql(${literal(sql)})`);
  const parsed = JSON.parse(holdNumbers(row![0]!)) as {
    error: boolean;
    error_message?: string;
    statements?: Node[];
  };
  if (parsed.error) {
    const unserializable = parsed.error_message?.startsWith("Only SELECT");
    throw new FacetError(
      unserializable
        ? "only a SELECT statement can stand here (for PIVOT and UNPIVOT there are the facets PIVOT_TABLE and MELT)"
        : `the SQL is not valid: ${parsed.error_message ?? "it can't be read"}`
    );
  }
  const statements = parsed.statements ?? [];
  if (statements.length !== 1)
    throw new FacetError(`there are ${statements.length} statements: write exactly one`);
  return statements[0]!;
}

async function unparse(database: Database, statement: Node): Promise<string> {
  const json = releaseNumbers(JSON.stringify({error: false, statements: [statement]}));
  const [row] = await database.rows(`SELECT json_deserialize_sql(${literal(json)}::JSON)`);
  return row![0]!;
}

/**
 * A query over the given tables, by the names that the user knows them under, as SQL over the run's own tables. Throws a
 * FacetError where the text is anything else than one SELECT over those tables.
 */
export async function guardQuery(
  database: Database,
  sql: string,
  tables: Map<string, string>
): Promise<string> {
  const statement = await parse(database, sql);
  const known = new Map([...tables].map(([name, internal]) => [name.toLowerCase(), internal]));
  // Common table expressions get names that nobody can guess: a reference that is out of an expression's scope then
  // finds nothing, where it might have found a system table or a file of that name.
  const salt = randomBytes(8).toString("hex");
  const ctes = new Map<string, string>();
  eachNode(statement, (node) => {
    for (const name of cteNames(node)) {
      if (known.has(name.toLowerCase())) {
        throw new FacetError(`'${name}' is the name of an input table: call the WITH expression otherwise`);
      }
      ctes.set(name.toLowerCase(), `cte_${salt}_${ctes.size}`);
    }
  });
  eachNode(statement, (node) => {
    checkNode(node);
    renameCtes(node, ctes);
    if (node.type !== "BASE_TABLE") return;
    const name = String(node.table_name);
    const internal = known.get(name.toLowerCase()) ?? ctes.get(name.toLowerCase());
    if (!internal || node.schema_name !== "" || node.catalog_name !== "" || node.at_clause) {
      const path = [node.catalog_name, node.schema_name, name].filter(Boolean).join(".");
      throw new FacetError(`there is no table '${path}'; there is: ${listNearest(name, [...tables.keys()])}`);
    }
    if (node.alias === "") node.alias = name;
    node.table_name = internal;
  });
  return unparse(database, statement);
}

/** A formula over one row, as SQL. Throws a FacetError where the text is anything else than one expression. */
export async function guardFormula(database: Database, formula: string): Promise<string> {
  // The line break ends a comment at the formula's end.
  const statement = await parse(database, `SELECT (${formula}\n)`).catch((error: unknown) => {
    if (!(error instanceof FacetError)) throw error;
    throw new FacetError(`the formula ${JSON.stringify(formula)} can't be read: ${error.message}`);
  });
  const select = statement.node as Node;
  const items = select.select_list as Node[] | undefined;
  const bare =
    select.type === "SELECT_NODE" &&
    items?.length === 1 &&
    items[0]!.alias === "" &&
    (select.from_table as Node).type === "EMPTY" &&
    (["modifiers", "group_expressions", "group_sets"] as const).every(
      (key) => (select[key] as unknown[]).length === 0
    ) &&
    (["where_clause", "having", "sample", "qualify"] as const).every((key) => select[key] === null);
  if (!bare) throw new FacetError(`the formula ${JSON.stringify(formula)} is more than one expression`);
  eachNode(items[0]!, (node) => {
    checkNode(node);
    if (node.class === "SUBQUERY") throw new FacetError("a formula can't hold a query: use FREE_FORM_SQL");
    if (node.class === "STAR") throw new FacetError("a formula can't hold * or COLUMNS: name the columns");
  });
  return (await unparse(database, statement)).replace(/^SELECT /, "");
}

function checkNode(node: Node) {
  // By name alone: a schema before it may be a column, as in `name.upper()`.
  if (typeof node.function_name === "string") refuseFunction(node.function_name.toLowerCase());
  // Some functions are called without brackets.
  const [column, ...rest] = Array.isArray(node.column_names) ? (node.column_names as string[]) : [];
  if (column !== undefined && rest.length === 0 && /^current_(catalog|role|schema|user)$/i.test(column)) {
    refuseFunction(column.toLowerCase());
  }
  if (node.class === "PARAMETER")
    throw new FacetError("a parameter ($1 or ?) has no value here: write the value itself");
  if (isTable(node)) checkTable(node);
}

/** Whether a node stands in a FROM clause: expressions have a class, and queries no alias. */
const isTable = (node: Node) => "alias" in node && "sample" in node && !("class" in node);

function checkTable(node: Node) {
  const type = String(node.type);
  if (type === "BASE_TABLE" || plainTables.has(type)) return;
  if (type !== "TABLE_FUNCTION") {
    throw new FacetError("DESCRIBE, SHOW and SUMMARIZE can't be used here: there is a facet DESCRIBE");
  }
  const name = String((node.function as Node).function_name).toLowerCase();
  if (tableFunctions.has(name)) return;
  throw new FacetError(
    `the function ${name} may not stand in FROM: SQL in a flow reads its input tables and nothing else`
  );
}

function cteNames(node: Node): string[] {
  const map =
    isNode(node.cte_map) && Array.isArray(node.cte_map.map) ? (node.cte_map.map as {key: string}[]) : [];
  return [...map.map(({key}) => key), ...(typeof node.cte_name === "string" ? [node.cte_name] : [])];
}

function renameCtes(node: Node, names: Map<string, string>) {
  const rename = (name: string) => names.get(name.toLowerCase())!;
  if (isNode(node.cte_map) && Array.isArray(node.cte_map.map)) {
    for (const entry of node.cte_map.map as {key: string}[]) entry.key = rename(entry.key);
  }
  if (typeof node.cte_name === "string") node.cte_name = rename(node.cte_name);
}

/** Visits every object of a parsed statement, so that nothing hides in a part that isn't known here. */
function eachNode(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) eachNode(item, visit);
  else if (isNode(value)) {
    visit(value);
    for (const child of Object.values(value)) eachNode(child, visit);
  }
}
