// The columns of a table that have been read, as tables in DuckDB: one for the columns that were read together of the same row groups.
import type {Budget} from "./budget.js";
import {Families, keptIn, partsWith, type Family, type Part} from "./column-families.js";
import type {Decoder} from "./decoder.js";
import type {Report} from "./progress.js";
import {readColumns, sizeOf, type GroupRef} from "./row-groups.js";
import type {Session} from "./session.js";

/** Where columns stand in DuckDB. They stay there until `release`. */
export interface Standing {
  /** What to write after FROM; undefined if there is no column, but only a number of rows. */
  from: string | undefined;
  /** Each column's name there. */
  names: ReadonlyMap<number, string>;
  rows: number;
  release: () => void;
}

/** Runs a piece of work whose progress is shown. */
export type Task = <T>(work: (report: Report) => Promise<T>) => Promise<T>;

export interface StoreOptions {
  session: Session;
  decoder: Decoder;
  budget: Budget;
  groups: readonly GroupRef[];
  /** The types of the columns, as SQL. */
  types: readonly string[];
  /** Begins the names of its parts. */
  prefix: string;
  signal: AbortSignal;
}

const nameOf = (column: number) => `c${column}`;

export class ColumnStore {
  readonly #families: Families;
  #parts = 0;

  constructor(private readonly options: StoreOptions) {
    this.#families = new Families((group, column) => sizeOf(options.groups[group]!, column));
  }

  /**
   * Columns of row groups, or of more row groups where these are there already. What isn't there is read within `task`. One call
   * at a time.
   */
  async stand(groups: readonly number[], columns: readonly number[], task: Task): Promise<Standing> {
    const rows = this.#rows(groups);
    if (!columns.length) return {from: undefined, names: new Map(), rows, release: () => undefined};
    const family = this.#families.bestFor(groups, columns);
    const missing = columns.filter((column) => !keptIn(family, column)).sort((a, b) => a - b);
    const there = columns.flatMap((column) => keptIn(family, column) ?? []);
    const unpin = this.options.budget.pin(there);
    try {
      if (missing.length) await task((report) => this.#read(family, missing, report));
    } finally {
      unpin(); // what was read is pinned
    }
    const used = columns.map((column) => keptIn(family, column)!);
    const parts = partsWith(family, columns);
    const names = columns.map((column) => {
      const part = parts.find((part) => part.columns.has(column))!;
      return [column, `${part.name}.${nameOf(column)}`] as const;
    });
    const release = this.options.budget.pin(used);
    for (const column of missing) keptIn(family, column)!.pins--;
    return {
      from: parts.map(({name}) => `${this.options.session.parts}.main.${name}`).join(" POSITIONAL JOIN "),
      names: new Map(names),
      rows: this.#rows([...family.groups]),
      release
    };
  }

  /** Drops everything. */
  async clear(): Promise<void> {
    for (const {name, columns} of this.#families.clear()) {
      for (const kept of columns.values()) this.options.budget.remove(kept);
      await this.#query(`DROP TABLE IF EXISTS ${this.#path(name)}`);
    }
  }

  async #read(family: Family, columns: readonly number[], report: Report): Promise<void> {
    const {budget, groups, types, prefix} = this.options;
    const order = [...family.groups].sort((a, b) => a - b);
    const sizes = columns.map((column) =>
      order.reduce((sum, group) => sum + sizeOf(groups[group]!, column), 0)
    );
    await budget.makeRoom(sizes.reduce((sum, size) => sum + size, 0));
    const part: Part = {name: `${prefix}_${++this.#parts}`, columns: new Map()};
    const defined = columns.map((column) => `${nameOf(column)} ${types[column]}`);
    await this.#query(`CREATE TABLE ${this.#path(part.name)} (${defined.join(", ")})`);
    try {
      const bytes = await this.#fill(part, order, columns, report);
      await this.#expectRows(part, this.#rows(order));
      const estimated = sizes.reduce((sum, size) => sum + size, 0) || 1;
      for (const [i, column] of columns.entries()) {
        const kept = {
          bytes: (bytes * sizes[i]!) / estimated,
          used: 0,
          pins: 1,
          drop: () => this.#drop(family, part, column)
        };
        part.columns.set(column, kept);
        budget.add(kept);
      }
    } catch (error) {
      await this.#query(`DROP TABLE IF EXISTS ${this.#path(part.name)}`);
      throw error;
    }
    this.#families.add(family, part);
    await this.#dropDoubles(family);
  }

