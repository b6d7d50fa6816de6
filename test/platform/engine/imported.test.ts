// What comes in from files: types, odd names, odd values, broken files.
import {describe, expect, it} from "vitest";
import {arrow, definitionOf, exportOf, type Given, importOf, run, through} from "./flows.js";

const copyOf = (dataset: string | Given, args = {}, settings = {}) =>
  run(
    definitionOf([importOf("in", "in", args), exportOf("out")], [arrow("in > out")]),
    {in: dataset},
    settings
  );

const type = (data_type: string, data_formats: Record<string, string> = {}) => ({data_type, data_formats});

describe("column types", () => {
  it("are told of what was written", async () => {
    const rows = Array.from(
      {length: 9},
      (_, i) => `${i},${i}.5,2024-01-0${i + 1},${i % 2 ? "yes" : "no"},text ${i}`
    );
    const {datasets} = await copyOf(["whole,fraction,day,category,text", ...rows].join("\n"));
    expect(datasets[0]!.dataTypes).toEqual({
      whole: type("NUMERIC", {numeric_format: "INTEGER"}),
      fraction: type("NUMERIC"),
      day: type("TIME"),
      category: type("CATEGORICAL"),
      text: type("TEXT")
    });
  });

  it("follow the platform's word, not the look of the values", async () => {
    const {csv, datasets} = await copyOf({
      csv: "code,n\n007,1\n008,2",
      dataTypes: {code: type("TEXT"), n: type("CATEGORICAL")}
    });
    expect(csv.out).toBe("code,n\n007,1\n008,2\n");
    expect(datasets[0]!.dataTypes.code!.data_type).toBe("TEXT");
  });

  it("follow the facet's word before the platform's", async () => {
    const {datasets} = await copyOf(
      {csv: "n\n1\n2", dataTypes: {n: type("NUMERIC")}},
      {data_types: [{column_name: "n", data_type: "TEXT"}]}
    );
    expect(datasets[0]!.dataTypes.n!.data_type).toBe("TEXT");
  });

  it("widen where a late value asks for it, and lose no row", async () => {
    const long = Array.from({length: 60_000}, (_, i) => `${i},${i},2024-01-01`);
    const {csv, notes, datasets} = await copyOf({
      csv: ["a,b,d", ...long, "0.5,many,2024-01-01 10:30:00"].join("\n"),
      dataTypes: {a: type("NUMERIC"), b: type("NUMERIC"), d: type("TIME")}
    });
    const lines = csv.out!.trimEnd().split("\n");
    expect(lines).toHaveLength(60_002);
    expect(lines.at(-1)).toBe("0.5,many,2024-01-01 10:30:00");
    expect(Object.values(datasets[0]!.dataTypes).map((each) => each.data_type)).toEqual([
      "NUMERIC",
      "TEXT",
      "TIME"
    ]);
    expect(notes).toEqual([
      `IMPORTED: dataset 'in': column "b" is kept as text, not NUMERIC: "many" can't be read as a number`
    ]);
  });

  it("find how times are written", async () => {
    const table = {
      csv: "us,eu,month\n12/31/2024,31.12.2024,Jan 2024\n01/02/2024,02.01.2024,Dec 2024",
      dataTypes: {us: type("TIME"), eu: type("TIME"), month: type("TIME")}
    };
    expect(await through("COPY", {}, table)).toBe(
      "us,eu,month\n2024-12-31 00:00:00,2024-12-31 00:00:00,2024-01-01 00:00:00\n2024-01-02 00:00:00,2024-01-02 00:00:00,2024-12-01 00:00:00"
    );
  });
});

describe("values", () => {
  const ids = ["12345678901234567890", "12345678901234567891", "-98765432109876543210"];

  it("leave as they came where no facet lies between", async () => {
    const table =
      "price,id,zip,when,gap,flag\n42.512870,12345678901234567890,01220,12/31/2024,NA,TRUE\n1e5,1,01221,01/02/2024,,false\n";
    const {csv, datasets} = await copyOf({
      csv: table,
      dataTypes: {
        price: type("NUMERIC"),
        id: type("NUMERIC"),
        zip: type("NUMERIC"),
        when: type("TIME"),
        gap: type("NUMERIC")
      }
    });
    expect(csv.out).toBe(table);
    expect(datasets[0]!.dataTypes).toMatchObject({
      price: type("NUMERIC"),
      id: type("NUMERIC", {numeric_format: "INTEGER"}),
      zip: {data_type: "TEXT"},
      when: type("TIME")
    });
  });

  it("of a dataset that is more than its first rows say leave as they came, with the type that all fit", async () => {
    const rows = Array.from({length: 5000}, (_, i) => `${i}.50,${i}`);
    const table = ["a,b", ...rows, "0.10,none", ""].join("\n");
    const {csv, datasets} = await copyOf({csv: table, dataTypes: {a: type("NUMERIC"), b: type("NUMERIC")}});
    expect(csv.out).toBe(table);
    expect(datasets[0]!.dataTypes).toMatchObject({a: type("NUMERIC"), b: {data_type: "TEXT"}});
  });

  it.each<[string, Record<string, unknown>]>([
    ["COPY", {}],
    ["SORT", {sort_by: [{column_name: "id"}]}],
    ["DEDUPLICATE", {target_columns: ["id"]}],
    ["FILTER", {formula: "id IS NOT NULL"}],
    ["FREE_FORM_SQL", {query: "SELECT id FROM dataset"}],
    ["CONVERT", {columns: [{column_name: "id", data_type: "TEXT"}]}],
    ["MELT", {id_columns: ["n"]}]
  ])("of 20 digits keep them all through %s", async (name, args) => {
    const out = await through(name, args, {
      csv: ["id,n", ...ids.map((id, i) => `${id},${i}`)].join("\n"),
      dataTypes: {id: type("NUMERIC")}
    });
    for (const id of ids) expect(out).toContain(id);
  });

  it("of 20 digits are told apart by SUMMARY and TRANSPOSE", async () => {
    const table = {
      csv: ["id,n", ...ids.map((id, i) => `${id},${i}`)].join("\n"),
      dataTypes: {id: type("NUMERIC")}
    };
    const sums = await through(
      "SUMMARY",
      {group_columns: ["id"], aggregations: [{column_name: "n", function: "sum"}]},
      table
    );
    expect(sums.split("\n").slice(1).toSorted()).toEqual(ids.map((id, i) => `${id},${i}`).toSorted());
    for (const id of ids) expect(await through("TRANSPOSE", {}, table)).toContain(id);
  });
});

