// Finds the columns that a chart needs by their usual names.
import {usualColumn, type Role} from "../columns/index.js";
import {columnNames, inFiles, type Data} from "../metrics/column.js";

let latest: {data: Data; names: string[]} | undefined;

/** The names of the data's columns. Kept until the chart is drawn, since one chart asks for several, of maybe a million rows. */
export function namesOf(data: Data): string[] {
  if (latest?.data !== data) {
    latest = {data, names: columnNames(data)};
    queueMicrotask(() => (latest = undefined));
  }
  return latest.names;
}

/** The column with a usual name for this role, such as "ds" for times; undefined if there is none. */
export const findColumn = (data: Data, role: Role): string | undefined => usualColumn(namesOf(data), role);

/** As `findColumn`; without one, throws an Error that says what the chart needs and which columns there are. Empty data has none. */
export function needColumn(data: Data, role: Role): string {
  const found = findColumn(data, role);
  if (found !== undefined) return found;
  const names = namesOf(data);
  if (!names.length) return role;
  throw new Error(
    `The chart needs a column for "${role}"${inFiles(data)}, and none has a usual name for it. There are: ${names.join(", ")}. ` +
      `Name it: {${role}: ${JSON.stringify(names[0])}}`
  );
}
