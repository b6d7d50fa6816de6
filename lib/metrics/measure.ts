// Defines an accuracy measure: once in TypeScript and once in SQL, over the same columns and the same rows.
import {identifier} from "../tabular/quote.js";
import type {Data} from "./column.js";
import {eachComplete} from "./complete.js";
import type {Columns, Measure, RatioMeasure} from "./measure-types.js";

interface Definition {
  label: string;
  unit: Measure["unit"];
  better?: Measure["better"];
  reads: readonly (keyof Columns)[];
  /** Columns that it always reads after those, whatever the caller's names. */
  also?: readonly string[];
  /** What is summed above the line, of a row's values in the order of `reads`. */
  term: (row: readonly number[]) => number;
  /** What is summed below it; 1 if left out, for a mean. */
  weight?: (row: readonly number[]) => number;
  /** Which complete rows count; all if left out. */
  counts?: (row: readonly number[]) => boolean;
  /** Takes the square root. */
  root?: boolean;
  /** The same in SQL, of the columns as doubles. */
  sql: (columns: string[]) => {term: string; weight?: string; counts?: string};
}

/** A measure that is a ratio of two sums; a mean, if there is no weight. */
export function ratio(definition: Definition): RatioMeasure {
  const {label, unit, better, reads, also = [], term, weight = () => 1, counts = () => true} = definition;
  const namesOf = (columns: Columns = {}) => [...reads.map((role) => named(role, columns[role])), ...also];
  const root = (value: number) => (definition.root ? Math.sqrt(value) : value);
  const ofSums = (term: number, weight: number) => (weight ? root(term / weight) : null);

  const each = (data: Data, columns: Columns | undefined, take: (i: number, row: number[]) => void) =>
    eachComplete(data, namesOf(columns), (i, row) => counts(row) && take(i, row));

  const partsSql = (columns?: Columns) => {
    const expressions = namesOf(columns).map(double);
    const {term, weight = "1", counts} = definition.sql(expressions);
    const conditions = [...expressions.map((e) => `isfinite(${e})`), ...(counts ? [counts] : [])];
    return {term, weight, counts: conditions.join(" AND ")};
  };

  return Object.assign(
    (data: Data, columns?: Columns) => {
      let above = 0;
      let below = 0;
      each(data, columns, (_, row) => {
        above += term(row);
        below += weight(row);
      });
      return ofSums(above, below);
    },
    {
      parts(data: Data, columns?: Columns) {
        const [places, terms, weights]: number[][] = [[], [], []];
        const length = each(data, columns, (i, row) => {
          places!.push(i);
          terms!.push(term(row));
          weights!.push(weight(row));
        });
        const result = {term: new Float64Array(length).fill(NaN), weight: new Float64Array(length).fill(NaN)};
        for (let k = 0; k < places!.length; ++k) {
          result.term[places![k]!] = terms![k]!;
          result.weight[places![k]!] = weights![k]!;
        }
        return result;
      },
      sql(columns?: Columns) {
        const {term, weight, counts} = partsSql(columns);
        const value =
          weight === "1"
            ? `avg(${term}) FILTER (WHERE ${counts})`
            : `(sum(${term}) FILTER (WHERE ${counts}) / nullif(sum(${weight}) FILTER (WHERE ${counts}), 0))`;
        return definition.root ? `sqrt(${value})` : value;
      },
      partsSql,
      ofSums,
      label,
      unit,
      better,
      reads
    }
  );
}

/** The column or number that a role reads. A level or probability outside 0 to 1 is refused. */
function named(role: keyof Columns, given: string | number = role): string | number {
  if ((role === "level" || role === "probability") && typeof given === "number") checkShare(role, given);
  return given;
}

/** Throws a RangeError that names what isn't a share between 0 and 1, both excluded. */
export function checkShare(name: string, value: number): void {
  if (value > 0 && value < 1) return;
  const meant = value >= 1 && value < 100 ? `${value / 100}` : "0.9";
  throw new RangeError(`The ${name} is ${value}: give it as a share between 0 and 1, such as ${meant}`);
}

/** A column, or a number, as a DuckDB double. */
export const double = (column: string | number) =>
  `CAST(${typeof column === "number" ? `'${column}'` : identifier(column)} AS DOUBLE)`;
