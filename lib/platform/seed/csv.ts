// Reads and writes the small tables of the seed.

export type Cell = string | number | undefined;

/** Columns of a CSV text by name. For files without quotes or blank lines, as the seed's sources are. */
export function columns(csv: string): Map<string, string[]> {
  const [header, ...rows] = csv.trimEnd().split(/\r?\n/);
  const cells = rows.map((row) => row.split(","));
  return new Map(header!.split(",").map((name, i) => [name, cells.map((row) => row[i]!)]));
}

/** A CSV text with a header line; undefined is a blank. */
export function toCsv(header: string[], rows: Cell[][]): string {
  return [header, ...rows].map((row) => row.map(cell).join(",") + "\n").join("");
}

function cell(value: Cell): string {
  if (value === undefined) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
