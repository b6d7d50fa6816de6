// The page's database, held to the vectors that every reader of CSV is held to: those without a type, which a page never knows.
import {beforeAll, expect, it} from "vitest";
import {insertCsv} from "../../lib/database/csv.js";
import type {Engine} from "../../lib/database/engine.js";
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
