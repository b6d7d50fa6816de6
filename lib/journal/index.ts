// State on disk that survives a kill at any moment: a journal of transactions, and a store of records that uses it.
export {DamagedError} from "./damage.js";
export {Journal, writeJournal, type JournalKind} from "./journal.js";
export {Store, type Change, type Tables} from "./store.js";
export {syncDirectory} from "./sync-directory.js";
export {untilWritten} from "./until-written.js";
