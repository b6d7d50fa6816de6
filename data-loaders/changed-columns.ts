// What has changed in a table's columns, for the authors of the pages that use them.
import type {ColumnNames} from "../lib/tabular/formats.js";

/** A sentence that says which columns are gone, new or of another type; undefined where none is, or where there were none. */
export function changedColumns(before: ColumnNames, now: ColumnNames): string | undefined {
  const [old, names] = [Object.keys(before), Object.keys(now)];
  if (old.length === 0 || names.length === 0) return undefined;
  const changes = [
    ...old.filter((name) => !Object.hasOwn(now, name)).map((name) => `${quoted(name)} is gone`),
    ...names.filter((name) => !Object.hasOwn(before, name)).map((name) => `${quoted(name)} is new`),
    ...names
      .filter((name) => Object.hasOwn(before, name) && before[name] !== now[name])
      .map((name) => `${quoted(name)} was ${before[name]} and is ${now[name]}`)
  ];
  return changes.length > 0 ? `its columns have changed: ${changes.join(", ")}` : undefined;
}

const quoted = (name: string) => JSON.stringify(name);
