// A small Arrow file as plain rows, read by Flechette: 7 kB compressed, where apache-arrow and what it imports are 53 kB.
import {tableFromIPC, type Table} from "@uwdata/flechette";

/** What this needs of Framework's `FileAttachment`. */
export interface ArrowFile {
  readonly name: string;
  /** Where the file is. */
  url(): Promise<string>;
}

/** A row, by the names of its columns. */
export type ArrowRow = Record<string, unknown>;

/** Arrow's type ids. */
const [wholeNumber, timeOfDay] = [2, 9];

/**
 * The rows of an Arrow file, as objects that charts, tables and Plot take: `arrowRows(FileAttachment("data/latest.arrow"))`.
 *
 * - Dates and timestamps are `Date`s, null where they are missing.
 * - 64-bit integers are numbers where all values of the column are within ±(2⁵³ − 1), else bigints.
 * - Times of day are texts such as "08:30:00", decimals the nearest double.
 *
 * The error for a file that can't be fetched or read names it. Arrow files that are compressed inside can't be read: serve them
 * compressed instead, as `ikigai-kit serve` does.
 */
export async function arrowRows(file: ArrowFile): Promise<ArrowRow[]> {
  const url = await file.url();
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error(`${file.name} can't be fetched from ${url}: ${String(cause)}`, {cause});
  });
  if (!response.ok)
    throw new Error(`${file.name} can't be fetched from ${url}: the server answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  try {
    return rowsOf(tableFromIPC(bytes, {useDate: true, useBigInt: true}));
  } catch (cause) {
    throw new Error(`${file.name} can't be read as Arrow: ${String(cause)}`, {cause});
  }
}

function rowsOf(table: Table): ArrowRow[] {
  const columns = table.schema.fields.map(
    ({name, type}, i) => [name, readable(type, table.getChildAt(i).toArray())] as const
  );
  return Array.from({length: table.numRows}, (_, row) => {
    const object: ArrowRow = {};
    for (const [name, values] of columns) object[name] = values[row];
    return object;
  });
}

interface ColumnType {
  typeId: number;
  bitWidth?: number;
  /** Of times: 0 seconds, 1 milliseconds, 2 microseconds, 3 nanoseconds. */
  unit?: number;
  /** Of dictionaries: the type of what is in them. */
  dictionary?: ColumnType;
}

function readable(type: ColumnType, values: ArrayLike<unknown>): ArrayLike<unknown> {
  const of = type.dictionary ?? type;
  if (of.typeId === wholeNumber && of.bitWidth === 64) return numbersWhereExact(values);
  if (of.typeId === timeOfDay) return Array.from(values, (value) => timeText(value, of.unit ?? 1));
  return values;
}

function numbersWhereExact(values: ArrayLike<unknown>): ArrayLike<unknown> {
  const numbers = Array.from(values, (value) => (value == null ? null : Number(value)));
  return numbers.every((value) => value === null || Number.isSafeInteger(value)) ? numbers : values;
}

/** As DuckDB writes it: fractions of a second only where there are some. */
function timeText(value: unknown, unit: number): string | null {
  if (value == null) return null;
  const digits = unit * 3;
  const scale = 10n ** BigInt(digits);
  const [all, one] = [BigInt(value as number | bigint), (n: bigint) => String(n).padStart(2, "0")];
  const [seconds, rest] = [all / scale, all % scale];
  const fraction = String(rest).padStart(digits, "0").replace(/0+$/, "");
  const text = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map(one).join(":");
  return rest ? `${text}.${fraction}` : text;
}
