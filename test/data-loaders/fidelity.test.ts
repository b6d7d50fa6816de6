// Any table that CSV can carry arrives in Parquet and Arrow with every row, value and digit, in its order.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC, type StructRow} from "apache-arrow";
import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {pull} from "../../data-loaders/index.js";
import {arrive} from "../../lib/client/arrival.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";
import type {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-fidelity-"));
});
afterAll(() => rm(folder, {recursive: true}));

const numeric = (format?: string) => ({
  dataType: "NUMERIC",
  dataFormats: format ? {numeric_format: format} : {}
});
const dataTypes = {
  row: numeric("INTEGER"),
  text: {dataType: "TEXT", dataFormats: {}},
  category: {dataType: "CATEGORICAL", dataFormats: {}},
  whole: numeric("INTEGER"),
  number: numeric(),
  time: {dataType: "TIME", dataFormats: {}}
};

/** A client whose only dataset downloads as this CSV. */
const clientOf = (csv: string) => {
  async function* pieces() {
    yield {bytes: Buffer.from(csv)};
  }
  const arrival = (to: string, {isEager}: {isEager: boolean}) => arrive(pieces(), to, isEager);
  const dataset = {name: "D", dataTypes, arrival};
  const only = <T extends object>(item: T) => ({list: async () => Object.assign([item], {ids: () => []})});
  return {apps: only({name: "A", datasets: only(dataset)})} as unknown as Ikigai;
};

const config = checkConfig({app: "A", datasets: {d: {dataset: "D"}}});

interface Row {
  text: string | null;
  category: string | null;
  whole: bigint | null;
  number: number | null;
  time: Date | null;
}

const field = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** RFC 4180, a missing value as an empty field. */
const toCsv = (rows: Row[]) =>
  [
    Object.keys(dataTypes).join(","),
    ...rows.map(({text, category, whole, number, time}, i) =>
      [
        i,
        text === null ? "" : field(text),
        category === null ? "" : field(category),
        whole ?? "",
        number ?? "",
        time?.toISOString() ?? ""
      ].join(",")
    )
  ].join("\n") + "\n";

// NUL has no place in text files; a lone surrogate has none in UTF-8; a lone CR is a line break to some readers.
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', ",", "\n", " ", "'", "\\", "ü", "é", "🦆"),
    fc.string({unit: "grapheme", minLength: 1, maxLength: 1})
  )
});
const plain = text.filter((value) => !/[\0\r\p{Cs}]/u.test(value));

const row: fc.Arbitrary<Row> = fc.record({
  text: fc.option(plain),
  category: fc.option(fc.constantFrom("a", "b", "", 'naïve, "quoted"')),
  whole: fc.option(
    fc.oneof(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), fc.bigInt({min: -9n, max: 9n}))
  ),
  // A whole number beyond 2^53 isn't what a DOUBLE is for.
  number: fc.option(
    fc
      .double({noNaN: true, noDefaultInfinity: true})
      .map((value) => (Math.abs(value) > 2 ** 53 ? 0.5 : value + 0))
  ),
  time: fc.option(fc.date({min: new Date("1900-01-01"), max: new Date("2200-01-01"), noInvalidDate: true}))
});

async function roundTrip(rows: Row[]) {
  await pull({config, client: clientOf(toCsv(rows)), files: ["d.parquet", "d.arrow"], into: folder});
  const table = tableFromIPC(await readFile(join(folder, "d.arrow")));
  const arrow = Array.from(table as Iterable<StructRow>, (row) => row.toJSON() as Record<string, unknown>);
  const parquet = await withDuckDB({folder}, async (connection) => {
    const file = literal(join(folder, "d.parquet"));
    const query = `SELECT row, text, category, whole::VARCHAR AS whole, number, epoch_ms(time) AS time FROM read_parquet(${file})`;
    return (await connection.runAndReadAll(query)).getRowObjects();
  });
  return {arrow, parquet};
}

const big = (value: unknown) => (value == null ? null : BigInt(value as bigint | number | string));
const finite = (value: unknown) => (value == null ? null : Number(value));

it("through Parquet and Arrow alike", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, {minLength: 1, maxLength: 40}), async (rows) => {
      const expected = rows.map((row, i) => ({...row, row: i, time: row.time?.getTime() ?? null}));
      const {arrow, parquet} = await roundTrip(rows);
      for (const found of [arrow, parquet]) {
        expect(
          found.map(({row, text, category, whole, number, time}) => ({
            row: Number(row),
            text,
            category,
            whole: big(whole),
            number: finite(number),
            time: finite(time)
          }))
        ).toEqual(expected);
      }
    }),
    {numRuns: 40}
  );
}, 120_000);
