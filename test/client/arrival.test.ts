// A CSV that is read while it is being downloaded: what comes of it, whatever becomes of the download.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {arrive} from "../../lib/client/arrival.js";
import {convert} from "../../lib/tabular/conversion.js";
import type {ColumnType} from "../../lib/client/index.js";
import {startOver, type Piece} from "../../lib/client/object.js";

const types: Record<string, ColumnType> = {
  id: {dataType: "NUMERIC", dataFormats: {numeric_format: "INTEGER"}},
  text: {dataType: "TEXT", dataFormats: {}}
};

/** Much more than is there when reading begins, in pieces as they come from a socket. */
const rows = 600_000;
const large = csvOf(rows);

function csvOf(rows: number, last = ""): Buffer {
  const lines = Array.from({length: rows}, (_, i) => `${i},"a ""${i % 7}"",\nb"\n`);
  return Buffer.from("id,text\n" + lines.join("") + last);
}

function* cut(csv: Buffer): Generator<Piece> {
  for (let i = 0; i < csv.length; i += 1 << 16) yield {bytes: csv.subarray(i, i + (1 << 16))};
}

function* first(count: number, pieces: Iterable<Piece>): Generator<Piece> {
  for (const piece of pieces) if (count-- > 0) yield piece;
}

/** What comes of these pieces: how many rows, the sum of their ids, the type of these, and how often it was read. */
async function read(pieces: Iterable<Piece | typeof startOver>, signal?: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  onTestFinished(() => rm(folder, {recursive: true}));
  async function* coming() {
    yield* pieces;
  }
  const arrival = await arrive(coming(), folder, true);
  let reads = 0;
  const result = await convert(
    arrival,
    types,
    {folder, writes: [], signal},
    async (connection, {sql, columns}) => {
      reads++;
      const found = await connection.runAndReadAll(
        `SELECT count(*), sum(TRY_CAST(id AS BIGINT)), any_value(id) FILTER (TRY_CAST(id AS BIGINT) IS NULL) FROM (${sql})`
      );
      const [count, sum, misfit] = found.getRowsJson()[0]!;
      return {count: Number(count), sum: Number(sum), misfit, type: columns[0]!.sqlType};
    }
  );
  return {...result, reads, file: await readFile(arrival.path), isEarly: arrival.early !== undefined};
}

const all = {count: rows, sum: (rows * (rows - 1)) / 2, misfit: null, type: "BIGINT"};

describe("a CSV that is still coming", () => {
  it.each<[string, string, string]>([
    ["LF", "\n", "\r\n"],
    ["LF", "\n", "\r"],
    ["CRLF", "\r\n", "\n"],
    ["CRLF", "\r\n", "\r"]
  ])("with %s may end in lines with %j before %j", async (_, end, other) => {
    const line = `7,${"text ".repeat(20)}${end}`;
    const csv = `id,text${end}${line.repeat(60_000)}8,before${other} 9,after${other}`;
    const {count, sum, isEarly} = await read(cut(Buffer.from(csv)));
    expect({count, sum, isEarly}).toEqual({count: 60_002, sum: 60_000 * 7 + 8 + 9, isEarly: true});
  });

  it("is read once, as it comes, and is whole on the disk", async () => {
    const {file, ...found} = await read(cut(large));
    expect(found).toEqual({...all, reads: 1, isEarly: process.platform !== "win32"});
    expect(file.equals(large)).toBe(true);
  });

  it("that is small is read when it is there", async () => {
    expect(await read(cut(csvOf(10)))).toMatchObject({count: 10, sum: 45, reads: 1, isEarly: false});
  });

  it("is read again from the disk when a late value doesn't fit", async () => {
    const found = await read(cut(csvOf(rows, "late,x\n")));
    expect(found).toMatchObject({...all, count: rows + 1, misfit: "late", type: "VARCHAR", reads: 2});
  });

  it("is read again when the download starts over with other data", async () => {
    const other = csvOf(5);
    const pieces = [...first(200, cut(large)), startOver, ...cut(other)] as const;
    const {file, ...found} = await read(pieces);
    expect(found).toMatchObject({count: 5, sum: 10});
    expect(file.equals(other)).toBe(true);
  });

  it("is read when its quotes aren't as they should be, too", async () => {
    // An odd number of quotes: where the start ends looks like the inside of a field.
    const lines = Array.from({length: rows}, (_, i) => `${i},5" pipe\n`).join("");
    expect(await read(cut(Buffer.from(`id,text\n0,5" pipe\n${lines}`)))).toMatchObject({count: rows + 1});
  });
});

describe("what breaks on the way", () => {
  it.each([
    ["before reading begins", 10],
    ["while it is read", 100]
  ])("%s is thrown as it is", async (_, count) => {
    function* broken() {
      yield* first(count, cut(large));
      throw new Error("the line is dead");
    }
    await expect(read(broken())).rejects.toThrow("the line is dead");
  });

  it("is thrown also where what came looks whole", async () => {
    const start = large.subarray(0, 6 << 20);
    function* broken() {
      yield* cut(start.subarray(0, start.lastIndexOf('b"\n') + 3));
      throw new Error("the line is dead");
    }
    await expect(read(broken())).rejects.toThrow("the line is dead");
  });

  it("by the signal ends it", async () => {
    const controller = new AbortController();
    function* endless() {
      yield* cut(large);
      controller.abort(new Error("enough"));
      for (;;) {
        controller.signal.throwIfAborted();
        yield {bytes: large.subarray(8)};
      }
    }
    await expect(read(endless(), controller.signal)).rejects.toThrow("enough");
  });

  it("of the CSV itself is told with its line", async () => {
    await expect(read(cut(csvOf(rows, "1,2,3\n")))).rejects.toThrow(
      /line \d+ of the dataset's CSV.*3 values/
    );
  });
});
