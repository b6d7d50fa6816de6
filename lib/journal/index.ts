// State on disk that survives a kill at any moment: a journal of transactions, for the platform and the gateway.
export {DamagedError} from "./damage.js";
export {Journal, writeJournal, type JournalKind} from "./journal.js";
export {syncDirectory} from "./sync-directory.js";
