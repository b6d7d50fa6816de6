/**
 * Names that people write: their spellings, the nearest of those that exist, and lists of them in a sentence. Imports no other room
 * and runs in a page.
 */
export {byName} from "./by-name.js";
export {listed} from "./listed.js";
export {nameKey} from "./name-key.js";
export {listedNearest, nearestFirst, nearestName} from "./nearest.js";
