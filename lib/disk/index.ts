/** What the disk refuses, as sentences with the fix. Imports no other room. */
export {reasonOf} from "./reason.js";
