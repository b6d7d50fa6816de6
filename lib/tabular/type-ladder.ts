// The one ladder of types for a CSV's columns: which SQL types a column may get, and what text is a value of each.
//
// Everything that reads CSV goes the same way, and needs no more than DuckDB (1.1 in pages, 1.5 in Node):
//   1. `columnNames(fields)` (column-names.ts) gives what the platform calls each column and what we call it;
//   2. the file is read as text alone (`csvSource` in csv-source.ts), and `look` (column-fit.ts) finds out what its columns hold;
//   3. `readingOf` (column-reading.ts) gives of each column the type, the SQL that makes values of its text, and warnings.
// A column's type on the platform may be undefined: then the values decide. Runs in Node and in pages: no file of these imports
// anything of Node.
import type {ColumnType} from "../wire/index.js";
import {literal} from "./quote.js";
import {dateFormats, timeFormats} from "./time-formats.js";

/** A type that a column can be read as. Whole numbers too large for a BIGINT are a DECIMAL, which keeps every digit. */
export type SqlType = "BIGINT" | "DECIMAL(38,0)" | "DOUBLE" | "TIMESTAMP" | "VARCHAR";

/** One way to read a column's text. */
export interface Rung {
  type: Exclude<SqlType, "VARCHAR">;
  /** SQL that gives the value, and NULL for a text that is none. */
  sql: string;
  /** SQL that says about a text that is a value whether the type holds all that it says; undefined where it always does. */
  isExact?: string;
  /** SQL that is quicker: the value of texts in the commonest spelling, which it holds exactly, and NULL for all others. */
  quick?: string;
  /** In strptime's language, for a time that isn't written as ISO 8601. */
  format?: string;
}

/** The ways to read the text `x`, an SQL expression, the best first; text is always the last, and not among them. */
export function typeLadder(x: string, type: ColumnType | undefined): Rung[] {
  switch (type?.dataType) {
    case "NUMERIC":
      return numbers(x, type.dataFormats.numeric_format === "INTEGER");
    case "TIME": {
      const given = Object.values(type.dataFormats).filter((format) => format.includes("%"));
      return [isoTime(x), ...[...given, ...timeFormats].map((format) => formattedTime(x, format))];
    }
    case undefined:
      return [...numbers(x, false), isoTime(x), ...dateFormats.map((format) => formattedTime(x, format))];
    default:
      return [];
  }
}

/** What is dropped before and after a value; `trim` alone leaves tabs. */
const blanks = literal(" \t\n\v\f\r");

/** SQL that tells whether the text `x` is of a pattern, apart from blanks before and after: `trim` would take five times as long. */
export const matches = (x: string, pattern: string) =>
  `regexp_full_match(${x}, ${literal(`[[:space:]]*(${pattern})[[:space:]]*`)})`;

// DuckDB's casts round `5.7` to a BIGINT, read `0x10` and `1_000`, drop the zeros of `01220` and the digits of a long number that
// becomes a DOUBLE. So what is a number is said here. They take blanks around it as they are.
const whole = "[+-]?(0|[1-9][0-9]*)";
const number = "[+-]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?";
const infinity = "[+-]?(?i:inf|infinity)";

/** Whole numbers from here on aren't all told apart by a DOUBLE: 2 to the power 53. */
const inexact = "9007199254740992";
/** A number of so many bytes has no more digits than a DOUBLE always holds. */
const exactLength = 15;

function numbers(x: string, mayHavePoint: boolean): Rung[] {
  const isWhole = matches(x, mayHavePoint ? `${whole}([.]0*)?` : whole);
  const digits = mayHavePoint ? `split_part(${x}, '.', 1)` : x;
  const double = `TRY_CAST(${x} AS DOUBLE)`;
  const isSame = `${significant(x)} = ${significant(`${double}::VARCHAR`)}`;
  // A whole number whose digits a DOUBLE would change is rather an id; one that a DOUBLE was written as keeps them.
  const isHeld = `(abs(${double}) < ${inexact} OR NOT ${matches(x, `${whole}([.]0*)?`)} OR ${isSame})`;
  return [
    {
      type: "BIGINT",
      sql: `CASE WHEN ${isWhole} THEN TRY_CAST(${digits} AS BIGINT) END`,
      quick: `CASE WHEN TRY_CAST(${x} AS BIGINT)::VARCHAR = ${x} THEN TRY_CAST(${x} AS BIGINT) END`
    },
    // The cast of a text to a DECIMAL takes 4 µs, 200 times that to a BIGINT.
    {
      type: "DECIMAL(38,0)",
      sql:
        `CASE WHEN ${isWhole} THEN coalesce(TRY_CAST(${digits} AS BIGINT)::DECIMAL(38,0), ` +
        `TRY_CAST(${digits} AS DECIMAL(38,0))) END`
    },
    {
      type: "DOUBLE",
      sql: `CASE WHEN ${matches(x, number)} AND ${isHeld} AND isfinite(${double}) OR ${matches(x, infinity)} THEN ${double} END`,
      isExact:
        `(strlen(${x}) <= ${exactLength} AND NOT contains(lower(${x}), 'e') OR NOT isfinite(${double}) OR ` +
        `${isSame})`,
      quick:
        `CASE WHEN CASE WHEN strlen(${x}) <= ${exactLength} ` +
        `THEN regexp_full_match(${x}, '-?(0|[1-9][0-9]*)([.][0-9]*)?') ` +
        `ELSE ${double}::VARCHAR = ${x} END THEN ${double} END`
    }
  ];
}

