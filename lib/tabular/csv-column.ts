// Which SQL type a CSV column gets: the first that every one of its values fits, of those its platform type allows.
import type {ColumnType} from "../wire/index.js";
import {literal} from "./quote.js";

/** A type that a column can be read as. Whole numbers too large for a BIGINT are a DECIMAL, which keeps every digit. */
export type SqlType = "BIGINT" | "DECIMAL(38,0)" | "DOUBLE" | "TIMESTAMP" | "VARCHAR";

/** A way to read a column: SQL that turns its text into the type, and gives NULL for a text that doesn't fit. */
interface Candidate {
  type: SqlType;
  sql: string;
  /** A quicker way for values of which the first rows say that they are plain: the condition, and what is then done. */
  quick?: {source: "VARCHAR" | "DOUBLE"; when: string; sql: string};
  /** In strptime's language, for a time that isn't written as ISO 8601. */
  format?: string;
}

/** How one column is read, and what was assumed or given up in doing so. */
export interface Reading {
  type: SqlType;
  /** What the CSV reader is to read the column as. */
  source: "VARCHAR" | "DOUBLE";
  sql: string;
  /** Whether it is of whole numbers that an INTEGER holds; a cast of one that it doesn't hold is a misfit. */
  isSmall: boolean;
  warning?: string;
}

/** What was found in the rows that were looked at. */
export interface Fit {
  /** How many fields hold something, be it a word for a missing value. */
  present: number;
  /** How many of them are values. */
  filled: number;
  /** How many of them each candidate fits. */
  fits: number[];
  /** A value that no candidate fits. */
  misfit: string | null;
  /** Whether the whole numbers among them are within ±2,147,483,647. */
  areSmall: boolean;
}

/** What a query stops with at a value that the first rows didn't foresee. */
const misfitMark = "unlike the first rows of its column:";

/** Whether a query stopped at such a value: found by our SQL, by the CSV reader, or by a cast, be it of whoever uses the table. */
export function isMisfit(error: unknown): boolean {
  const marks = [
    misfitMark,
    "Error when converting column",
    "invalid timestamp",
    "timestamp field value out of range",
    "out of range for the destination type INT32"
  ];
  return error instanceof Error && marks.some((mark) => error.message.includes(mark));
}

/** What pandas takes for a missing number or time (`na_values` of `read_csv`): the platform's own client reads so. */
const missing = [
  ..."#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN".split(","),
  ..."<NA>,N/A,NA,NULL,NaN,NaT,None,n/a,nan,null".split(",")
];

/** Tried in this order when a time isn't written as ISO 8601; the month before the day, as pandas does. */
const timeFormats = [
  "%Y-%m",
  "%Y",
  "%Y%m%d",
  "%m/%d/%Y",
  "%d/%m/%Y",
  "%m/%d/%Y %H:%M",
  "%d/%m/%Y %H:%M",
  "%m/%d/%Y %H:%M:%S",
  "%d/%m/%Y %H:%M:%S",
  "%m/%d/%Y %I:%M:%S %p",
  "%d.%m.%Y",
  "%d-%m-%Y",
  "%d-%b-%Y",
  "%b %d, %Y"
];

/** The ways to read the column `x`, the best first. Empty for a text. Without a `type` the values decide. */
function candidates(x: string, type: ColumnType | undefined): Candidate[] {
  switch (type?.dataType) {
    case "NUMERIC":
      return numeric(x, type.dataFormats.numeric_format === "INTEGER");
    case "TIME": {
      const given = Object.values(type.dataFormats).filter((format) => format.includes("%"));
      return [...isoTimes(x), ...[...given, ...timeFormats].map((format) => formattedTime(x, format))];
    }
    case undefined:
      return [...numeric(x, false), ...isoTimes(x)];
    default:
      return [];
  }
}

/** Whole numbers from here on aren't all told apart by a DOUBLE: 2 to the power 53. */
const inexact = "9007199254740992";

/**
 * DuckDB's casts round `5.7` to a BIGINT, read `0x10` and `1_000`, and drop the digits of a long number that becomes a
 * DOUBLE. So whole numbers must look whole, and a DOUBLE mustn't be a whole number that it can't hold.
 */
