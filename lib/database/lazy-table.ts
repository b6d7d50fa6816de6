// A table of Parquet files of which only the footers are read at first. Statements see a view of its name, over what they need.
import {identifier, identifiers} from "../tabular/quote.js";
import type {EmptyTable, Need} from "./analysis.js";
import type {BoundedColumn} from "./bounds.js";
import {ColumnStore, type Standing, type StoreOptions, type Task} from "./column-store.js";
import {mayHold} from "./pruning.js";
import {groupsOf, openSource, readTypes, statisticsOf, type GroupRef, type Source} from "./row-groups.js";
import type {RemoteFile} from "./remote-file.js";
import {mutex} from "./mutex.js";
import type {Session} from "./session.js";

/** What a statement reads: by number, in the table's order. */
interface Extent {
  groups: number[];
  columns: number[];
}

export type LazyOptions = Pick<StoreOptions, "session" | "decoder" | "budget" | "signal">;

export class LazyTable {
  readonly #reading = mutex();
  readonly #store: ColumnStore;

  private constructor(
    readonly name: string,
    /** Stands for it while statements are planned. */
    readonly empty: EmptyTable,
    private readonly session: Session,
    private readonly columns: readonly {name: string; type: string}[],
    private readonly bounded: readonly (BoundedColumn | undefined)[],
    private readonly groups: readonly GroupRef[],
    private readonly isDivisible: boolean,
    store: Omit<StoreOptions, keyof LazyOptions>,
    options: LazyOptions
  ) {
    this.#store = new ColumnStore({...options, ...store});
  }

  /**
   * Reads the footers, and makes the empty table.
   * @param number one that no other table of the database has had
   */
  static async open(
    name: string,
    number: number,
    remotes: readonly RemoteFile[],
    options: LazyOptions
  ): Promise<LazyTable> {
    const {session, decoder, signal} = options;
    const sources: Source[] = [];
    for (const remote of remotes) sources.push(await openSource(remote, session.arrow, signal));
    const probe = `${session.catalog}.main.${identifier(`probe ${number}`)}`;
    const typesOf = async (source: Source) => {
      const stream = await readTypes(source, decoder);
      await session.connected((connection) =>
        connection.insertArrowFromIPCStream(stream, {name: `probe ${number}`, schema: "main", create: true})
      );
      const described = await session.query({text: `DESCRIBE ${probe}`, params: []});
      const names = Array.from(described.getChild("column_name")!, String);
      const made = names.map((name, i) => {
        const given = identifier(name);
        return `${source.conversions[i]?.(given) ?? given} AS ${given}`;
      });
      const typed = await session.query({
        text: `DESCRIBE SELECT ${made.join(", ")} FROM ${probe}`,
        params: []
      });
      await session.query({text: `DROP TABLE ${probe}`, params: []});
      const types = Array.from(typed.getChild("column_type")!, String);
      return names.map((name, i) => ({name, type: types[i]!}));
    };
    const columns = await typesOf(sources[0]!);
    for (const source of sources.slice(1))
      expectSame(sources[0]!.remote.file.name, columns, source.remote.file.name, await typesOf(source));
    const prefix = `t${number}_`;
    const empty = {name: `${prefix}empty`, prefix: `${prefix}c`, columns: columns.length};
    const types = columns.map(({type}) => type);
    const defined = types.map((type, i) => `${empty.prefix}${i} ${type}`);
    await session.query({
      text: `CREATE TABLE ${session.parts}.main.${empty.name} (${defined.join(", ")})`,
      params: []
    });
    const groups = groupsOf(sources);
    const isDivisible = sources.every(({arrowSchema}) => arrowSchema);
    const bounded = sources[0]!.footer.columns.map(({flat}, i) => flat && {type: types[i]!, physical: flat});
    // Files of one table may write the same values in different ways.
    const isAlike = sources.every(({footer}) => written(footer) === written(sources[0]!.footer));
    return new LazyTable(
      name,
      empty,
      session,
      columns,
      isAlike ? bounded : [],
      groups,
      isDivisible,
      {groups, types, prefix: `${prefix}part`},
      options
    );
  }

  /** Whether some rows can be told from others without reading them. */
  get hasSeveralGroups(): boolean {
    return this.groups.length > 1;
  }

  /** The view for planning a statement, as SQL. */
  get emptyView(): string {
    const columns = this.columns.map((_, i) => `${this.empty.prefix}${i}`);
    return this.#view(`SELECT ${columns.join(", ")} FROM ${this.session.parts}.main.${this.empty.name}`);
  }

  /** The view over columns that stand ready. */
  viewOf(standing: Standing): string {
    return this.#view(this.#select(standing));
  }

  #select({from, names, rows}: Standing): string {
    const columns = this.columns.map(
      ({name, type}, i) => `${names.get(i) ?? `NULL::${type}`} AS ${identifier(name)}`
    );
    return `SELECT ${columns.join(", ")} FROM ${from ?? `range(${rows})`}`;
  }

  #view(select: string): string {
    const {columns, name} = this;
    return `CREATE OR REPLACE VIEW ${this.session.catalog}.main.${identifier(name)} (${identifiers(columns.map(({name}) => name))}) AS ${select}`;
  }

  /** Reads what is needed and not there; `task` is run if that is anything. */
  stand(need: Need | "all", task: Task, signal: AbortSignal): Promise<Standing> {
    return this.#reading(async () => {
      signal.throwIfAborted();
      const {groups, columns} = need === "all" ? this.#all() : this.#extentOf(need);
      return this.#store.stand(groups, columns, task);
    });
  }

  /** Makes it a table like any other, with all its rows in it. */
  async materialize(standing: Standing): Promise<void> {
    const {catalog} = this.session;
    const path = `${catalog}.main.${identifier(this.name)}`;
    const query = (text: string) => this.session.query({text, params: []});
    await query(`DROP VIEW ${path}`);
    await query(`CREATE TABLE ${path} AS ${this.#select(standing)}`);
    standing.release();
    await this.drop();
  }

  /** Frees what has been read of it; the view stays, and must not be read. */
  async drop(): Promise<void> {
    await this.#reading(async () => {
      await this.#store.clear();
      const text = `DROP TABLE IF EXISTS ${this.session.parts}.main.${this.empty.name}`;
      await this.session.query({text, params: []});
    });
  }

  #all(): Extent {
    return {groups: this.groups.map((_, i) => i), columns: this.columns.map((_, i) => i)};
  }

  #extentOf({columns, scans}: Need): Extent {
    const all = this.#all();
    const groups = all.groups.filter(
      (group) =>
        !scans.length ||
        scans.some((filter) => mayHold(filter, this.bounded, (i) => statisticsOf(this.groups[group]!, i)))
    );
    if (!columns.size) return {groups: all.groups, columns: []};
    if (!groups.length) return {groups, columns: []};
    return {groups, columns: this.isDivisible ? [...columns] : all.columns};
  }
}

const written = ({columns}: Source["footer"]): string =>
  JSON.stringify(columns.map(({flat}) => flat && {...flat, nanoseconds: String(flat.nanoseconds)}));

function expectSame(
  first: string,
  columns: readonly {name: string; type: string}[],
  other: string,
  others: readonly {name: string; type: string}[]
): void {
  const text = (column?: {name: string; type: string}) =>
    column ? `"${column.name}" (${column.type})` : "none";
  for (let i = 0; i < Math.max(columns.length, others.length); i++) {
    const [one, two] = [text(columns[i]), text(others[i])];
    if (one !== two)
      throw new Error(
        `files of one table must have the same columns: column ${i + 1} is ${one} in ${first} and ${two} in ${other}`
      );
  }
}
