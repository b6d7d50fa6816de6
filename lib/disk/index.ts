/** Files that are written whole or not at all, and what the disk refuses, as sentences with the fix. Imports no other room. */
export {checkReadable, checkWritable} from "./check-writable.js";
export {isDiskFull} from "./is-full.js";
export {diskFault, reasonOf, type DiskFault} from "./reason.js";
export {untilRoom, type RoomOptions} from "./until-room.js";
export {writeWhole} from "./write-whole.js";