function numeric(x: string, mayHavePoint: boolean): Candidate[] {
  const whole = `regexp_full_match(trim(${x}), '[+-]?[0-9]+${mayHavePoint ? "([.]0*)?" : ""}')`;
  const digits = mayHavePoint ? `split_part(${x}, '.', 1)` : x;
  const double = `TRY_CAST(${x} AS DOUBLE)`;
  const isExact = `(abs(${double}) < ${inexact} OR NOT ${whole})`;
  return [
    {
      type: "BIGINT",
      sql: `CASE WHEN TRY_CAST(${x} AS BIGINT)::VARCHAR = ${x} THEN TRY_CAST(${x} AS BIGINT) END`,
      quick: {
        source: "DOUBLE",
        when: `abs(${x}) < ${inexact} AND trunc(${x}) = ${x}`,
        sql: `${x}::BIGINT`
      }
    },
    {type: "BIGINT", sql: `CASE WHEN ${whole} THEN TRY_CAST(${digits} AS BIGINT) END`},
    // The cast of a text to a DECIMAL takes 4 µs, 200 times that to a BIGINT.
    {
      type: "DECIMAL(38,0)",
      sql:
        `CASE WHEN ${whole} THEN coalesce(TRY_CAST(${digits} AS BIGINT)::DECIMAL(38,0), ` +
        `TRY_CAST(${digits} AS DECIMAL(38,0))) END`
    },
    {
      type: "DOUBLE",
      sql: `nullif(CASE WHEN ${isExact} THEN ${double} END, 'NaN'::DOUBLE)`,
      quick: {source: "DOUBLE", when: `abs(${x}) < ${inexact}`, sql: x}
    }
  ];
}

/**
 * ISO 8601. A time with an offset is moved to UTC, one without is taken as it stands. DuckDB's cast to TIMESTAMP would drop an
 * offset without a word, and its cast to TIMESTAMPTZ is slow: so first only dates and times exactly to the second, which have
 * no room for an offset, then any. LIKE is the quickest way to see that.
 */
function isoTimes(x: string): Candidate[] {
  const isPlain = `${x} LIKE '____-__-__' OR ${x} LIKE '____-__-_____:__:__'`;
  // Four digits of a year: DuckDB also takes 'infinity' for a time, and '1/2/24' for one of the year 1.
  const hasYear = `trim(${x})[5] IN ('-', '/')`;
  const hasOffset = `regexp_matches(${x}, ':[0-9.:]+ ?[+-][0-9:]+$')`;
  // '+02' is not understood, '+02:00' is.
  const withMinutes = `regexp_replace(${x}, '([+-][0-9]{2})$', '\\1:00')`;
  const moved = `make_timestamp(epoch_us(TRY_CAST(${withMinutes} AS TIMESTAMPTZ)))`;
  return [
    {
      type: "TIMESTAMP",
      sql: `CASE WHEN ${isPlain} THEN TRY_CAST(${x} AS TIMESTAMP) END`,
      quick: {source: "VARCHAR", when: isPlain, sql: `CAST(${x} AS TIMESTAMP)`}
    },
    {
      type: "TIMESTAMP",
      sql: `CASE WHEN ${hasOffset} THEN ${moved} WHEN ${hasYear} THEN TRY_CAST(${x} AS TIMESTAMP) END`
    }
  ];
}

/** A year below 1000 means two digits of a year where the format has four; 'infinity' fits every format. */
function formattedTime(x: string, format: string): Candidate {
  const time = `try_strptime(trim(${x}), ${literal(format)})`;
  return {
    type: "TIMESTAMP",
    sql: `CASE WHEN regexp_matches(${x}, '[0-9]') AND year(${time}) > 999 THEN ${time} END`,
    format
  };
}

/** Not an IN: DuckDB makes a long one a join, which then looks at every value, where a CASE would look at few. */
const isFilled = (x: string) =>
  `(${x} IS NOT NULL AND NOT list_contains([${["", ...missing].map(literal).join(", ")}], trim(${x})))`;

