// Runs a flow: checks its definition, lets each facet turn its inputs into a table, and gathers what they made.
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {type Arguments, readArguments} from "./arguments.js";
import {Database} from "./database.js";
import {readDefinition} from "./definition.js";
import {facets, readsOnce, rowwise} from "./facets/index.js";
import {reasonOf} from "../../disk/index.js";
import {ValidationError} from "../../wire/validation-error.js";
import {FacetError, FlowFailure} from "./failure.js";
import {applyVariables, facetTitle, type Node, sortGraph} from "./graph.js";
import type {HostDataset, RunResult} from "./host.js";
import {ImportedFits} from "./import-fits.js";
import {isMisfit} from "../../tabular/column-reading.js";
import {identifier} from "../../tabular/quote.js";
import {plainly} from "./plainly.js";
import {referencedDatasets} from "./referenced-datasets.js";
import type {RunOptions} from "./run-options.js";
import type {Step} from "./step.js";
import type {Table} from "./table.js";

/**
 * Runs a flow to its end. The same definition over the same data gives the same result, bit for bit, except where the
 * flow's author leaves it open: SQL of theirs without an ORDER BY, sums of fractions in it, scripts, and the current time.
 * Rejects with a FlowFailure that names the facet to blame and says what to do, or with the signal's reason.
 */
export async function runFlow(options: RunOptions): Promise<RunResult> {
  const definition = applyVariables(readDefinition(options.definition), options.variables ?? {});
  const nodes = sortGraph(definition);
  const notes: string[] = [];
  const checked = nodes.map((node) => check(node, notes));
  const datasets = await referencedDatasets(checked, options);
  if (!nodes.some(({spec}) => spec.facet_info.chain_group === "OUTPUT")) {
    throw new FlowFailure(
      "",
      "The flow has no facet that leaves something behind: add an OUTPUT facet, such as EXPORTED"
    );
  }
  const importedFits = new ImportedFits();
  // A value that doesn't fit its column's type is met while facets run. Nothing has left the run's folder by then, so it
  // simply starts again, once, with what all rows fit.
  for (;;) {
    const run = new Run(options, checked, datasets, importedFits, [...notes]);
    try {
      return await run.attempt();
    } catch (error) {
      if (isMisfit(error) && importedFits.prove()) continue;
      throw error;
    }
  }
}

interface Checked {
  node: Node;
  args: Arguments;
}

function check(node: Node, notes: string[]): Checked {
  const title = facetTitle(node);
  return blaming(node, () => ({
    node,
    args: readArguments(node.spec, node.facet.arguments, (text) => notes.push(`${title}: ${text}`))
  }));
}

function blaming<T>(node: Node, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failureOf(node, error);
  }
}

/** What a user reads about an error in a facet. Errors that are the engine's own fault pass as they are. */
function failureOf(node: Node, error: unknown): unknown {
  if (error instanceof FlowFailure || !(error instanceof Error)) return error;
  const {message} = error;
  const fail = (reason: string) =>
    new FlowFailure(node.facet.facet_id, `${facetTitle(node)}: ${reason}`, {cause: error});
  if (error instanceof FacetError || error instanceof ValidationError) return fail(message);
  return isFromDuckDB(message) ? fail(reasonOf(new Error(plainly(message)))) : error;
}

/** DuckDB begins its messages with the kind of error. */
const isFromDuckDB = (message: string) => /^[A-Z][A-Za-z_ -]*(Error|exception): /.test(message);

class Run {
  private readonly tables = new Map<string, Table>();
  private readonly result: RunResult;
  private database!: Database;
  private named = 0;

  constructor(
    private readonly options: RunOptions,
    private readonly checked: Checked[],
    private readonly datasets: Map<string, HostDataset>,
    private readonly importedFits: ImportedFits,
    notes: string[]
  ) {
    this.result = {datasets: [], modelVersions: [], notes};
  }

  async attempt(): Promise<RunResult> {
    const {folder, memoryLimit = "1GB", signal} = this.options;
    signal?.throwIfAborted();
    this.database = await Database.open({
      folder,
      readable: [...this.datasets.values()].map(({path}) => path),
      memoryLimit,
      diskLimit: "20GB",
      ...(signal && {signal})
    });
    try {
      for (const [i, {node, args}] of this.checked.entries()) await this.step(i, node, args);
      return this.result;
    } finally {
      this.database.close();
      await rm(join(folder, "spill"), {recursive: true, force: true});
    }
  }

