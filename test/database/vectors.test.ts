// The page's database, held to the vectors that every reader of CSV is held to: those without a type, which a page never knows.
import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import {insertCsv} from "../../lib/database/csv.js";
import type {Engine} from "../../lib/database/engine.js";
import {ended, endings, type Ended, type Row} from "../tabular/line-ends.js";
import {expected, vectorCsv, vectors} from "../tabular/vectors.js";
import {openEngine} from "./wasm-engine.js";

let engine: Engine;
let tables = 0;

beforeAll(async () => {
  engine = await openEngine();
});

it.each(vectors.filter(({type}) => !type).map((vector) => [vector.about, vector] as const))(
  "reads %s",
  async (_, vector) => {
    const table = `v${++tables}`;
    const warnings = await insertCsv(engine, table, new Blob([vectorCsv(vector)]), ",");
    const rows = async (text: string) =>
      (await engine.query({text, params: []})).toArray() as Record<string, string | null>[];
    const [column] = await rows(`DESCRIBE ${table}`);
    const values = (await rows(`SELECT v::VARCHAR AS v FROM ${table}`)).map(({v}) => v);
    expect({sqlType: column!["column_type"], values, warning: warnings.join("; ")}).toEqual(
      expected(vector, "page")
    );
  }
);

describe("line ends of several kinds", () => {
  /** The rows of texts: a row of a word makes each column one. */
  async function expectRows({csv, columns, rows}: Ended): Promise<void> {
    const table = `v${++tables}`;
    const word = Array<string>(columns).fill("word");
    const end = /[\r\n]$/.test(csv) ? "" : "\n";
    await insertCsv(engine, table, new Blob([csv, end, word.join(","), "\n"]), ",");
    const read = (await engine.query({text: `FROM ${table}`, params: []})).toArray() as {
      toArray: () => Row;
    }[];
    await engine.query({text: `DROP TABLE ${table}`, params: []});
    expect(read.map((row) => row.toArray())).toEqual([...rows, word]);
  }

  it.each(endings)("are read: %s", (_, table) => expectRows(table));

  it("are read in any table", async () => {
    await fc.assert(fc.asyncProperty(ended, expectRows), {numRuns: 100});
  });
});
