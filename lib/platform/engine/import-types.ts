// Which type each column of an imported CSV is read as. The platform says what kind of column it is, a look at the first
// rows says which of that kind's types; a value that doesn't fit makes the column fall back to the next wider one, and in
// the end to text, so that no row is ever lost.
import type {Database} from "./database.js";
import type {DataTypes} from "./host.js";
import {literal} from "../../tabular/quote.js";

/** A type to read a column as. */
export interface ImportType {
  type: string;
  /** How a time is written that isn't ISO 8601. */
  format?: string;
  /** A pattern that each value has to match: DuckDB would round 0.5 to a whole number without a word. */
  pattern?: string;
}

const integer = String.raw`[-+]?(0|[1-9]\d*)`;
const number = String.raw`[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?|[-+]?(nan|inf)`;

const text: ImportType = {type: "VARCHAR"};
const whole: ImportType = {type: "BIGINT"};
const wholeUnproven: ImportType = {type: "BIGINT", pattern: integer};
const double: ImportType = {type: "DOUBLE"};
const date: ImportType = {type: "DATE"};
const timestamp: ImportType = {type: "TIMESTAMP"};

/** Times as people write them, the day first only where the month can't be. */
const timeFormats = [
  "%m/%d/%Y",
  "%m/%d/%Y %H:%M",
  "%m/%d/%Y %H:%M:%S",
  "%d/%m/%Y",
  "%d/%m/%Y %H:%M",
  "%d/%m/%Y %H:%M:%S",
  "%d.%m.%Y",
  "%d.%m.%Y %H:%M",
  "%d.%m.%Y %H:%M:%S",
  "%Y/%m/%d",
  "%Y%m%d",
  "%b %d, %Y",
  "%d %b %Y",
  "%d-%b-%Y",
  "%B %d, %Y",
  "%Y-%m",
  "%b %Y",
  "%Y"
].map((format): ImportType => ({type: "TIMESTAMP", format}));

/** What the first rows hold of a column: how many values, and how many of them are of the kinds that were asked for. */
type Look = {values: number} & Partial<Record<Kind, number>>;
type Kind = keyof typeof looks;

const matching = (pattern: string) => (column: string) =>
  `count(*) FILTER (regexp_full_match(${column}, '${pattern}'))`;

const looks = {
  values: (column: string) => `count(${column})`,
  integers: matching(integer),
  numbers: matching(number),
  dates: matching(String.raw`\d{4}-\d{2}-\d{2}`),
  times: (column: string) =>
    `count(*) FILTER (regexp_matches(${column}, '^\\d{4}[-/]\\d') AND TRY_CAST(${column} AS TIMESTAMP) IS NOT NULL)`
};

const rowsLookedAt = 20_000;

/** What the types of a column depend on, by what the platform says of it. */
function kindsOf(declared: DataTypes[string] | undefined): Kind[] {
  if (!declared) return Object.keys(looks) as Kind[];
  if (declared.data_type === "NUMERIC") return ["values", "integers"];
  return declared.data_type === "TIME" ? ["values", "dates"] : ["values"];
}

/** Looks at the first rows of a file with these columns. `read` is how it is to be read. */
export async function look(
  database: Database,
  path: string,
  declared: (DataTypes[string] | undefined)[],
  read: string
): Promise<Look[]> {
  const schema = declared.map((_, i) => `c${i}: 'VARCHAR'`).join(", ");
  const kinds = declared.map(kindsOf);
  const counts = kinds.flatMap((names, i) => names.map((name) => looks[name](`c${i}`)));
  const [row] = await database.rows(
    `SELECT ${counts.join(", ")} FROM (FROM read_csv(${literal(path)}, ${read}, columns = {${schema}}) LIMIT ${rowsLookedAt})`
  );
  const values = row!.values();
  return kinds.map(
    (names) => Object.fromEntries(names.map((name) => [name, Number(values.next().value)])) as Look
  );
}

/** The types a column may be read as, the narrowest that its first rows allow first. */
function ladderOf(seen: Look, declared: DataTypes[string] | undefined): ImportType[] {
  const all = (count: number | undefined) => count === seen.values;
  const some = seen.values > 0;
  const kind =
    declared?.data_type ??
    (some && all(seen.numbers) ? "NUMERIC" : some && all(seen.times) ? "TIME" : "TEXT");
  if (kind === "NUMERIC") {
    const isWhole = declared?.data_formats.numeric_format === "INTEGER";
    return all(seen.integers) ? [isWhole ? whole : wholeUnproven, double, text] : [double, text];
  }
  if (kind !== "TIME") return [text];
  return [...(all(seen.dates) ? [date] : []), timestamp, ...timeFormats, text];
}

/** The types of one run's imports. A value that doesn't fit any more ends the attempt, and the run starts again. */
export class ImportTypes {
  private readonly files = new Map<string, {ladder: ImportType[]; rung: number}[]>();

  /** The types of a file's columns, in their order; decided once, by what was seen and declared then. */
  of(path: string, seen: Look[], declared: (DataTypes[string] | undefined)[]): ImportType[] {
    let columns = this.files.get(path);
    if (!columns) {
      columns = seen.map((each, i) => ({ladder: ladderOf(each, declared[i]), rung: 0}));
      this.files.set(path, columns);
    }
    return columns.map(({ladder, rung}) => ladder[rung]!);
  }

  /** Takes the next wider type for a column; false if there is none. */
  widen(path: string, column: number): boolean {
    const entry = this.files.get(path)?.[column];
    if (!entry || entry.rung + 1 >= entry.ladder.length) return false;
    entry.rung++;
    return true;
  }
}

/** The file and column of a value that didn't fit its type, if that is what DuckDB says. */
export function misfit(message: string): {path: string; column: number} | undefined {
  const column = /Error when converting column "c(\d+)"\. Could not convert/.exec(message);
  const file = /^ {2}file = (.*)$/m.exec(message);
  return column && file ? {path: file[1]!, column: Number(column[1])} : undefined;
}
