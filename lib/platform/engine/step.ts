// What a facet sees of the run it is a step of.
import type {ChainGroup} from "../specs/index.js";
import type {Arguments} from "./arguments.js";
import type {Database} from "./database.js";
import type {HostDataset, RunResult} from "./host.js";
import type {ImportedFits} from "./import-fits.js";
import type {RunOptions} from "./run-options.js";
import type {Table} from "./table.js";

export interface Input {
  table: Table;
  /** The name of the facet it comes from, "" where it has none. */
  from: string;
  /** What its arrow says, such as `table_side`. */
  arguments: Record<string, unknown>;
}

export interface Step {
  facetId: string;
  /** The facet's own name, "" where it has none. */
  name: string;
  /** Whether the flow begins, goes on or ends here. */
  chain: ChainGroup;
  args: Arguments;
  /** In the order of the arrows. */
  inputs: Input[];
  database: Database;
  /** What the run was asked for, and whom to ask for datasets and models. */
  options: RunOptions;
  /** The datasets that the flow reads, by id. */
  datasets: Map<string, HostDataset>;
  /** What columns of imported files were found to fit. */
  importedFits: ImportedFits;
  /** What the run has made; facets with an effect add to it. */
  result: RunResult;
  /** A file of this name that only this step uses, in the run's folder. */
  file: (name: string) => string;
  /** The name of a table that only this step fills. */
  scratch: string;
  /** Tells the user something that isn't an error. */
  note: (text: string) => void;
  /** Tells how far the step is, 0 to 1. */
  progress: (fraction: number) => void;
  /** Says, as a SELECT, how the file has the rows that the facet reads: with the same columns, each a text. */
  asWritten: (sql: string) => void;
  /** Stores a table's rows, if they aren't yet; for facets that read them more than once. */
  store: (table: Table) => Promise<Table>;
}

/** Turns inputs into one output, written as a SELECT; undefined hands the first input on as it is. */
export type Facet = (step: Step) => string | undefined | Promise<string | undefined>;

/** The one table of a facet that takes one. */
export const only = ({inputs}: Step): Table => inputs[0]!.table;

/** The tables of a facet that takes two, by `table_side`. */
export const sides = ({inputs}: Step, first: string, second: string): [Table, Table] => {
  const side = (name: string) => inputs.find((input) => input.arguments.table_side === name)!.table;
  return [side(first), side(second)];
};
