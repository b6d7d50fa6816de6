// The platform's memory: tables of records, changed by transactions that are whole or not at all.
import {Journal, writeJournal} from "../journal/index.js";
import {journalKind} from "./journal-kind.js";
import type {TableName, Tables} from "./records.js";

export type Change =
  | {[Name in TableName]: readonly ["put", Name, Tables[Name]]}[TableName]
  | readonly ["drop", TableName, string];

export const put = <Name extends TableName>(table: Name, record: Tables[Name]) =>
  ["put", table, record] as unknown as Change;
export const drop = (table: TableName, id: string): Change => ["drop", table, id];

type Maps = {[Name in TableName]: Map<string, Tables[Name]>};

const emptyTables = (): Maps => ({
  apps: new Map(),
  directories: new Map(),
  datasets: new Map(),
  uploads: new Map(),
  flows: new Map(),
  flowLogs: new Map(),
  models: new Map(),
  modelVersions: new Map(),
  customFacets: new Map(),
  customFacetVersions: new Map()
});

export class State {
  readonly tables: Readonly<Maps> = emptyTables();
  #journal!: Journal;

  static async open(file: string): Promise<State> {
    const state = new State();
    state.#journal = await Journal.open(
      file,
      journalKind,
      (changes) => (changes as Change[]).forEach((change) => state.#apply(change)),
      () => state.#snapshot()
    );
    return state;
  }

  /** Makes the file of a state that begins with these changes, all of them or, if it is interrupted, none. */
  static async create(file: string, changes: Change[]): Promise<void> {
    await writeJournal(file, journalKind, changes.length > 0 ? [changes] : []);
  }

  /** One transaction: seen by everybody at once, and on disk when the promise resolves. */
  commit(...changes: Change[]): Promise<void> {
    const undo = changes.map((change) => this.#apply(change));
    return this.#journal.append(changes, () => undo.toReversed().forEach((restore) => restore()));
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  /** Applies a change and returns what takes it back. */
  #apply([verb, table, subject]: Change): () => void {
    const map = this.tables[table] as Map<string, {id: string}>;
    const id = verb === "put" ? subject.id : subject;
    const before = map.get(id);
    if (verb === "put") map.set(id, subject);
    else map.delete(id);
    return () => {
      if (before) map.set(id, before);
      else map.delete(id);
    };
  }

  /** Copies the lists at once, for records that are put while the snapshot is being written belong to a later one. */
  #snapshot(): Iterable<Change[]> {
    const records = (Object.keys(this.tables) as TableName[]).flatMap((table) =>
      [...this.tables[table].values()].map((record) => ["put", table, record] as unknown as Change)
    );
    return records.map((change) => [change]);
  }
}
