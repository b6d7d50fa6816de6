// Which texts are categories: few different ones, each found often.
import type {AskRows} from "../tabular/column-fit.js";

/** Text with at most so many different values, each found twice or more on average, is a category. */
const maxCategories = 1000;
/** Columns of one statement: each thread holds 2,048 rows of them all. */
const batchSize = 250;

/** How many texts there are of a column that aren't empty, and about how many different ones. */
interface Texts {
  filled: number;
  distinct: number;
}

export const isCategory = ({filled, distinct}: Texts) =>
  distinct > 0 && distinct <= Math.min(maxCategories, filled / 2);

/** Counts the texts of these columns of a relation, one column below the other as `look` does. */
export async function distinctTexts(ask: AskRows, source: string, columns: string[]): Promise<Texts[]> {
  const counts = columns.map(() => ({filled: 0, distinct: 0}));
  for (let at = 0; at < columns.length; at += batchSize) {
    const batch = columns.slice(at, at + batchSize);
    const rows = await ask(
      `SELECT i, count(x), approx_count_distinct(x) FROM (SELECT unnest(range(${batch.length})) AS i, ` +
        `nullif(unnest([${batch.join(", ")}]), '') AS x FROM ${source}) GROUP BY i`
    );
    for (const [i, filled, distinct] of rows) {
      counts[at + Number(i)] = {filled: Number(filled), distinct: Number(distinct)};
    }
  }
  return counts;
}
