// Tables as CSV whose lines end in several ways: what every reader of CSV is held to. pandas reads them so, too.
import fc from "fast-check";

export type Row = (string | null)[];

export interface Ended {
  csv: string;
  columns: number;
  rows: Row[];
}

/** By hand: a header that ends in each way, other ends after it, in quotes and at blank lines. */
export const endings: [string, Ended][] = [
  ["CRLF among LF", {csv: "a,b\n1,x\r\n3,y\n", columns: 2, rows: [["1", "x"], ["3", "y"]]}], // prettier-ignore
  ["LF among CRLF", {csv: "a,b\r\n1,x\n3,y\r\n", columns: 2, rows: [["1", "x"], ["3", "y"]]}], // prettier-ignore
  ["LF after a header with CRLF", {csv: "a,b\r\n1,x\n3,y\n", columns: 2, rows: [["1", "x"], ["3", "y"]]}], // prettier-ignore
  ["a lone CR among LF", {csv: "a,b\n1,x\r3,y\n", columns: 2, rows: [["1", "x"], ["3", "y"]]}], // prettier-ignore
  ["a lone CR among CRLF, and a blank after it", {csv: "a,b\r\n1,x\r y,z\r\n", columns: 2, rows: [["1", "x"], [" y", "z"]]}], // prettier-ignore
  ["all three", {csv: "a,b\r1,x\n3,y\r\n4,z", columns: 2, rows: [["1", "x"], ["3", "y"], ["4", "z"]]}], // prettier-ignore
  ["CR only", {csv: "a,b\r1,x\r3,y\r", columns: 2, rows: [["1", "x"], ["3", "y"]]}], // prettier-ignore
  [
    "all three in quotes, which stay",
    {csv: 'a,b\n1,"p\nq"\r\n2,"p\r\nq"\n3,"p\rq"\r\n', columns: 2, rows: [["1", "p\nq"], ["2", "p\r\nq"], ["3", "p\rq"]]} // prettier-ignore
  ],
  ["blank lines", {csv: "a\n1\r\n\r\n\n3\r\r\n", columns: 1, rows: [["1"], ["3"]]}]
];

/** Tables of texts, with lines that end at random. */
export const ended: fc.Arbitrary<Ended> = fc
  .record({
    columns: fc.integer({min: 1, max: 3}),
    ends: fc.uniqueArray(fc.constantFrom("\n", "\r\n", "\r"), {minLength: 1, maxLength: 3})
  })
  .chain(({columns, ends}) => {
    const value = fc.constantFrom(
      null,
      "",
      "1",
      "x",
      " z",
      "a b",
      "p\nq",
      "p\r\nq",
      "p\rq",
      'say "é"',
      "a,b"
    );
    const end = fc.tuple(
      fc.constantFrom(...ends),
      fc.oneof({weight: 9, arbitrary: fc.constant("")}, {weight: 1, arbitrary: fc.constantFrom(...ends)})
    );
    const line = fc.record({
      row: fc.array(value, {minLength: columns, maxLength: columns}),
      end: end.map((both) => both.join("")),
      isQuoted: fc.boolean()
    });
    return fc
      .record({
        first: end,
        lines: fc.array(line, {maxLength: 12}),
        isOpen: fc.boolean()
      })
      .map(({first, lines, isOpen}): Ended => {
        const header = Array.from({length: columns}, (_, i) => `c${i}`).join(",");
        const written = lines.map(({row, end, isQuoted}, i) => {
          const fields = row.map((text) => field(text, isQuoted)).join(",");
          return fields + (isOpen && i === lines.length - 1 ? "" : end);
        });
        const rows = lines.map(({row}) => row).filter((row) => row.length > 1 || row[0] !== null);
        return {csv: [header + first.join(""), ...written].join(""), columns, rows};
      });
  });

const field = (text: string | null, isQuoted: boolean) =>
  text === null ? "" : isQuoted || /^$|[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
