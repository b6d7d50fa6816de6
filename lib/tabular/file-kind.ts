// What a file is that isn't text in UTF-8, told by how it begins. People upload such files under a CSV's name. Runs in Node and in
// pages.

const kinds: {begins: string; is: string; fix: string}[] = [
  {begins: "1f8b", is: "compressed by gzip", fix: "Unpack it first"},
  {begins: "504b0304", is: "an Excel workbook or another zip archive", fix: "Save the sheet as CSV"},
  {begins: "d0cf11e0a1b11ae1", is: "an old Excel workbook", fix: "Save the sheet as CSV"},
  {begins: "50415231", is: "a Parquet file", fix: "Write it as CSV"},
  {begins: "28b52ffd", is: "compressed by zstd", fix: "Unpack it first"},
  {begins: "fffe", is: "text in UTF-16", fix: "Save it as UTF-8"},
  {begins: "feff", is: "text in UTF-16", fix: "Save it as UTF-8"}
];

/**
 * Why a file that begins with these bytes is no text that can be read as such a format, and what to do; undefined where nothing speaks
 * against it.
 */
export function whyNotText(start: Uint8Array, format: "CSV" | "JSON" = "CSV"): string | undefined {
  const hex = Array.from(start.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const kind =
    kinds.find(({begins}) => hex.startsWith(begins)) ??
    // Without its mark UTF-16 shows in that every other byte of ASCII is empty.
    (/^(?:00(?!00)..00(?!00)..|(?!00)..00(?!00)..00)/.test(hex) ? kinds.at(-1) : undefined);
  return kind && `the data is ${kind.is}, not ${format}. ${kind.fix.replace("CSV", format)}`;
}