/** The digits of a number's text without the zeros before and after them. */
const significant = (text: string) => `trim(regexp_replace(${text}, '[eE].*|[^0-9]', '', 'g'), '0')`;

/**
 * ISO 8601. A time with an offset is moved to UTC, one without is taken as it stands. The offset is taken off here:
 * DuckDB 1.5's cast drops it silently where 1.1's moves by it, and neither knows of one after minutes, or after a
 * blank.
 */
function isoTime(x: string): Rung {
  const t = `upper(trim(${x}, ${blanks}))`;
  const date = "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}";
  const clock = "[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]*)?)?";
  const offset = "[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?";
  const isIso = matches(x, `${date}((?i:${clock})( *((?i:Z|UTC|GMT)|${offset}))?)?`);
  const local = `TRY_CAST(regexp_extract(${t}, '^${date}(${clock})?') AS TIMESTAMP)`;
  // What doesn't match stays whole, and is no integer. A colon comes first: in `2024-01-02` there is no offset.
  const hours = `TRY_CAST(regexp_replace(${t}, '^.*:.*([+-][0-9]{2})(:?[0-9]{2})?$', '\\1') AS INTEGER)`;
  const minutes = `TRY_CAST(regexp_replace(${t}, '^.*:.*([+-])[0-9]{2}:?([0-9]{2})$', '\\1\\2') AS INTEGER)`;
  const ahead = `to_minutes(60 * coalesce(${hours}, 0) + coalesce(${minutes}, 0))`;
  const isPlain =
    `${x} LIKE '____-__-__' OR ${x} LIKE '____-__-_____:__:__' OR ` +
    `(${x} LIKE '____-__-_____:__:__%Z' AND strlen(${x}) <= 27)`;
  return {
    type: "TIMESTAMP",
    sql:
      `CASE WHEN ${isIso} THEN CASE WHEN regexp_matches(${t}, ':.*[+-]') THEN ${local} - ${ahead} ` +
      `ELSE ${local} END END`,
    isExact: `(NOT regexp_matches(${x}, '[.][0-9]{6}0*[1-9]'))`,
    // What sorts before '0' could only be the sign of a year.
    quick: `CASE WHEN ${x} > '0' AND (${isPlain}) THEN TRY_CAST(${x} AS TIMESTAMP) END`
  };
}

/**
 * strptime takes a digit or two for a year of four, and 'infinity' for any time, and is slow to refuse; so the shape comes first. `0042` is
 * rather a code than a year.
 */
function formattedTime(x: string, format: string): Rung {
  const time = `try_strptime(trim(${x}, ${blanks}), ${literal(format)})`;
  return {
    type: "TIMESTAMP",
    sql: `CASE WHEN ${matches(x, shapeOf(format))} AND year(${time}) > 999 THEN ${time} END`,
    format
  };
}

/** A pattern of the texts that a format is for. */
const shapeOf = (format: string) =>
  format.replaceAll(/%-?(.)|[^\w ]/g, (part, letter: string | undefined) =>
    letter === undefined ? `[${part}]` : (shapes[letter] ?? ".*")
  );

const shapes: Record<string, string> = {
  Y: "[0-9]{4}",
  b: "[A-Za-z]{3}",
  B: "[A-Za-z]{3,9}",
  p: "[AaPp][Mm]",
  ...Object.fromEntries([..."dmyHIMS"].map((letter) => [letter, "[0-9]{1,2}"]))
};
