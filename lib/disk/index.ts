/** Files that are written whole or not at all, and what the disk refuses, as sentences with the fix. Imports no other room. */
export {checkWritable} from "./check-writable.js";
export {isDiskFull} from "./is-full.js";
export {reasonOf} from "./reason.js";
export {untilRoom, type RoomOptions} from "./until-room.js";
export {writeWhole} from "./write-whole.js";
