// The error for a column that the config names and the data doesn't have.
import {listedNearest, nearestName} from "../lib/names/index.js";
import {LoadError} from "./error.js";

/** @throws LoadError for the first of the names that isn't a column, naming the setting and the nearest that is */
export function requireColumns(setting: string, names: readonly string[], columns: readonly string[]): void {
  const unknown = names.find((name) => !columns.includes(name));
  if (unknown === undefined) return;
  const meant = nearestName(unknown, columns);
  throw new LoadError(
    `${setting} names the column "${unknown}", which doesn't exist; ` +
      (meant === undefined ? `there are ${listedNearest(unknown, columns)}` : `did you mean "${meant}"?`)
  );
}