  private async step(index: number, node: Node, args: Arguments) {
    const title = facetTitle(node);
    const steps = this.checked.length;
    const tell = (fraction: number) =>
      this.options.onProgress?.({
        facetId: node.facet.facet_id,
        title,
        step: index + 1,
        steps,
        fraction: Math.min(1, (index + fraction) / steps)
      });
    tell(0);
    // A long statement tells how far it is only when it is asked.
    const asking = setInterval(() => tell(this.database.progress() ?? 0), 500);
    const inputs = node.arrows.map((arrow) => ({
      table: this.tables.get(arrow.source)!,
      from: this.checked.find(({node: {facet}}) => facet.facet_id === arrow.source)!.node.facet.name,
      arguments: arrow.arguments
    }));
    let written: string | undefined;
    const step: Step = {
      facetId: node.facet.facet_id,
      name: node.facet.name,
      chain: node.spec.facet_info.chain_group,
      args,
      inputs,
      database: this.database,
      options: this.options,
      datasets: this.datasets,
      importedFits: this.importedFits,
      result: this.result,
      file: (name) => join(this.options.folder, `${index}-${name}`),
      scratch: `scratch_${index}`,
      note: (text) => this.result.notes.push(`${title}: ${text}`),
      progress: tell,
      asWritten: (sql) => {
        written = sql;
      },
      store: (table) => this.store(table)
    };
    try {
      const type = node.spec.facet_info.facet_type;
      const facet = facets[type];
      if (!facet) throw new FacetError(`${type} facets can't run on this platform`);
      const sql = await facet(step);
      const sources = inputs.map(({table}) => table);
      const table =
        sql === undefined
          ? sources[0]!
          : await this.define(sql, node.facet.facet_id, sources, rowwise.has(type));
      if (written !== undefined) table.written = written;
      if (this.isWorthStoring(node, table)) await this.store(table);
      this.tables.set(node.facet.facet_id, table);
    } catch (error) {
      throw await this.blame(
        node,
        inputs.map(({table}) => table),
        error
      );
    } finally {
      clearInterval(asking);
    }
  }

  /** A view costs each of its readers the work again: cheap only for two of them, and for what comes straight from a file. */
  private isWorthStoring({facet}: Node, table: Table): boolean {
    const readers = this.checked.filter(({node}) =>
      node.arrows.some(({source}) => source === facet.facet_id)
    );
    if (readers.length < 2) return false;
    const once = readers.every(({node}) => readsOnce.has(node.spec.facet_info.facet_type));
    return readers.length > 2 || !table.rowwise || !once;
  }

  private newName = () => `t${++this.named}`;

  private async define(sql: string, facetId: string, sources: Table[], isRowwise: boolean): Promise<Table> {
    const name = this.newName();
    await this.database.run(`CREATE TEMP VIEW ${identifier(name)} AS ${sql}`);
    const described = await this.database.rows(
      `SELECT column_name, column_type FROM (DESCRIBE ${identifier(name)})`
    );
    return {
      name,
      columns: described.map(([column, type]) => ({name: column!, type: type!})),
      stored: false,
      rowwise: isRowwise && sources.every((source) => source.rowwise),
      facetId,
      sources
    };
  }

  /** Works a view out once and for all. Facets that got the table before go on with the stored one. */
  private async store(table: Table): Promise<Table> {
    if (table.stored) return table;
    const name = this.newName();
    await this.database.run(`CREATE TEMP TABLE ${identifier(name)} AS FROM ${identifier(table.name)}`);
    return Object.assign(table, {name, stored: true, sources: []});
  }

  /** Views fail where they are read: finds the first facet on the way there whose own rows can't be worked out. */
  private async blame(node: Node, sources: Table[], error: unknown): Promise<unknown> {
    this.options.signal?.throwIfAborted();
    if (!(error instanceof Error) || isMisfit(error)) return error;
    if (error instanceof FacetError || error instanceof FlowFailure) return failureOf(node, error);
    for (const table of allSources(sources)) {
      try {
        await this.database.run(`CREATE OR REPLACE TEMP TABLE probe AS FROM ${identifier(table.name)}`);
      } catch (cause) {
        const culprit = this.checked.find(({node: {facet}}) => facet.facet_id === table.facetId)!.node;
        return isMisfit(cause) ? cause : failureOf(culprit, cause);
      }
    }
    return failureOf(node, error);
  }
}

/** The views behind the given tables, each after those that it reads. */
function allSources(tables: Table[]): Table[] {
  const seen = new Set<Table>();
  const visit = (table: Table) => {
    if (seen.has(table)) return;
    table.sources.forEach(visit);
    seen.add(table);
  };
  tables.forEach(visit);
  return [...seen];
}
