// What text in a CSV's column becomes: written by hand, and what every reader of CSV is held to. That is the loaders, `rows()`, `table()`
// and `downloadParquet()`, the local platform's IMPORTED and the page's `database()`.
import type {ColumnType} from "../../lib/wire/index.js";

/** What a reader makes of a column. */
export interface Outcome {
  /** Its type in DuckDB. */
  sqlType: string;
  /** Its values as DuckDB writes them as text, null where one is missing. */
  values: (string | null)[];
  /** What must be told of it, when it is called `v`. */
  warning?: string;
}

export interface Vector extends Outcome {
  /** What the column is, or holds. */
  about: string;
  /** Its fields: null is an empty one, "" a quoted empty one. All others may be quoted or not. */
  texts: (string | null)[];
  /** What the platform says it is; left out where it says nothing, as a page never knows. */
  type?: ColumnType;
  /** Readers that make something else of it, and why. */
  differs?: Partial<Record<"page" | "platform", Partial<Outcome> & {why: string}>>;
}

export const numeric: ColumnType = {dataType: "NUMERIC", dataFormats: {}};
export const integer: ColumnType = {dataType: "NUMERIC", dataFormats: {numeric_format: "INTEGER"}};
export const time: ColumnType = {dataType: "TIME", dataFormats: {}};
export const text: ColumnType = {dataType: "TEXT", dataFormats: {}};

/** The vector once as NUMERIC and once without a type, as a page reads it. */
const bothNumeric = (vector: Omit<Vector, "type">): Vector[] => [
  {...vector, type: numeric, about: `${vector.about}, NUMERIC`},
  {...vector, ...(vector.warning && {warning: vector.warning.replace(", not NUMERIC", "")})}
];

/** The vector once as TIME and once without a type. */
const bothTime = (vector: Omit<Vector, "type">): Vector[] => [
  {...vector, type: time, about: `${vector.about}, TIME`},
  {...vector, ...(vector.warning && {warning: vector.warning.replace(", not TIME", "")})}
];

/** Text that is kept, and why in a column of numbers; a column without a type may well be text, and nothing is told. */
const noNumber = (about: string, texts: string[], reason: string): Vector[] => [
  {
    about: `${about}, NUMERIC`,
    texts,
    type: numeric,
    sqlType: "VARCHAR",
    values: texts,
    warning: `column "v" is kept as text, not NUMERIC: ${reason}`
  },
  {about, texts, sqlType: "VARCHAR", values: texts}
];

const noTime = (about: string, texts: string[], reason: string): Vector => ({
  about,
  texts,
  type: time,
  sqlType: "VARCHAR",
  values: texts,
  warning: `column "v" is kept as text, not TIME: ${reason}`
});

/** A single text that is no number. */
const isNoNumber = (value: string) =>
  noNumber(`the text ${value}`, [value], `${JSON.stringify(value)} can't be read as a number`);

/** Digits that would be lost in a number. */
const codes = (...texts: string[]): Vector[] =>
  bothNumeric({
    about: `codes such as ${texts[0]}`,
    texts,
    sqlType: "VARCHAR",
    values: texts,
    warning: `column "v" is kept as text, not NUMERIC: ${JSON.stringify(texts.find((value) => /^[+-]?0\d/.test(value)))} begins with a zero, as codes do`
  });

const isoTime = (written: string, utc: string, differs?: Vector["differs"]): Vector[] =>
  bothTime({
    about: `the time ${JSON.stringify(written)}`,
    texts: [written],
    sqlType: "TIMESTAMP",
    values: [utc],
    ...(differs && {differs})
  });

