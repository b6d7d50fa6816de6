// What a statement needs of the tables, as DuckDB itself says: which columns its plan reads, and which rows it asks for.
import {parseFilter, type Filter} from "./filter.js";
import type {Statement} from "./statement.js";

/** What a statement needs of one table. */
export interface Need {
  columns: Set<number>;
  /** For each time that the table is read, what holds for the rows that matter; undefined if all do. */
  scans: (Filter | undefined)[];
}

/** What a statement needs of the tables, by the names of the empty tables that stood for them. */
export interface Analysis {
  needs: Map<string, Need>;
  /** Whether it changes something: then no view can stand for a table. */
  writes: boolean;
}

/** A table without rows that stands for a table while a statement is planned: its columns are called `prefix` and a number. */
export interface EmptyTable {
  name: string;
  prefix: string;
  columns: number;
}

/** Gives DuckDB's physical plan as JSON, made without some of its optimizers. */
export type Explain = (statement: Statement, disabled: string) => Promise<string>;

interface Node {
  name: string;
  children: Node[];
  extra_info: Record<string, string | string[]>;
}

/** Of an empty table DuckDB knows that nothing comes out of it, and would not even read it. */
const always = "statistics_propagation";

/**
 * Analyses a statement whose tables are empty for the time being. Fails if DuckDB can't plan it; undefined if the plan isn't
 * understood.
 * @param explain plans the statement, with the parameters bound as when it is run
 * @param hasFilters whether it matters which rows are asked for
 */
export async function analyse(
  statement: Statement,
  empties: readonly EmptyTable[],
  explain: Explain,
  hasFilters: boolean
): Promise<Analysis | undefined> {
  const byName = new Map(empties.map((empty) => [empty.name, empty]));
  const analysis: Analysis = {needs: new Map(), writes: false};
  // A column that only a filter reads isn't among those of a scan into which the filter was pushed.
  const plan = nodes(await explain(statement, `${always},filter_pushdown`));
  for (const {node} of plan) {
    if (/^(INSERT|UPDATE|DELETE|DROP|ALTER|BATCH_INSERT|COPY|CREATE_(?!TABLE_AS))/.test(node.name))
      analysis.writes = true;
    const empty = scanned(node, byName);
    if (!empty) continue;
    const need = analysis.needs.get(empty.name) ?? {columns: new Set(), scans: []};
    analysis.needs.set(empty.name, need);
    for (const name of lines(node.extra_info["Projections"])) {
      const column = name.startsWith(empty.prefix) ? Number(name.slice(empty.prefix.length)) : NaN;
      if (!(column < empty.columns)) return undefined;
      need.columns.add(column);
    }
  }
  if (hasFilters && analysis.needs.size) await addScans(analysis, statement, byName, explain);
  return analysis;
}

async function addScans(
  {needs}: Analysis,
  statement: Statement,
  byName: Map<string, EmptyTable>,
  explain: Explain
): Promise<void> {
  // Long lists after IN would become joins.
  for (const {node, parent} of nodes(await explain(statement, `${always},in_clause`))) {
    const empty = scanned(node, byName);
    if (!empty) continue;
    // A text with a line break is written as several lines.
    const pushed = lines(node.extra_info["Filters"]);
    const texts = pushed.some((line) => (line.match(/'/g)?.length ?? 0) % 2) ? [pushed.join("\n")] : pushed;
    const above = parent?.name.trim() === "FILTER" ? lines(parent.extra_info["Expression"]).join("\n") : "";
    const filters = [...texts, above].filter(Boolean).map((text) => parseFilter(text, empty.prefix));
    needs.get(empty.name)?.scans.push(filters.length ? {and: filters} : undefined);
  }
}

function scanned({name, extra_info: info}: Node, byName: Map<string, EmptyTable>): EmptyTable | undefined {
  return name.trim() === "SEQ_SCAN" ? byName.get(lines(info["Text"]).join("\n")) : undefined;
}

/** All nodes of a plan, each with the one above it. */
function nodes(plan: string): {node: Node; parent: Node | undefined}[] {
  const visit = (node: Node, parent?: Node): {node: Node; parent: Node | undefined}[] => [
    {node, parent},
    ...node.children.flatMap((child) => visit(child, node))
  ];
  return (JSON.parse(plan) as Node[]).flatMap((node) => visit(node));
}

const lines = (value: string | string[] | undefined): string[] =>
  value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value];
