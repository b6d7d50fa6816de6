// How a site's data has changed since the edition before: tables that are empty now, columns that are gone, and parts
// that are gone.
import {partList} from "../config/index.js";

/** A data file's table. */
export interface DataShape {
  /** Its name, such as `data/sales.parquet`. */
  file: string;
  /** How many rows it has; null where that isn't known, as for what isn't a table. */
  rows: number | null;
  /** Names of its columns, if it has some. */
  columns: readonly string[];
}

export interface DataProblem {
  /** The files that may have been spoiled on their way. */
  files: string[];
  message: string;
}

interface Compared {
  now: readonly DataShape[];
  before: readonly DataShape[];
}

/**
 * What is wrong with each table that lost all of its rows, some of its columns, or some of its parts. Another file that is new, or gone, is
 * no problem.
 */
export const dataProblems = (compared: Compared): DataProblem[] => [
  ...shapeProblems(compared),
  ...partProblems(compared)
];

function shapeProblems({now, before}: Compared): DataProblem[] {
  const earlier = new Map(before.map((shape) => [shape.file, shape]));
  return now.flatMap(({file, rows, columns}) => {
    const last = earlier.get(file);
    if (!last) return [];
    const problems: string[] = [];
    if (rows === 0 && last.rows !== null && last.rows > 0) {
      problems.push(
        `${file} has no rows, and had ${last.rows} in the edition before. See what happened to its source on the platform; if that is right, publish with --accept-loss.`
      );
    }
    const gone = last.columns.filter((column) => !columns.includes(column));
    if (gone.length > 0) {
      const names = gone.map((column) => `"${column}"`).join(", ");
      problems.push(
        `${file} no longer has ${gone.length === 1 ? "the column" : "the columns"} ${names}. Change the pages that use ${gone.length === 1 ? "it" : "them"}, or its source on the platform; if that is right, publish with --accept-loss.`
      );
    }
    return problems.map((message) => ({files: [file], message}));
  });
}

/** A table whose list of parts both editions have lost the rows of each part that isn't there any more. */
function partProblems({now, before}: Compared): DataProblem[] {
  const lists = now.map(({file}) => file).filter((file) => file.endsWith(`.${partList}.json`));
  return lists.flatMap((list) => {
    const parts = partsBeside(list, now).map(({file}) => file);
    const gone = before.some(({file}) => file === list)
      ? partsBeside(list, before).filter(({file, rows}) => rows !== 0 && !parts.includes(file))
      : [];
    return gone.map(({file, rows}) => ({
      files: [list, ...parts],
      message:
        `${file} is gone, which was a part in the edition before${rows === null ? "" : ` (rows: ${rows})`}. See what happened to its source on the platform; ` +
        "if that is right, as when the entry is split in another way, publish with --accept-loss."
    }));
  });
}

/** The files of the parts that a list beside them names: `data/sales.2024.parquet` of `data/sales.parts.json`. */
function partsBeside(list: string, shapes: readonly DataShape[]): DataShape[] {
  const start = list.slice(0, -`${partList}.json`.length);
  return shapes.filter(
    ({file}) => file.startsWith(start) && /^[^./]+\.parquet$/.test(file.slice(start.length))
  );
}
