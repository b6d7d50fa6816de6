// Says what exists when something was asked for that doesn't.
import {listedNearest} from "../../names/index.js";

/** The names, nearest to the wanted one first, at most ten, as a sentence's end: `it has: 'a', 'b' and 3 more`. */
export const listNearest = (wanted: string, names: string[]): string =>
  listedNearest(wanted, names, {quote: (name) => `'${name}'`});
