// What has become of a site's data since the edition before: tables that are empty now, and columns that are gone.

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
  file: string;
  message: string;
}

/** What is wrong with each table that lost all of its rows or some of its columns. A file that is new, or gone, is no problem. */
export function dataProblems({
  now,
  before
}: {
  now: readonly DataShape[];
  before: readonly DataShape[];
}): DataProblem[] {
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
    return problems.map((message) => ({file, message}));
  });
}
