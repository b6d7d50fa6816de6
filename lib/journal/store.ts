// Tables of records in memory, changed by transactions that apply as a whole or not at all, and kept in a journal.
import {Journal, type JournalKind} from "./journal.js";

/** Puts a record into a table, or drops the one with an id. */
export type Change<Kinds> =
  | {[Name in keyof Kinds]: readonly ["put", Name, Kinds[Name]]}[keyof Kinds]
  | readonly ["drop", keyof Kinds, string];

export type Tables<Kinds> = {readonly [Name in keyof Kinds]: Map<string, Kinds[Name]>};

export class Store<Kinds extends {[Name in keyof Kinds]: {id: string}}> {
  #journal!: Journal;

  /** `tables` are empty at first and read-only for others: `load` fills them, `commit` changes them. */
  protected constructor(readonly tables: Tables<Kinds>) {}

  /** Fills the tables from a journal, which from now on gets the changes. */
  protected async load(file: string, kind: JournalKind): Promise<void> {
    this.#journal = await Journal.open(
      file,
      kind,
      (changes) => (changes as Change<Kinds>[]).forEach((change) => this.#apply(change)),
      () => this.#snapshot()
    );
  }

  /** One transaction: in the tables at once, and on disk when the promise resolves. */
  commit(...changes: Change<Kinds>[]): Promise<void> {
    const undo = changes.map((change) => this.#apply(change));
    return this.#journal.append(changes, () => undo.toReversed().forEach((restore) => restore()));
  }

  /** Resolves when the transactions so far are on disk, or undone. What the tables have meanwhile may not last. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  /** Applies a change and returns what undoes it. */
  #apply([action, table, record]: Change<Kinds>): () => void {
    const map = this.tables[table] as Map<string, {id: string}>;
    const id = action === "put" ? record.id : record;
    const before = map.get(id);
    if (action === "put") map.set(id, record);
    else map.delete(id);
    return () => {
      if (before) map.set(id, before);
      else map.delete(id);
    };
  }

  /** Copies the lists at once: records put while the snapshot is being written belong to a later one. */
  #snapshot(): Iterable<Change<Kinds>[]> {
    const records = (Object.keys(this.tables) as (keyof Kinds)[]).flatMap((table) =>
      [...this.tables[table].values()].map((record) => ["put", table, record] as const)
    );
    return records.map((change) => [change]);
  }
}