/**
 * SQL that gives a `Fit` of the column `x` of `source`; undefined when there is nothing to find out. With the `known` fit of
 * some of the rows, only the candidates that fit all of those are tried. Each value is converted once in each way, and
 * formats are tried only on what isn't ISO 8601, since a conversion that fails is slow.
 */
export function fitSql(
  x: string,
  type: ColumnType | undefined,
  source: string,
  known?: Fit
): string | undefined {
  const all = candidates(x, type);
  const isOpen = all.map((_, i) => !known || known.fits[i] === known.filled);
  if (!isOpen.includes(true)) return undefined;
  const tried = all.map(({sql, format}, i) => {
    if (!isOpen[i]) return `NULL AS t${i}`;
    return format === undefined
      ? `${sql} AS t${i}`
      : `CASE WHEN t0 IS NULL AND t1 IS NULL THEN ${sql} END AS t${i}`;
  });
  const fits = all.map((_, i) => `count(t${i})`).join(", ");
  const isMisfit = ["filled", ...all.map((_, i) => `t${i} IS NULL`)].join(" AND ");
  const whole = all.flatMap(({type}, i) => (type === "BIGINT" ? [`t${i}`] : [])).join(", ");
  const areSmall = whole ? `bool_and(coalesce(${whole}) BETWEEN -2147483647 AND 2147483647)` : "NULL";
  return (
    `SELECT {present: count(x), filled: count(*) FILTER (filled), fits: [${fits}], ` +
    `misfit: any_value(x) FILTER (${isMisfit}), areSmall: coalesce(${areSmall}, true)} ` +
    `FROM (SELECT ${x} AS x, ${isFilled(x)} AS filled, ${tried.join(", ")} FROM ${source})`
  );
}

/**
 * How to read the column `x`, called `name`. When `fit` tells of every row (`isProven`) the SQL can't fail; when it tells of
 * the first ones only, the SQL stops the query with `misfitMark` at a value that they didn't foresee.
 */
export function readingOf(
  x: string,
  name: string,
  type: ColumnType | undefined,
  fit: Fit | undefined,
  isProven: boolean
): Reading {
  const all = candidates(x, type);
  const text: Reading = {type: "VARCHAR", source: "VARCHAR", sql: x, isSmall: false};
  if (!fit || (fit.filled === 0 && !type)) return text;

  const {present, filled, fits, misfit} = fit;
  // Of a column without a value yet, nothing speaks for whole numbers but its format.
  const isOpen = filled === 0 && type?.dataFormats.numeric_format !== "INTEGER";
  const index = isOpen ? all.length - 1 : fits.indexOf(filled);
  const best = all[index];
  if (!best) {
    if (!type) return text;
    const [kind, mixed] =
      type.dataType === "TIME"
        ? ["time", "its times are written in more than one way"]
        : ["number", "it has decimals beside whole numbers too long for a DOUBLE"];
    const reason =
      misfit === null ? mixed : `${JSON.stringify(misfit.slice(0, 60))} can't be read as a ${kind}`;
    return {...text, warning: `column "${name}" is kept as text, not ${type.dataType}: ${reason}`};
  }

  // What is quick takes no word for a missing value, and a DOUBLE of the CSV reader's must hold all there is.
  const isPlain = fits[index] === present && (best.quick?.source === "VARCHAR" || fits.at(-1) === present);
  const quick = isProven || !isPlain ? undefined : best.quick;
  const isValue = quick ? `${x} IS NOT NULL` : isFilled(x);
  const stop = `CASE WHEN ${isValue} THEN error(${literal(misfitMark)} || ' ' || ${x}) END`;
  const unproven = quick
    ? `CASE WHEN ${quick.when} THEN ${quick.sql} ELSE ${stop} END`
    : `coalesce(${best.sql}, ${stop})`;
  const swapped = best.format?.replace("%m/%d", "%d/%m");
  const isEither =
    swapped !== best.format && fits[all.findIndex(({format}) => format === swapped)] === filled;
  return {
    type: best.type,
    source: quick?.source ?? "VARCHAR",
    sql: isProven ? best.sql : unproven,
    isSmall: best.type === "BIGINT" && fit.areSmall,
    ...(isEither && {warning: `column "${name}": dates are read with the month before the day`})
  };
}
