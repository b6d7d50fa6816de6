// CSV as the page's database reads it: by the loaders' rules, in DuckDB-WASM.
import {beforeAll, describe, expect, it} from "vitest";
import {insertCsv} from "../../lib/database/csv.js";
import {askOf, type Engine} from "../../lib/database/engine.js";
import {openEngine} from "./wasm-engine.js";

let engine: Engine;
let tables = 0;

beforeAll(async () => {
  engine = await openEngine();
});

/** The table as DuckDB has it: its columns' types, its rows as texts, and what was told of it. */
async function read(text: string, delimiter: "," | "\t" = ",") {
  const table = `t${++tables}`;
  const warnings = await insertCsv(engine, table, new Blob([text]), delimiter);
  const ask = askOf(engine);
  const columns = await ask(`SELECT column_name, column_type FROM (DESCRIBE ${table})`);
  const rows = await ask(`SELECT COLUMNS(*)::VARCHAR FROM ${table}`);
  return {
    names: columns.map(([name]) => name),
    types: columns.map(([, type]) => type),
    rows: rows as readonly (readonly (string | null)[])[],
    warnings
  };
}

/** A column of these fields, with another beside it so that an empty field isn't an empty line. */
async function column(...fields: string[]) {
  const {types, rows, warnings} = await read(`v,n\n${fields.map((field) => `${field},1\n`).join("")}`);
  return {type: types[0], values: rows.map(([value]) => value), warnings};
}

const fault = async (text: string | Uint8Array<ArrayBuffer>, delimiter: "," | "\t" = ",") => {
  const error = await insertCsv(engine, `t${++tables}`, new Blob([text]), delimiter).then(
    () => new Error("it was read"),
    (error: Error) => error
  );
  return error.message;
};

describe("values", () => {
  it("are dates with the month before the day, as everywhere, which it tells", async () => {
    expect(await column("01/02/2024", "02/03/2024")).toEqual({
      type: "TIMESTAMP",
      values: ["2024-01-02 00:00:00", "2024-02-03 00:00:00"],
      warnings: ['column "v": dates are read with the month before the day']
    });
    expect((await column("01/02/2024", "31/03/2024")).values).toEqual([
      "2024-02-01 00:00:00",
      "2024-03-31 00:00:00"
    ]);
  });

  it("keep all digits of long ids, the zeros of codes and what only looks like a number", async () => {
    expect(await column("12345678901234567890", "12345678901234567891")).toEqual({
      type: "DECIMAL(38,0)",
      values: ["12345678901234567890", "12345678901234567891"],
      warnings: []
    });
    expect(await column("01220", "10001")).toMatchObject({
      type: "VARCHAR",
      values: ["01220", "10001"],
      warnings: [expect.stringMatching(/column "v" is kept as text: "01220" begins with a zero/)]
    });
    for (const text of ["2024_01", "1_2", "0x10", "1,5"]) {
      expect(await column(`"${text}"`), text).toMatchObject({type: "VARCHAR", values: [text]});
    }
    expect(await column("90071992547409.931")).toMatchObject({
      warnings: [expect.stringMatching(/column "v".*"90071992547409.931"/)]
    });
  });

  it("tell an empty text from a missing one, which other words mean in columns of numbers alone", async () => {
    expect(await column('""', "", "x", "NA")).toMatchObject({values: ["", null, "x", "NA"]});
    expect(await column('""', "", "1", "NA", "null")).toMatchObject({
      type: "BIGINT",
      values: [null, null, "1", null, null]
    });
  });

  it("are moved to UTC where they have an offset, also with a blank beside it", async () => {
    const {type, values} = await column(
      "2024-01-01T10:00:00-08:00 ",
      " 2024-01-01T10:00:00Z\t",
      "2024-01-01T10:00:00z",
      "2024-01-01T10:00:00+0530",
      "2024-01-01T10:00:00-08",
      "2024-01-01T10:00:00"
    );
    expect(type).toBe("TIMESTAMP");
    expect(values).toEqual(
      ["18:00:00", "10:00:00", "10:00:00", "04:30:00", "18:00:00", "10:00:00"].map((t) => `2024-01-01 ${t}`)
    );
  });

  it("are looked at all, where the first rows tell too little", async () => {
    const many = (first: string, last: string) => column(...Array<string>(3000).fill(first), last);
    expect(await many("1", "x")).toMatchObject({type: "VARCHAR"});
    expect(await many("1", "2.5")).toMatchObject({type: "DOUBLE"});
    expect(await many("", "2.5")).toMatchObject({type: "DOUBLE"});
    expect(await many("1", "12345678901234567890")).toMatchObject({type: "DECIMAL(38,0)"});
    expect(await many("01/02/2024", "13/02/2024")).toMatchObject({warnings: []});
  });
});