export const vectors: readonly Vector[] = [
  // Whole numbers.
  ...bothNumeric({
    about: "whole numbers",
    texts: ["1", "-2", null, "+5", " 12 ", "\t7", "0", "-0"],
    sqlType: "BIGINT",
    values: ["1", "-2", null, "5", "12", "7", "0", "0"]
  }),
  ...bothNumeric({
    about: "the extremes of INTEGER",
    texts: ["2147483647", "-2147483648"],
    sqlType: "BIGINT",
    values: ["2147483647", "-2147483648"]
  }),
  ...bothNumeric({
    about: "the extremes of BIGINT",
    texts: ["9223372036854775807", "-9223372036854775808"],
    sqlType: "BIGINT",
    values: ["9223372036854775807", "-9223372036854775808"]
  }),
  ...bothNumeric({
    about: "the extremes of UBIGINT, ids of 20 digits",
    texts: ["18446744073709551615", "12345678901234567890", "12345678901234567891", "0"],
    sqlType: "DECIMAL(38,0)",
    values: ["18446744073709551615", "12345678901234567890", "12345678901234567891", "0"]
  }),
  ...bothNumeric({
    about: "38 digits",
    texts: ["9".repeat(38), `-${"9".repeat(38)}`],
    sqlType: "DECIMAL(38,0)",
    values: ["9".repeat(38), `-${"9".repeat(38)}`]
  }),
  ...noNumber("39 digits", ["9".repeat(39)], `"${"9".repeat(39)}" has more digits than a number holds`),
  {
    about: "whole floats that are said to be whole",
    texts: ["1.0", "2", "3.", "-4.00"],
    type: integer,
    sqlType: "BIGINT",
    values: ["1", "2", "3", "-4"]
  },
  {about: "no values, whole", texts: [null, ""], type: integer, sqlType: "BIGINT", values: [null, null]},
  {about: "no values, NUMERIC", texts: [null, ""], type: numeric, sqlType: "DOUBLE", values: [null, null]},
  {about: "no values", texts: [null, ""], sqlType: "VARCHAR", values: [null, ""]},

  // Numbers with a point or an exponent.
  ...bothNumeric({
    about: "decimals",
    texts: ["1", "2.5", "-1e-3", "1.", ".5", "1e5", "1E+5", "0.10", "-0.5", "0"],
    sqlType: "DOUBLE",
    values: ["1.0", "2.5", "-0.001", "1.0", "0.5", "100000.0", "100000.0", "0.1", "-0.5", "0.0"]
  }),
  ...bothNumeric({
    about: "infinities",
    texts: ["inf", "-Infinity", "INF", "1.5"],
    sqlType: "DOUBLE",
    values: ["inf", "-inf", "inf", "1.5"]
  }),
  ...bothNumeric({
    about: "floats of 17 digits, which are exact",
    texts: ["0.30000000000000004", "1.7976931348623157e308", "5e-324", "12345678.123456787"],
    sqlType: "DOUBLE",
    values: ["0.30000000000000004", "1.7976931348623157e+308", "5e-324", "12345678.123456787"]
  }),
  ...bothNumeric({
    about: "large floats, written as whole numbers with a point",
    texts: ["-2147483626.0", "-1463687462469350100.0", "3.963615646980636e-180"],
    sqlType: "DOUBLE",
    values: ["-2147483626.0", "-1.4636874624693501e+18", "3.963615646980636e-180"]
  }),
  ...bothNumeric({
    about: "more digits than a DOUBLE holds",
    texts: ["1.5", "90071992547409.93"],
    sqlType: "DOUBLE",
    values: ["1.5", "90071992547409.94"],
    warning: 'column "v": "90071992547409.93" has more digits than a DOUBLE holds, the rest is cut'
  }),
  ...bothNumeric({
    about: "a number too small for a DOUBLE",
    texts: ["1e-400"],
    sqlType: "DOUBLE",
    values: ["0.0"],
    warning: 'column "v": "1e-400" has more digits than a DOUBLE holds, the rest is cut'
  }),
  ...noNumber("a number too large for a DOUBLE", ["1e400", "1.5"], '"1e400" is larger than a DOUBLE holds'),
  ...noNumber(
    "decimals beside ids that a DOUBLE doesn't hold",
    ["9007199254740993", "0.5"],
    "it has decimals beside whole numbers too long for a DOUBLE"
  ),

  // Words for what is missing.
  ...bothNumeric({
    about: "pandas's words for a missing number",
    texts: ["1", "NaN", "N/A", "null", "", " ", "None", "#N/A N/A", "-1.#IND", "<NA>", "NA ", "2"],
    sqlType: "BIGINT",
    values: ["1", ...Array<null>(10).fill(null), "2"]
  }),
  {
    about: "the same words in text",
    texts: ["007", "NA", "", null, "null", " x "],
    type: text,
    sqlType: "VARCHAR",
    values: ["007", "NA", "", null, "null", " x "]
  },

  // Codes: leading zeros are digits.
  ...codes("01220", "10001"),
  ...codes("5", "007"),
  ...codes("00"),
  ...codes("007.5"),
  ...codes("-01"),
  ...codes("1.5", "00.5"),

  // What DuckDB or others would take for a number.
  ...[
    "2024_01",
    "1_2",
    "1_000.5",
    "0x10",
    "1,5",
    "1,234",
    "١٢",
    "12abc",
    "5%",
    "$5",
    "1 000",
    "1e",
    "--1",
    "TRUE"
  ].flatMap(isNoNumber),

  // ISO 8601.
  ...isoTime("2024-02-29", "2024-02-29 00:00:00", {
    platform: {
      sqlType: "DATE",
      values: ["2024-02-29"],
      why: "a flow that reads days writes days, without a time that nobody gave"
    }
  }),
  ...isoTime("2024/1/5", "2024-01-05 00:00:00"),
  ...isoTime("2024-01-02 03:04", "2024-01-02 03:04:00"),
  ...isoTime("2024-01-02T03:04:05.25", "2024-01-02 03:04:05.25"),
  ...isoTime("2024-01-02 24:00:00", "2024-01-03 00:00:00"),
  ...isoTime("2024-01-01T10:00:00-08:00 ", "2024-01-01 18:00:00"),
  ...isoTime(" 2024-01-01T10:00:00-08:00", "2024-01-01 18:00:00"),
  ...isoTime("\t2024-01-01T10:00:00-08:00\t", "2024-01-01 18:00:00"),
  ...isoTime("2024-01-01T10:00:00Z", "2024-01-01 10:00:00"),
  ...isoTime("2024-01-01T10:00:00Z ", "2024-01-01 10:00:00"),
  ...isoTime("2024-01-01t10:00:00z", "2024-01-01 10:00:00"),
  ...isoTime("2024-01-01 10:00:00 UTC", "2024-01-01 10:00:00"),
  ...isoTime("2024-01-01T10:00:00+0530", "2024-01-01 04:30:00"),
  ...isoTime("2024-01-01T10:00:00-0330", "2024-01-01 13:30:00"),
  ...isoTime("2024-01-01T10:00:00-00:30", "2024-01-01 10:30:00"),
  ...isoTime("2024-01-01T10:00:00-08", "2024-01-01 18:00:00"),
  ...isoTime("2024-01-01 10:00:00 +0200", "2024-01-01 08:00:00"),
  ...isoTime("2024-01-01T10:00+02:00", "2024-01-01 08:00:00"),
  ...isoTime("2024-01-01T10:00:00.123456Z", "2024-01-01 10:00:00.123456"),
  ...isoTime("2024-01-01 10:00:00.5-05:30", "2024-01-01 15:30:00.5"),
  ...isoTime("2024-01-01 10:00:00.123456000", "2024-01-01 10:00:00.123456"),
  ...bothTime({
    about: "nanoseconds",
    texts: ["2024-01-01T10:00:00.123456789Z"],
    sqlType: "TIMESTAMP",
    values: ["2024-01-01 10:00:00.123456"],
    warning: 'column "v": "2024-01-01T10:00:00.123456789Z" has more digits than microseconds, the rest is cut'
  }),
  {
    about: "a missing time",
    texts: ["2024-01-02", null, "NaT", ""],
    type: time,
    sqlType: "TIMESTAMP",
    values: ["2024-01-02 00:00:00", null, null, null]
  },

  // Other ways to write a time.
  ...bothTime({
    about: "dates with the month or the day before the other",
    texts: ["01/02/2024"],
    sqlType: "TIMESTAMP",
    values: ["2024-01-02 00:00:00"],
    warning: 'column "v": dates are read with the month before the day'
  }),
  ...bothTime({
    about: "dates with the day before the month",
    texts: ["31/1/2024", "01/02/2024"],
    sqlType: "TIMESTAMP",
    values: ["2024-01-31 00:00:00", "2024-02-01 00:00:00"]
  }),
  ...bothTime({
    about: "times with a half of the day",
    texts: ["1/31/2024 5:06:07 PM"],
    sqlType: "TIMESTAMP",
    values: ["2024-01-31 17:06:07"]
  }),
  ...bothTime({
    about: "dates with points",
    texts: ["31.1.2024"],
    sqlType: "TIMESTAMP",
    values: ["2024-01-31 00:00:00"]
  }),
  ...bothTime({
    about: "dates with a month's name",
    texts: [" Jan 2, 2024 "],
    sqlType: "TIMESTAMP",
    values: ["2024-01-02 00:00:00"]
  }),
  {
    about: "months, TIME",
    texts: ["2024-01"],
    type: time,
    sqlType: "TIMESTAMP",
    values: ["2024-01-01 00:00:00"]
  },
  {about: "months", texts: ["2024-01"], sqlType: "VARCHAR", values: ["2024-01"]},
  {about: "years, TIME", texts: ["2015"], type: time, sqlType: "TIMESTAMP", values: ["2015-01-01 00:00:00"]},
  {about: "years", texts: ["2015"], sqlType: "BIGINT", values: ["2015"]},
  {
    about: "compact dates, TIME",
    texts: ["20240229"],
    type: time,
    sqlType: "TIMESTAMP",
    values: ["2024-02-29 00:00:00"]
  },
  {
    about: "the format that the platform gives",
    texts: ["02|01|24"],
    type: {dataType: "TIME", dataFormats: {time_format: "%d|%m|%y"}},
    sqlType: "TIMESTAMP",
    values: ["2024-01-02 00:00:00"]
  },
  noTime("a word among times", ["2024-01-02", "soon"], `"soon" can't be read as a time`),
  noTime("times in two ways", ["2024-01-02", "1/2/2024"], "its times are written in more than one way"),
  noTime("years of two digits", ["1/2/24"], `"1/2/24" can't be read as a time`),
  noTime("codes as years", ["0042"], `"0042" can't be read as a time`),
  noTime("infinity as a time", ["infinity"], `"infinity" can't be read as a time`),
  noTime("a day that there isn't", ["2023-02-29"], `"2023-02-29" can't be read as a time`),
  noTime(
    "an offset that there isn't",
    ["2024-01-01T10:00:00+99:00"],
    `"2024-01-01T10:00:00+99:00" can't be read as a time`
  )
];

/** A CSV of the column `v`, with another beside it so that an empty field isn't a blank line. */
export const vectorCsv = ({texts}: Pick<Vector, "texts">): string =>
  `v,n\n${texts.map((field) => (field === null ? "" : `"${field.replaceAll('"', '""')}"`) + ",1\n").join("")}`;

/** What a reader should make of it. */
export function expected(vector: Vector, reader?: "page" | "platform"): Required<Outcome> {
  const {sqlType, values, warning} = {...vector, ...(reader && vector.differs?.[reader])};
  return {sqlType, values, warning: warning ?? ""};
}
