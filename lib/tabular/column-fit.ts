// Looks at the text of columns and finds out which types it fits. Runs in Node and in pages.
import type {ColumnType} from "../wire/index.js";
import {missingWords} from "./missing-words.js";
import {literal} from "./quote.js";
import {trimmed, typeLadder} from "./type-ladder.js";

/** A column whose text is looked at. */
export interface TextColumn {
  /** Its name as SQL, in the relation that is looked at. */
  x: string;
  /** What the platform says it is, if anything. */
  type: ColumnType | undefined;
}

/** What was found in the rows that were looked at. */
export interface Fit {
  /** How many fields hold something, a word for a missing value too. */
  present: number;
  /** How many of them are values. */
  filled: number;
  /** How many of them each rung of the ladder fits. */
  fits: number[];
  /** Of each rung a value that its type can't hold whole, if there is one. */
  cut: (string | null)[];
  /** A value that no rung fits. */
  misfit: string | null;
  /** How many are digits that begin with a zero: no rung fits those. */
  codes: number;
  /** Whether the whole numbers among them are within ±2,147,483,647. */
  areSmall: boolean;
}

/** What was found of each column; undefined where there is nothing to find out. */
export type Fits = (Fit | undefined)[];

/** Runs a statement that gives one row, and gives the row's values: numbers also as bigint. */
export type AskRow = (sql: string) => Promise<readonly unknown[]>;

/** SQL that tells whether `x` is a value, not a word for a missing one. */
export const isFilled = (x: string) =>
  // Not an IN: DuckDB makes a long one a join, which then looks at every value, where a CASE would look at few.
  `(${x} IS NOT NULL AND NOT list_contains([${missingWords.map(literal).join(", ")}], ${trimmed(x)}))`;

/** Digits after a leading zero, which a number would lose. */
export const isCode = (x: string) => `regexp_full_match(${trimmed(x)}, '[+-]?0[0-9]+([.][0-9]*)?')`;

/** Columns of one statement. With more, DuckDB takes longer to plan each; with fewer, it reads the rows more often. */
const batchSize = 40;

/**
 * Looks at all rows of `source`, a relation in SQL, for what the columns hold. With `known`, the fits of some of the rows, only the
 * types that fit all of those are tried, and columns that fit none are left out.
 */
export async function look(
  ask: AskRow,
  source: string,
  columns: readonly TextColumn[],
  known: Fits = []
): Promise<Fits> {
  const questions = columns.map(({x, type}, i) => question(x, type, known[i]));
  const asked = questions.filter((one) => one !== undefined);
  const answers: Fit[] = [];
  for (let i = 0; i < asked.length; i += batchSize) {
    const batch = asked.slice(i, i + batchSize);
    const inner = batch.flatMap((one) => one.inner).join(", ");
    const outer = batch.flatMap((one) => one.outer).join(", ");
    const values = (await ask(`SELECT ${outer} FROM (SELECT ${inner} FROM ${source})`)).values();
    for (const one of batch) answers.push(one.read(() => values.next().value));
  }
  const found = answers.values();
  return questions.map((one) => one && found.next().value);
}

/** What is asked of a column, in two steps: each value is converted once in each way, then all are counted. */
interface Question {
  inner: string[];
  outer: string[];
  read: (next: () => unknown) => Fit;
}

function question(x: string, type: ColumnType | undefined, known: Fit | undefined): Question | undefined {
  const ladder = typeLadder(x, type);
  const isOpen = ladder.map((_, i) => !known || known.fits[i] === known.filled);
  if (!isOpen.includes(true)) return undefined;
  const own = (name: string) => `"${x} ${name}"`;
  const tried = ladder.flatMap(({sql, isExact}, i) =>
    isOpen[i]
      ? [`${sql} AS ${own(`value ${i}`)}`, ...(isExact ? [`NOT (${isExact}) AS ${own(`cut ${i}`)}`] : [])]
      : []
  );
  const open = ladder.flatMap((_, i) => (isOpen[i] ? [own(`value ${i}`)] : []));
  const none = [own("filled"), ...open.map((value) => `${value} IS NULL`)].join(" AND ");
  const whole = ladder.flatMap((rung, i) => (isOpen[i] && rung.type === "BIGINT" ? [own(`value ${i}`)] : []));
  return {
    inner: [`${x} AS ${own("text")}`, `${isFilled(x)} AS ${own("filled")}`, ...tried],
    outer: [
      `count(${own("text")})`,
      `count(*) FILTER (${own("filled")})`,
      `any_value(${own("text")}) FILTER (${none})`,
      `count(*) FILTER (${none} AND ${isCode(own("text"))})`,
      whole.length > 0 ? `coalesce(bool_and(${whole[0]} BETWEEN -2147483647 AND 2147483647), true)` : "true",
      ...ladder.flatMap(({isExact}, i) => {
        if (!isOpen[i]) return [];
        const value = own(`value ${i}`);
        return [
          `count(${value})`,
          ...(isExact
            ? [`any_value(${own("text")}) FILTER (${value} IS NOT NULL AND ${own(`cut ${i}`)})`]
            : [])
        ];
      })
    ],
    read: (next) => {
      const [present, filled] = [Number(next()), Number(next())];
      const misfit = next() as string | null;
      const codes = Number(next());
      const areSmall = next() as boolean;
      const counted = ladder.map(({isExact}, i) =>
        isOpen[i]
          ? {fits: Number(next()), cut: isExact ? (next() as string | null) : null}
          : {fits: 0, cut: null}
      );
      return {
        present,
        filled,
        misfit,
        codes,
        areSmall,
        fits: counted.map(({fits}) => fits),
        cut: counted.map(({cut}) => cut)
      };
    }
  };
}
