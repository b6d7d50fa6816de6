// IMPORTED, and the types that an upload gets, held to the vectors of tabular.
import {DuckDBInstance} from "@duckdb/node-api";
import {csvParseRows} from "d3-dsv";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {columnTypes} from "../../../lib/platform/column-types.js";
import {endings} from "../../tabular/line-ends.js";
import {expected, vectorCsv, vectors} from "../../tabular/vectors.js";
import {arrow, definitionOf, exportOf, facet, importOf, type Outcome, run} from "./flows.js";

describe("IMPORTED", () => {
  let outcome: Outcome;
  // One run imports them all, each as a dataset of its own.
  beforeAll(async () => {
    const ids = vectors.map((_, i) => String(i));
    const query = "SELECT typeof(v) AS type, coalesce('=' || v::VARCHAR, 'null') AS value FROM dataset";
    outcome = await run(
      definitionOf(
        ids.flatMap((id) => [
          importOf(`in${id}`, id),
          facet(`sql${id}`, "FREE_FORM_SQL", {query}),
          exportOf(`out${id}`, id)
        ]),
        ids.flatMap((id) => [arrow(`in${id} > sql${id}`), arrow(`sql${id} > out${id}`)])
      ),
      Object.fromEntries(
        vectors.map((vector, i) => {
          const {type} = vector;
          const dataTypes = type && {v: {data_type: type.dataType, data_formats: type.dataFormats}};
          return [String(i), {csv: vectorCsv(vector), ...(dataTypes && {dataTypes})}];
        })
      )
    );
  }, 120_000);

  it.each(vectors.map((vector, i) => ({...vector, vector, i})))("$about", ({vector, i}) => {
    const {sqlType, values, warning} = expected(vector, "platform");
    const rows = values.map((value) => `${sqlType},${value === null ? "null" : `=${value}`}`);
    expect(outcome.csv[i]!.replaceAll('"', "").split("\n").slice(1, -1)).toEqual(rows);
    const notes = outcome.notes.filter((note) => note.startsWith(`IMPORTED: dataset '${i}': `));
    expect(notes).toEqual(warning ? [`IMPORTED: dataset '${i}': ${warning}`] : []);
  });
});

describe("IMPORTED, of files whose lines end in several ways", () => {
  it.each(endings)("takes %s", async (_, {csv, rows}) => {
    const text = {data_type: "TEXT", data_formats: {}};
    const {csv: exported} = await run(
      definitionOf([importOf("in", "0"), exportOf("out", "0")], [arrow("in > out")]),
      {"0": {csv, dataTypes: {a: text, b: text}}}
    );
    expect(csvParseRows(exported[0]!).slice(1)).toEqual(rows);
  });
});

describe("an upload's type", () => {
  let folder: string;
  let duckdb: DuckDBInstance;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ikigai-platform-"));
    duckdb = await DuckDBInstance.create(":memory:", {threads: "1"});
  });
  afterAll(async () => {
    duckdb.closeSync();
    await rm(folder, {recursive: true});
  });

  const named: Record<string, string[]> = {
    BIGINT: ["NUMERIC INTEGER"],
    "DECIMAL(38,0)": ["NUMERIC INTEGER"],
    DOUBLE: ["NUMERIC"],
    DATE: ["TIME"],
    TIMESTAMP: ["TIME"],
    VARCHAR: ["TEXT", "CATEGORICAL"]
  };

  it.each(vectors.filter(({type}) => !type).map((vector) => ({...vector, vector})))(
    "is what readers read it as: $about",
    async ({vector}) => {
      const path = join(folder, "a.csv");
      await writeFile(path, vectorCsv(vector));
      const {data_type, data_formats} = (await columnTypes(duckdb, path)).v!;
      const {sqlType} = expected(vector, "platform");
      expect(named[sqlType]).toContain([data_type, ...Object.values(data_formats)].join(" "));
    }
  );

  it.each(endings)("is known of a file with %s", async (_, {csv, columns}) => {
    const path = join(folder, "a.csv");
    await writeFile(path, csv);
    const types = Object.values(await columnTypes(duckdb, path));
    expect(types).toHaveLength(columns);
  });
});
