/** Files that are written whole or not at all, and what the disk refuses, as sentences with the fix. Imports no other room. */
export {reasonOf} from "./reason.js";
export {writeWhole} from "./write-whole.js";
