// The platform's memory: what there is of each kind.
import {Store, writeJournal, type Change as ChangeOf} from "../journal/index.js";
import {journalKind} from "./journal-kind.js";
import type {TableName, Tables} from "./records.js";

export type Change = ChangeOf<Tables>;

export const put = <Name extends TableName>(table: Name, record: Tables[Name]) =>
  ["put", table, record] as unknown as Change;
export const drop = (table: TableName, id: string): Change => ["drop", table, id];

export class State extends Store<Tables> {
  static async open(file: string): Promise<State> {
    const state = new State({
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
    await state.load(file, journalKind);
    return state;
  }

  /** Makes the file of a state that begins with these changes, all of them or, if it is interrupted, none. */
  static async create(file: string, changes: Change[]): Promise<void> {
    await writeJournal(file, journalKind, changes.length > 0 ? [changes] : []);
  }
}
