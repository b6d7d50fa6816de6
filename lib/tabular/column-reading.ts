// How a column is read, once it is known what its text fits: the type, the SQL, and what the user must be told. Runs in Node and
// in pages.
import {isFilled, type Fit, type TextColumn} from "./column-fit.js";
import {missingWords} from "./missing-words.js";
import {literal} from "./quote.js";
import {typeLadder, type Rung, type SqlType} from "./type-ladder.js";

/** How one column is read, and what was assumed or given up in doing so. */
export interface Reading {
  type: SqlType;
  /** Makes a value of the type of the column's text. */
  sql: string;
  /** Whether it is of whole numbers that an INTEGER holds; a cast of one that it doesn't hold is a misfit. */
  isSmall: boolean;
  /** Whether it is of times without microseconds; `wholeMilliseconds` makes one that has some a misfit. */
  hasMilliseconds: boolean;
  /** Each a sentence that names the column. */
  warnings: string[];
}

/** What a query stops with at a value that the first rows didn't foresee. */
const misfitMark = "unlike the first rows of its column:";

/** SQL that stops a query at such a value, the text `x`. */
export const stopAt = (x: string) => `error(${literal(misfitMark)} || ' ' || ${x})`;

/** SQL of a time, `x`, that stops a query where it has microseconds. It is short, for there can be thousands of such columns. */
export const wholeMilliseconds = (x: string) =>
  `CASE WHEN epoch_us(${x}) % 1000 <> 0 THEN error(${literal(misfitMark)}) ELSE ${x} END`;

/** Whether a query stopped at such a value: found by our SQL, or by a cast, also one of the code that uses the table. */
export function isMisfit(error: unknown): boolean {
  const marks = [misfitMark, "out of range for the destination type INT32"];
  return error instanceof Error && marks.some((mark) => error.message.includes(mark));
}

/**
 * How to read a column, called `name`. When `fit` covers every row (`isProven`) the SQL can't fail; when it covers the first
 * ones only, the SQL stops the query at a value that they didn't foresee: see `isMisfit`.
 */
export function readingOf(
  {x, type}: TextColumn,
  name: string,
  fit: Fit | undefined,
  isProven: boolean
): Reading {
  const ladder = typeLadder(x, type);
  const text: Reading = {type: "VARCHAR", sql: x, isSmall: false, hasMilliseconds: false, warnings: []};
  if (!fit) return text;
  // Without a value nothing is known of it: the first one ends the attempt.
  if (fit.filled === 0 && !type)
    return isProven ? text : {...text, sql: `CASE WHEN ${isFilled(x)} THEN ${stopAt(x)} ELSE ${x} END`};

  const {filled, fits, cut} = fit;
  // Of a column without a value yet, nothing speaks for whole numbers but its format.
  const isOpen = filled === 0 && type?.dataFormats.numeric_format !== "INTEGER";
  const index = isOpen ? ladder.length - 1 : fits.indexOf(filled);
  const best = ladder[index];
  if (!best) return {...text, warnings: warningOf(name, type?.dataType, fit, ladder)};

  const warnings: string[] = [];
  const swapped = best.format?.replace("%m/%d", "%d/%m");
  if (swapped !== best.format && fits[ladder.findIndex(({format}) => format === swapped)] === filled) {
    warnings.push(`column "${name}": dates are read with the month before the day`);
  }
  const lost = cut[index];
  const isPlain = fit.arePlain[index] ?? false;
  if (lost != null) {
    const what = best.type === "DOUBLE" ? "digits than a DOUBLE holds" : "digits than microseconds";
    warnings.push(`column "${name}": ${quoted(lost)} has more ${what}, the rest is cut`);
  }
  return {
    type: best.type,
    sql: isProven ? provenSql(best, isPlain) : unprovenSql(x, best, isPlain, lost != null),
    isSmall: best.type === "BIGINT" && fit.areSmall,
    hasMilliseconds: best.type === "TIMESTAMP" && (fit.areMilliseconds[index] ?? false),
    warnings
  };
}

const provenSql = ({sql, quick}: Rung, isPlain: boolean) =>
  quick === undefined ? sql : isPlain ? quick : `coalesce(${quick}, ${sql})`;

/** A value that would be cut needs a warning: unless there has been one already, the first one stops the query, too. */
function unprovenSql(x: string, {sql, quick, isExact}: Rung, isPlain: boolean, isTold: boolean): string {
  const stop = (isFilled: string) => `CASE WHEN ${isFilled} THEN ${stopAt(x)} END`;
  // Patterns take DuckDB long to plan, so a column of plain values, of which there can be thousands, has as few as will do.
  if (isPlain) {
    return `coalesce(${quick}, ${stop(`NOT list_contains([${missingWords.map(literal).join(", ")}], ${x})`)})`;
  }
  const value = isExact && !isTold ? `CASE WHEN ${isExact} THEN ${sql} END` : sql;
  return `coalesce(${quick ? `${quick}, ` : ""}${value}, ${stop(isFilled(x))})`;
}

/** Why a column is text, where one would expect another type. */
function warningOf(
  name: string,
  dataType: string | undefined,
  {filled, fits, codes, misfit}: Fit,
  ladder: {type: SqlType}[]
): string[] {
  const areNumbers = (fits[ladder.findIndex(({type}) => type === "DOUBLE")] ?? 0) + codes === filled;
  if (!dataType && !(codes > 0 && areNumbers)) return [];
  const mixed =
    dataType === "TIME"
      ? "its times are written in more than one way"
      : "it has decimals beside whole numbers too long for a DOUBLE";
  const reason = misfit === null ? mixed : `${quoted(misfit)} ${fault(misfit, dataType)}`;
  return [`column "${name}" is kept as text${dataType ? `, not ${dataType}` : ""}: ${reason}`];
}

function fault(value: string, dataType: string | undefined): string {
  const text = value.trim();
  if (dataType === "TIME") return "can't be read as a time";
  if (/^[+-]?0\d+(\.\d*)?$/.test(text)) return "begins with a zero, as codes do";
  if (/^[+-]?\d+$/.test(text)) return "has more digits than a number holds";
  if (/^[+-]?(\d+\.?\d*|\.\d+)e\+?\d+$/i.test(text)) return "is larger than a DOUBLE holds";
  return "can't be read as a number";
}

const quoted = (value: string) => JSON.stringify(value.slice(0, 60));