describe("hostile files", () => {
  it("keep their rows when a column's name has a line break in it", async () => {
    for (const name of ["a\rb", "a\r\nb"])
      expect((await copyOf(`"${name}"\n1\n`)).csv.out).toBe(`"${name}"\n1\n`);
  });

  it("keep column names as they are, whatever they are", async () => {
    const names = [
      '"""; DROP TABLE x; --"',
      "' OR 1=1",
      "rowid",
      "select",
      "../../etc/passwd",
      '{""a""}',
      "é 漢字 🙂",
      "%s\\n"
    ];
    const header = names.map((name) => (name.startsWith('"') ? name : `"${name}"`)).join(",");
    const {datasets} = await copyOf(`${header}\n${names.map((_, i) => i).join(",")}`);
    expect(Object.keys(datasets[0]!.dataTypes)).toEqual([
      '"; DROP TABLE x; --',
      "' OR 1=1",
      "rowid",
      "select",
      "../../etc/passwd",
      '{"a"}',
      "é 漢字 🙂",
      "%s\\n"
    ]);
  });

  it("tell apart names that are blank, repeated or alike but for case", async () => {
    const {csv} = await copyOf("a,a,A,,\n1,2,3,4,5");
    expect(csv.out).toBe("a,a.1,A.2,Unnamed: 3,Unnamed: 4\n1,2,3,4,5\n".replace("A.2", "A.2"));
  });

  it("keep commas, quotes and line breaks within values", async () => {
    const table = 'a,b\n"x, y","say ""hi"""\n"two\nlines",z\n';
    expect((await copyOf(table)).csv.out).toBe(table);
  });

  it.each([
    ["nothing", "", /empty/],
    ["rows of different lengths", "a,b\n1,2\n3\n4,5", /Expected Number of Columns: 2 Found: 1/],
    ["a quote that doesn't end", 'a,b\n1,"2\n3,4', /quote/i],
    ["bytes that are no UTF-8", Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0x0a]), /unicode|utf/i]
  ])("fail with a sentence: %s", async (_, csv, message) => {
    const failed = copyOf({csv});
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow(/^IMPORTED: /);
    // Where our files lie is nobody's business.
    await expect(failed).rejects.not.toThrow(/engine-/);
  });

  it("may have a header and no row", async () => {
    const {csv, datasets} = await copyOf("a,b\n");
    expect(csv.out).toBe("a,b\n");
    expect(datasets[0]!.rows).toBe(0);
  });
});

describe("IMPORTED's arguments", () => {
  it("name columns where the file doesn't", async () => {
    expect((await copyOf("1,x\n2,y", {header: false})).csv.out).toBe("column_1,column_2\n1,x\n2,y\n");
    expect((await copyOf("1,x\n2,y", {header: false, column_names: ["n", "t"]})).csv.out).toBe(
      "n,t\n1,x\n2,y\n"
    );
    expect((await copyOf("a,b\n2,y", {column_names: ["n", "t"]})).csv.out).toBe("n,t\n2,y\n");
    await expect(copyOf("a,b\n2,y", {column_names: ["n"]})).rejects.toThrow(
      "'column_names' has 1 names and the file 2 columns"
    );
  });

  it("find the header further down", async () => {
    expect((await copyOf("report,\nof,May\na,b\n1,2", {header_row_number: 3})).csv.out).toBe("a,b\n1,2\n");
  });

  it("refuse what can't run here", async () => {
    await expect(copyOf("a\n1", {script: "data = 1"})).rejects.toThrow("an import script can't run here");
    await expect(copyOf("a\n1", {file_type: "xls"})).rejects.toThrow("save the workbook as xlsx or csv");
  });
});

describe("EXPORTED", () => {
  it("leaves the header out where asked", async () => {
    const {csv, datasets} = await run(
      definitionOf([importOf("in", "in"), exportOf("out", "bare", {header: false})], [arrow("in > out")]),
      {in: "a,b\n1,x\n2,x"}
    );
    expect(csv.bare).toBe("1,x\n2,x\n");
    expect(datasets[0]).toMatchObject({
      facetId: "out",
      name: "bare",
      rows: 2,
      dataTypes: {b: type("CATEGORICAL")}
    });
  });
});
