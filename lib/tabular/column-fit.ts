// Looks at the text of columns and finds out which types it fits. Runs in Node and in pages.
import type {ColumnType} from "../wire/index.js";
import {missingWords} from "./missing-words.js";
import {matches, typeLadder} from "./type-ladder.js";

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
  /** Of each rung whether all that is present are values in its commonest spelling, which its quick SQL reads. */
  arePlain: boolean[];
  /** Of each rung of times whether what it reads has no microseconds. */
  areMilliseconds: boolean[];
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

/** Runs a statement and gives its rows' values: numbers also as bigint. */
export type AskRows = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/** SQL that tells whether `x` is a value, not a word for a missing one. */
export const isFilled = (x: string) => `NOT ${matches(x, missingWords.map(escaped).join("|"))}`;

const escaped = (text: string) => text.replaceAll(/[^\w ]/g, (character) => `[${character}]`);

/** Digits after a leading zero, which a number would lose. */
const isCode = (x: string) => matches(x, "[+-]?0[0-9]+([.][0-9]*)?");

/** Columns of one statement: each thread holds 2,048 rows of them all. */
const batchSize = 250;

/**
 * Looks at all rows of `source`, a relation in SQL, for what the columns hold. With `known`, the fits of some of the rows, only the
 * types that fit all of those are tried, and columns that fit none are left out.
 *
 * With `areKept` the texts go through DuckDB's memory, as pages need it: DuckDB 1.1 else hands on as few values at a time as a row has,
 * and takes four times as long. The DuckDB of Node has no such trouble, and there files can be larger than the memory.
 */
export async function look(
  ask: AskRows,
  source: string,
  columns: readonly TextColumn[],
  known: Fits = [],
  areKept = false
): Promise<Fits> {
  const fits: Fits = columns.map(() => undefined);
  const asked = columns.flatMap(({x, type}, i) => {
    const open = typeLadder(x, type).flatMap((_, rung) =>
      !known[i] || known[i].fits[rung] === known[i].filled ? [rung] : []
    );
    return open.length > 0 ? [{x, i, key: JSON.stringify([type, open]), type, open}] : [];
  });
  for (let at = 0; at < asked.length; at += batchSize) {
    const batch = asked.slice(at, at + batchSize);
    const keys = [...new Set(batch.map(({key}) => key))];
    const questions = keys.map((key, kind) => {
      const {type, open} = batch.find((column) => column.key === key)!;
      return question(kind, type, open);
    });
    const kinds = batch.map(({key}) => keys.indexOf(key));
    for (const [i, ...values] of await ask(statement(source, batch, kinds, questions, areKept))) {
      const [column, kind] = [batch[Number(i)]!, kinds[Number(i)]!];
      const before = questions.slice(0, kind).reduce((sum, {outer}) => sum + outer.length, 0);
      fits[column.i] = questions[kind]!.read(values.slice(before));
    }
    // Without a row there is no answer.
    for (const [j, {i}] of batch.entries()) fits[i] ??= questions[kinds[j]!]!.read([]);
  }
  return fits;
}

/**
 * The columns one below the other, as rows that say which column they are of: so a statement is as long for a thousand columns as for
 * one. DuckDB's time to plan aggregates, and its memory for those with a FILTER, grow with the square of how many there are.
 */
function statement(
  source: string,
  columns: readonly {x: string}[],
  kinds: number[],
  questions: Question[],
  areKept: boolean
): string {
  const values = columns.map(({x}) => x).join(", ");
  return (
    `WITH texts AS ${areKept ? "MATERIALIZED" : "NOT MATERIALIZED"} (` +
    `SELECT unnest(range(${columns.length})) AS i, unnest([${kinds.join(", ")}]) AS kind, unnest([${values}]) AS x ` +
    `FROM ${source}) ` +
    `SELECT i, ${questions.flatMap(({outer}) => outer).join(", ")} FROM (` +
    `SELECT i, kind, x, ${isFilled("x")} AS filled, ${questions.flatMap(({inner}) => inner).join(", ")} FROM texts` +
    `) GROUP BY i`
  );
}

/** What is asked of columns of one kind, in two steps: each value is converted once in each way, then all are counted. */
interface Question {
  inner: string[];
  outer: string[];
  /** Takes the values of `outer`. */
  read: (values: readonly unknown[]) => Fit;
}

/** The question whether columns of a type fit these rungs of its ladder. */
function question(kind: number, type: ColumnType | undefined, open: number[]): Question {
  const ladder = typeLadder("x", type);
  const value = (rung: number) => `value_${kind}_${rung}`;
  const quick = (rung: number) => `quick_${kind}_${rung}`;
  const firstOf = (condition: string) => `any_value(CASE WHEN ${condition} THEN x END)`;
  const none = ["filled", `kind = ${kind}`, ...open.map((rung) => `${value(rung)} IS NULL`)].join(" AND ");
  const whole = open.find((rung) => ladder[rung]!.type === "BIGINT");
  return {
    inner: open.flatMap((rung) => {
      const {sql, quick: quickSql} = ladder[rung]!;
      const tried = quickSql === undefined ? sql : `coalesce(${quickSql}, ${sql})`;
      return [
        `CASE WHEN kind = ${kind} THEN ${quickSql ?? "NULL"} END AS ${quick(rung)}`,
        `CASE WHEN kind = ${kind} THEN ${tried} END AS ${value(rung)}`
      ];
    }),
    outer: [
      "count(x)",
      "count_if(filled)",
      firstOf(none),
      `count_if(CASE WHEN ${none} THEN ${isCode("x")} END)`,
      whole === undefined
        ? "true"
        : `coalesce(bool_and(${value(whole)} BETWEEN -2147483647 AND 2147483647), true)`,
      ...open.flatMap((rung) => {
        const {isExact, type, format} = ladder[rung]!;
        const isCut = `${quick(rung)} IS NULL AND ${value(rung)} IS NOT NULL AND NOT ${isExact}`;
        // Few formats have fractions of a second.
        const mayHaveParts = type === "TIMESTAMP" && (format === undefined || /%[fgn]/.test(format));
        return [
          `count(${value(rung)})`,
          `count(${quick(rung)})`,
          isExact ? firstOf(isCut) : "NULL",
          mayHaveParts ? `coalesce(bool_and(epoch_us(${value(rung)}) % 1000 = 0), true)` : "true"
        ];
      })
    ],
    read: ([present = 0, filled = 0, misfit = null, codes = 0, areSmall = true, ...found]) => {
      const fit: Fit = {
        present: Number(present),
        filled: Number(filled),
        fits: ladder.map(() => 0),
        arePlain: ladder.map(() => false),
        areMilliseconds: ladder.map(() => false),
        cut: ladder.map(() => null),
        misfit: misfit as string | null,
        codes: Number(codes),
        areSmall: areSmall as boolean
      };
      for (const [j, rung] of open.entries()) {
        const [fits = 0, plain = 0, cut = null, areMilliseconds = true] = found.slice(4 * j);
        fit.fits[rung] = Number(fits);
        fit.arePlain[rung] = Number(plain) === fit.present && fit.present > 0;
        fit.areMilliseconds[rung] = areMilliseconds as boolean;
        fit.cut[rung] = cut as string | null;
      }
      return fit;
    }
  };
}