  /** Copies the row groups that are there, reads the others, and gives the number of bytes. */
  async #fill(
    part: Part,
    order: readonly number[],
    columns: readonly number[],
    report: Report
  ): Promise<number> {
    const {session, decoder, groups, signal} = this.options;
    const holders = order.map((group) => this.#families.holderOf(group, columns));
    const unread = order.filter((_, i) => !holders[i]);
    const streams = readColumns(
      unread.map((group) => groups[group]!),
      columns,
      decoder,
      signal
    );
    const release = this.options.budget.pin(
      holders.flatMap((family) => (family ? columns.map((column) => keptIn(family, column)!) : []))
    );
    let bytes = 0;
    try {
      // The next row group is decoded while this one is inserted.
      let next = streams.next();
      next.catch(() => undefined);
      for (const [i, group] of order.entries()) {
        const holder = holders[i];
        if (holder) {
          await this.#copy(part, holder, group, columns);
          for (const column of columns) bytes += sizeOf(groups[group]!, column);
        } else {
          const {value: stream} = (await next) as IteratorYieldResult<Uint8Array>;
          next = streams.next();
          next.catch(() => undefined);
          bytes += stream.length;
          await session.append(part.name, stream, selectOf(groups[group]!, columns));
        }
        report((i + 1) / order.length);
      }
    } finally {
      release();
      await streams.return(undefined);
    }
    return bytes;
  }

  async #copy(to: Part, holder: Family, group: number, columns: readonly number[]): Promise<void> {
    const before = [...holder.groups].filter((other) => other < group);
    const parts = partsWith(holder, columns);
    const names = columns.map(
      (column) => `${parts.find((part) => part.columns.has(column))!.name}.${nameOf(column)}`
    );
    const from = parts.map(({name}) => this.#path(name)).join(" POSITIONAL JOIN ");
    await this.#query(
      `INSERT INTO ${this.#path(to.name)} SELECT ${names.join(", ")} FROM ${from} LIMIT ${this.#rows([group])} OFFSET ${this.#rows(before)}`
    );
  }

  /** Fewer rows than the footer says would be a wrong answer. */
  async #expectRows({name}: Part, rows: number): Promise<void> {
    const table = await this.#query(`SELECT count(*) FROM ${this.#path(name)}`);
    const found = Number(table.getChildAt(0)!.get(0));
    if (found !== rows) throw new Error(`it holds ${found} rows where its footer says ${rows}`);
  }

  /** Drops what another family's columns are a part of. */
  async #dropDoubles(family: Family): Promise<void> {
    const doubles = this.#families.doublesOf(family);
    for (const {kept} of doubles) this.options.budget.remove(kept); // before it drops one itself
    for (const {family, part, column} of doubles) await this.#drop(family, part, column);
  }

  async #drop(family: Family, part: Part, column: number): Promise<void> {
    this.#families.forget(family, part, column);
    const path = this.#path(part.name);
    await this.#query(
      part.columns.size ? `ALTER TABLE ${path} DROP COLUMN ${nameOf(column)}` : `DROP TABLE ${path}`
    );
  }

  #rows(groups: readonly number[]): number {
    return groups.reduce((sum, group) => sum + this.options.groups[group]!.rows, 0);
  }

  #path(part: string): string {
    return `${this.options.session.parts}.main.${part}`;
  }

  #query(text: string) {
    return this.options.session.query({text, params: []});
  }
}

/** Makes columns of what the decoder gives of them; undefined where they are taken as they are. */
function selectOf({source: {conversions}}: GroupRef, columns: readonly number[]) {
  if (!columns.some((column) => conversions[column])) return undefined;
  const made = columns.map((column) => conversions[column]?.(nameOf(column)) ?? nameOf(column));
  return (from: string) =>
    `SELECT ${made.join(", ")} FROM ${from} AS given(${columns.map(nameOf).join(", ")})`;
}