describe("lines", () => {
  it.each([
    ["LF", "a,b\n1,2\n3,4\n"],
    ["LF, without the last", "a,b\n1,2\n3,4"],
    ["CRLF", "a,b\r\n1,2\r\n3,4\r\n"],
    ["CR", "a,b\r1,2\r3,4\r"],
    ["LF then CRLF", "a,b\n1,2\r\n3,4\n"],
    ["CRLF then LF", "a,b\r\n1,2\n3,4\r\n"],
    ["blank ones", "a,b\n1,2\n\n\n3,4\n\n"],
    ["after a byte order mark", "\ufeffa,b\n1,2\n3,4\n"]
  ])("may end with or be %s", async (_, text) => {
    expect(await read(text)).toEqual({
      types: ["BIGINT", "BIGINT"],
      names: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", "4"]
      ],
      warnings: []
    });
  });

  it("are no rows where they are blank, also in a file of one column", async () => {
    expect((await read("v\n1\n\n2\n\n")).rows).toEqual([["1"], ["2"]]);
    expect((await read('v\nx\n\n""\n')).rows).toEqual([["x"], [""]]);
  });

  it("may be of 5 MB", async () => {
    const long = "x".repeat(5e6);
    const {rows} = await read(`a,b\n1,${long}\n2,y\n`);
    expect(rows.map(([a, b]) => [a, b!.length])).toEqual([
      ["1", 5e6],
      ["2", 1]
    ]);
  });
});

describe("columns", () => {
  it("get names where they have none or share one", async () => {
    expect(await read("zip,,zip,Zip\n1,2,3,4\n")).toMatchObject({
      names: ["zip", "Unnamed: 1", "zip.1", "Zip.2"],
      warnings: [
        'a column without a name is called "Unnamed: 1"',
        expect.stringMatching(/"zip" stands more than once/),
        expect.stringMatching(/"Zip" stands more than once/)
      ]
    });
  });

  it("may be called anything, with line ends and quotes, and there may be no rows", async () => {
    const name = 'a "quoted"\r\n; name';
    expect(await read(`"${name.replaceAll('"', '""')}",SELECT\n`)).toMatchObject({
      names: [name, "SELECT"],
      types: ["VARCHAR", "VARCHAR"],
      rows: []
    });
  });

  it("are separated by tabs in TSV", async () => {
    expect(await read('a\tb,c\n1\t"x\ty"\n', "\t")).toMatchObject({
      names: ["a", "b,c"],
      rows: [["1", "x\ty"]]
    });
  });
});

describe("a file that is something else", () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ["nothing", "", "it is empty, without even a header line"],
    [
      "semicolons",
      "a;b\n1;2\n",
      'the data is separated by ";", not by commas: write it with commas, and numbers with a decimal point'
    ],
    [
      "decimal commas, and quotes",
      '"a";"b"\n1,5;2\n',
      'the data is separated by ";", not by commas: write it with commas, and numbers with a decimal point'
    ],
    [
      "tabs",
      "a\tb\n1\t2\n",
      "the data is separated by tabs, not by commas: write it with commas, and numbers with a decimal point, or call the file .tsv"
    ],
    [
      "a workbook",
      "PK\x03\x04rest",
      "the data is an Excel workbook or another zip archive, not CSV. Save the sheet as CSV"
    ],
    [
      "UTF-16",
      Uint8Array.from(Buffer.from("aa,bb\n1,2\n", "utf16le")),
      "the data is text in UTF-16, not CSV. Save it as UTF-8"
    ],
    [
      "Latin-1 in the header",
      Uint8Array.from(Buffer.from("é,b\n1,2\n", "latin1")),
      "it isn't UTF-8. Write the data as UTF-8."
    ],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "the data is compressed by gzip, not CSV. Unpack it first"],
    [
      "a quote in the header",
      'a,"b\n1,2\n',
      "line 1: a quote in its header is opened and not closed. Fix the header's quotes"
    ],
    [
      "a row of too many",
      "a,b\n1,2\n1,2,3\n",
      'line 3: it has 3 values where the header has 2 names. Quote values that have a comma in them. The line begins "1,2,3"'
    ],
    [
      "an open quote",
      'a,b\n1,"2\n',
      'line 2: a quote is opened and not closed. Double the quotes inside a quoted value. The line begins "1,\\"2\\n"'
    ]
  ])("is refused: %s", async (_, text, message) => {
    expect(await fault(text)).toBe(message);
  });

  it("is refused: Latin-1 in a row far down", async () => {
    const text = `a,b\n${"1,2\n".repeat(20_000)}é,2\n`;
    expect(await fault(Uint8Array.from(Buffer.from(text, "latin1")))).toMatch(/^line 20002: it isn't UTF-8/);
  });

  it("is refused where a row is too long, with the start of it", async () => {
    const message = await fault(`a,b\n1,${"x".repeat(9e6)}\n`);
    expect(message).toMatch(
      /^line 2: it is longer than 8388608 bytes\. Shorten its values\. The line begins "1,xxx/
    );
    expect(message.length).toBeLessThan(250);
  });

  it("is refused: commas in TSV", async () => {
    expect(await fault("a,b\n1,2\n", "\t")).toBe(
      "the data is separated by commas, not by tabs: write it with tabs, or call the file .csv"
    );
  });

  it("is read where only its header's name looks so", async () => {
    expect((await read("price; in USD\n1\n")).names).toEqual(["price; in USD"]);
  });
});
