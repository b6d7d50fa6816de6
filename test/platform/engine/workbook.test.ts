// xlsx workbooks: what their cells mean, and what becomes of those made to do harm.
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {crc32, deflateRawSync} from "node:zlib";
import {readXml} from "../../../lib/platform/engine/workbook/xml.js";
import {writeCsvOfWorkbook} from "../../../lib/platform/engine/workbook/index.js";
import {arrow, definitionOf, exportOf, importOf, run} from "./flows.js";

const fixture = (name: string) => join(import.meta.dirname, "fixtures", name);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "engine-workbook-"));
});
afterAll(() => rm(folder, {recursive: true}));

const toCsv = async (path: string, sheet?: string) =>
  readFile(await writeCsvOfWorkbook(path, join(folder, "out.csv"), sheet), "utf8");

/** A zip archive of the parts, deflated, which says that they unpack to so many bytes. */
function zip(
  parts: Record<string, string | Buffer>,
  said = (content: string | Buffer) => Buffer.byteLength(content)
): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content, {level: 9});
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content) >>> 0, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(said(content), 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const workbook = (
  sheet: string | Buffer,
  more: Record<string, string> = {},
  said?: (content: string | Buffer) => number
) =>
  zip(
    {
      "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
      "xl/worksheets/sheet1.xml": sheet,
      ...more
    },
    said
  );

async function made(content: Buffer): Promise<string> {
  const path = join(folder, "made.xlsx");
  await writeFile(path, content);
  return path;
}

describe("a workbook", () => {
  it("becomes a table: texts, numbers, dates and switches", async () => {
    expect(await toCsv(fixture("orders.xlsx"))).toBe(
      [
        "id,when,at,paid,name,amount,note",
        '1,2024-02-29,2024-01-01 10:30:15,true,"Ann ""A"", é 漢字 🙂",10.5,"two\nlines"',
        "2,1900-01-31,1999-12-31 23:59:59,false,<b>&amp;</b>,0.1,",
        "3,,,,  spaced ,1e-07,=1+1",
        ""
      ].join("\n")
    );
  });

  it("is read by the sheet's name, and the other calendar too", async () => {
    expect(await toCsv(fixture("orders.xlsx"), "Other & more")).toBe("x\n7\n");
    expect(await toCsv(fixture("since-1904.xlsx"))).toBe("d\n2024-02-29\n");
    await expect(toCsv(fixture("orders.xlsx"), "Ordres")).rejects.toThrow(
      "no sheet 'Ordres'; it has: 'Orders', 'Other & more'"
    );
  });

  it("is imported by a flow, whatever it is said to be", async () => {
    const csv = await readFile(fixture("orders.xlsx"));
    for (const args of [{file_type: "xlsx"}, {file_type: null}]) {
      const {csv: out, datasets} = await run(
        definitionOf([importOf("in", "in", args), exportOf("out")], [arrow("in > out")]),
        {in: {csv}}
      );
      expect(out.out).toMatch(/^id,when,at,paid,name,amount,note\n1,2024-02-29,2024-01-01 10:30:15,true/);
      expect(datasets[0]!.dataTypes).toMatchObject({
        when: {data_type: "TIME"},
        amount: {data_type: "NUMERIC"}
      });
    }
  });

  it("may write texts into cells, leave cells out and name things with prefixes", async () => {
    const sheet = `<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c r="C1" t="str"><x:v>c</x:v></x:c></x:row>
      <!-- nothing > here --><x:row r="9"><x:c r="B9"><x:v>5</x:v></x:c><x:c r="C9" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    expect(await toCsv(await made(workbook(sheet)))).toBe("a,,c\n,5,\n");
  });
});

describe("a harmful workbook", () => {
  it("that unpacks to more than it says, and more than anybody needs, is left", async () => {
    const bomb = Buffer.alloc(300 * 2 ** 20, `<!-- ${" ".repeat(2 ** 16)} -->`);
    const honest = await made(workbook(bomb));
    await expect(toCsv(honest)).rejects.toThrow("unpacks to more than 256 MB");
    const sizes = new Map<string | Buffer, number>([[bomb, 100_000]]);
    const lying = await made(
      workbook(bomb, {}, (content) => sizes.get(content) ?? Buffer.byteLength(content))
    );
    const before = process.memoryUsage().rss;
    await expect(toCsv(lying)).rejects.toThrow("is broken");
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
  });

  it.each<[string, Buffer, RegExp]>([
    ["no zip", Buffer.from("PK\x03\x04 but no more"), /not an xlsx workbook/],
    ["nothing", Buffer.alloc(0), /not an xlsx workbook/],
    ["a cut one", workbook("<worksheet/>").subarray(0, 200), /not an xlsx workbook/],
    ["one whose part is cut", workbook("<worksheet/>", {}, (content) => content.length + 1), /is broken/],
    [
      "one whose part is longer than it says",
      workbook("<worksheet/>", {}, (content) => content.length - 1),
      /is broken/
    ],
    [
      "a part outside of the archive",
      workbook("<worksheet/>", {"../../etc/passwd": "x"}),
      /not an xlsx workbook/
    ],
    ["a part at a place of its own", workbook("<worksheet/>", {"/etc/passwd": "x"}), /not an xlsx workbook/],
    [
      "more parts than can be held",
      zip(Object.fromEntries(Array.from({length: 1000}, (_, i) => [`${i}`.padEnd(2 ** 15, "x"), ""]))),
      /not an xlsx workbook/
    ],
    ["elements without end", workbook("<a>".repeat(1e6)), /nested more than 100 deep/],
    [
      "an element of very many attributes",
      workbook(`<a ${Array.from({length: 1e6}, (_, i) => `b${i}=""`).join(" ")}>`),
      /a text of more than/
    ],
    ["entities that nobody declared", workbook("<worksheet>&lol;</worksheet>"), /XML is broken/],
    ["a zip of something else", zip({"hello.txt": "hello"}), /not an xlsx workbook/],
    [
      "entities that grow",
      workbook(`<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>`),
      /declares a document type/
    ],
    ["XML that doesn't end", workbook(`<worksheet><row`), /XML is broken/],
    [
      "an endless text",
      workbook(Buffer.concat([Buffer.from("<row><c><v>"), Buffer.alloc(6e6, "x")])),
      /a text of more than/
    ],
    [
      "a text in so many cells that no disk would hold it",
      workbook(`<sheetData>${"<row><c t='s'><v>0</v></c></row>".repeat(2000)}</sheetData>`, {
        "xl/sharedStrings.xml": `<sst><si><t>${"x".repeat(2 ** 20)}</t></si></sst>`
      }),
      /more than 256 MB of CSV/
    ],
    ["a cell far away", workbook(`<row><c r="ZZZ1"><v>1</v></c></row>`), /more than 10000 columns/]
  ])("is refused: %s", async (_, content, message) => {
    await expect(toCsv(await made(content))).rejects.toThrow(message);
  });
});

describe("XML", () => {
  it("is the same however it is cut into chunks", async () => {
    const text = `<?xml version="1.0"?><a x="1 > 0" y='"'><!-- <b> --><b/>t&amp;&#65;&#x1F642;<![CDATA[<c>]]></a>`;
    const read = async (size: number) => {
      const events: string[] = [];
      let gathered = "";
      await readXml(
        (async function* () {
          const bytes = Buffer.from(text);
          for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
        })(),
        {
          open: (name, attributes) => events.push(`<${name} ${JSON.stringify(attributes)}>`),
          close: (name) => events.push(`</${name}>`),
          text: (part) => (gathered += part)
        }
      );
      return [...events, gathered];
    };
    const whole = await read(1000);
    expect(whole).toEqual([`<a {"x":"1 > 0","y":"\\""}>`, "<b {}>", "</b>", "</a>", "t&A🙂<c>"]);
    for (const size of [1, 2, 3, 7]) expect(await read(size)).toEqual(whole);
  });
});
