// Rows as CSV.

/** A row, by the names of its columns. */
export type CsvRow = Readonly<Record<string, unknown>>;

/** The columns of all rows, in the order in which they come. */
export const columnsOf = (rows: readonly CsvRow[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row)))
];

/**
 * The rows as CSV by RFC 4180, with a head: all digits of numbers, dates in ISO 8601 and UTC (as `2015-12-01` where no time of day
 * matters), nothing for what is missing. The columns are those of all rows, in the order in which they come.
 */
export function csvText(rows: readonly CsvRow[]): string {
  const columns = columnsOf(rows);
  const lines = rows.map((row) => columns.map((name) => cell(row[name])));
  return [columns.map(cell), ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function cell(value: unknown): string {
  const text = plain(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plain(value: unknown): string {
  if (value == null) return "";
  if (value instanceof Date)
    return Number.isNaN(+value) ? "" : value.toISOString().replace("T00:00:00.000Z", "");
  return typeof value === "object" ? jsonOf(value) : `${value as string}`;
}

/** Bigints as texts, which JSON has no other way to write. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part));
