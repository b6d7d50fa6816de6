// How an entry's rows are laid out: their order in every format, the row groups of Parquet, and their statistics.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC, type StructRow} from "apache-arrow";
import {csvParse} from "d3-dsv";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {pull, type PullOptions} from "../../data-loaders/index.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig, type DatasetEntry} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";

const skus = ["b", "a", "C", "é"];
const rowsOfSales = 6_000;

/** Rows in an order that no column has, with values that are alike and values that are missing. */
const sales = [
  "sku,month,units,note",
  ...Array.from({length: rowsOfSales}, (_, i) => {
    const month = `${2019 + (i % 3)}-0${1 + (i % 7)}-01`;
    return [i % 11 === 0 ? "" : skus[(i * 7) % 4], month, (i * 7919) % 1000, `row ${i}`].join(",");
  })
].join("\n");

/** More rows than a row group has: 3 versions of forecasts of 20 shops, the newest month first. */
const forecasts = [
  "version,shop,month,value,id",
  ...Array.from({length: 130_000}, (_, i) => {
    const month = `${2100 - (i % 50)}-01-01`;
    return [`v${i % 3}`, `shop ${(i * 3) % 20}`, month, i, `id ${i}`].join(",");
  })
].join("\n");

const categorical = {data_type: "CATEGORICAL" as const, data_formats: {}};
const time = {data_type: "TIME" as const, data_formats: {}};
const numeric = {data_type: "NUMERIC" as const, data_formats: {}};

let folder: string;
let platform: RunningPlatform;
let client: Ikigai;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-layout-"));
  platform = await startPlatform({
    data: join(folder, "platform"),
    seed: [
      {
        name: "Shop",
        description: "",
        models: [],
        datasets: [
          {name: "Sales", csv: sales},
          {
            name: "Forecasts",
            csv: forecasts,
            dataTypes: {version: categorical, shop: categorical, month: time, value: numeric, id: categorical}
          }
        ]
      }
    ],
    log: () => {}
  });
  client = new Ikigai(platform);
});
afterAll(async () => {
  await platform.close();
  await rm(folder, {recursive: true});
});

let into: string;
beforeEach(async () => {
  into = await mkdtemp(join(folder, "into-"));
});
afterEach(() => rm(into, {recursive: true}));

/** Pulls files of an entry "sales" that is laid out so, beside the plain one. */
const pulling = (layout: Partial<DatasetEntry>, files: string[], options: Partial<PullOptions> = {}) =>
  pull({
    config: checkConfig({
      app: "Shop",
      datasets: {plain: {dataset: "Sales"}, sales: {dataset: "Sales", ...layout}}
    }),
    client,
    files,
    into,
    ...options
  });

const ask = async (sql: string) =>
  withDuckDB({folder}, async (connection) => (await connection.runAndReadAll(sql)).getRowsJson());
const parquet = (file: string) => `read_parquet(${literal(join(into, file))})`;
const column = async (sql: string) => (await ask(sql)).map(([value]) => value);

const inSql = "ORDER BY sku ASC NULLS LAST, month ASC NULLS LAST, substr(note, 5)::INTEGER";

describe("sort", () => {
  it("gives every format the same order, ascending, NULL last, and rows that are alike as they were", async () => {
    await pulling({sort: ["sku", "month"]}, [
      "plain.parquet",
      "sales.parquet",
      "sales.arrow",
      "sales.csv",
      "sales.json"
    ]);
    const expected = await column(`SELECT note FROM ${parquet("plain.parquet")} ${inSql}`);
    expect(expected.slice(0, 3)).not.toEqual(["row 0", "row 1", "row 2"]);
    expect(await column(`SELECT note FROM ${parquet("sales.parquet")}`)).toEqual(expected);
    const table = tableFromIPC(await readFile(join(into, "sales.arrow")));
    expect(Array.from(table as Iterable<StructRow>, (row) => (row.toJSON() as {note: string}).note)).toEqual(
      expected
    );
    const text = (file: string) => readFile(join(into, file), "utf8");
    expect(csvParse(await text("sales.csv")).map(({note}) => note)).toEqual(expected);
    expect((JSON.parse(await text("sales.json")) as {note: string}[]).map(({note}) => note)).toEqual(
      expected
    );
  });

  it("changes neither the rows nor the types", async () => {
    await pulling({sort: ["units"], rowGroup: 2048}, ["plain.parquet", "sales.parquet"]);
    const types = async (file: string) =>
      ask(
        `SELECT name, type, converted_type, logical_type FROM parquet_schema(${literal(join(into, file))})`
      );
    expect(await types("sales.parquet")).toEqual(await types("plain.parquet"));
    const [one, other] = [parquet("sales.parquet"), parquet("plain.parquet")];
    expect(
      await ask(`(FROM ${one} EXCEPT ALL FROM ${other}) UNION ALL (FROM ${other} EXCEPT ALL FROM ${one})`)
    ).toEqual([]);
  });

  it("sorts what sql makes, and rows that are alike stay in its order", async () => {
    const sql = "SELECT sku, note FROM dataset ORDER BY units, note";
    await pulling({sql, sort: ["sku"]}, ["plain.parquet", "sales.parquet", "sales.csv"]);
    const expected = await column(
      `SELECT note FROM ${parquet("plain.parquet")} ORDER BY sku NULLS LAST, units, note`
    );
    expect(await column(`SELECT note FROM ${parquet("sales.parquet")}`)).toEqual(expected);
    expect(csvParse(await readFile(join(into, "sales.csv"), "utf8")).map(({note}) => note)).toEqual(expected);
  });

  it("sorts a result of the platform", async () => {
    const sql = "SELECT sku, month, units FROM dataset WHERE units > 500";
    await pulling({sql, engine: "platform", sort: ["units", "sku", "month"]}, ["sales.parquet"]);
    const rows = await ask(`FROM ${parquet("sales.parquet")}`);
    expect(rows).toEqual(await ask(`FROM ${parquet("sales.parquet")} ORDER BY units, sku NULLS LAST, month`));
    expect(rows.length).toBeGreaterThan(2_000);
  });

  it("sorts within each edition, also what was kept before it was set", async () => {
    const history = join(into, "history");
    const kept = {keep: 3, editions: true};
    await pulling(kept, ["sales-editions.parquet"], {history});
    const sql = "SELECT * FROM dataset WHERE units > 10";
    await pulling({...kept, sql, sort: ["sku", "month"]}, ["sales-editions.parquet", "plain.parquet"], {
      history
    });
    const editions = parquet("sales-editions.parquet");
    const expected = await column(
      `SELECT note FROM ${editions} ORDER BY edition, sku NULLS LAST, month, substr(note, 5)::INTEGER`
    );
    expect(await column(`SELECT note FROM ${editions}`)).toEqual(expected);
    expect(await ask(`SELECT count(DISTINCT edition) FROM ${editions}`)).toEqual([["2"]]);
  });

  it.each([
    [
      ["sku", "mnth"],
      'datasets.sales: sort names the column "mnth", which doesn\'t exist; did you mean "month"?'
    ],
    [["warehouse"], 'sort names the column "warehouse", which doesn\'t exist; there are']
  ])("by %j names the column that there isn't", async (sort, message) => {
    await expect(pulling({sort}, ["sales.parquet"])).rejects.toThrow(message);
    await expect(pulling({sort, sql: "SELECT sku, month FROM dataset"}, ["sales.csv"])).rejects.toThrow(
      message
    );
  });
});

describe("a large dataset", () => {
  const large = (layout: Partial<DatasetEntry>) =>
    pulling({dataset: "Forecasts", ...layout}, ["sales.parquet"]);
  const order = (sql = "") => column(`SELECT id FROM ${parquet("sales.parquet")} ${sql}`);

  it("is sorted by its series, the column with most values first, then by time", async () => {
    await large({});
    expect(await order()).toEqual(await order("ORDER BY shop, version, month, value"));
  });

  it("keeps the platform's order with sort: false", async () => {
    await large({sort: false});
    expect(await order()).toEqual(Array.from({length: 130_000}, (_, i) => `id ${i}`));
  });

  it("is in the order of its sql, if it has one", async () => {
    await large({sql: "FROM dataset ORDER BY value DESC"});
    expect((await order()).slice(0, 2)).toEqual(["id 129999", "id 129998"]);
  });
});

describe("Parquet", () => {
  it("has row groups of as many rows as the entry says, in steps of 2,048", async () => {
    await pulling({rowGroup: 2048}, ["sales.parquet"]);
    expect(await groups("sales.parquet")).toEqual([2048, 2048, rowsOfSales - 2 * 2048]);
    await pulling({dataset: "Forecasts", rowGroup: 50_000}, ["sales.parquet"]);
    expect(await groups("sales.parquet")).toEqual([51_200, 51_200, 130_000 - 2 * 51_200]);
    await pulling({rowGroup: 2048, sql: "SELECT sku FROM dataset"}, ["sales.parquet"]);
    expect(await groups("sales.parquet")).toEqual([2048, 2048, rowsOfSales - 2 * 2048]);
  });

  it("has no row groups that memory has no room for", async () => {
    const message =
      "datasets.sales: rowGroup: 800,000 rows of 4 columns need more memory than there is; 750,000 rows are the most";
    await expect(pulling({rowGroup: 800_000}, ["sales.parquet"])).rejects.toThrow(message);
    await pulling({rowGroup: 750_000}, ["sales.parquet"]);
    expect(await groups("sales.parquet")).toEqual([rowsOfSales]);
  });

  it("says of every column of every row group what it holds at least and at most", async () => {
    await pulling({sort: ["sku", "month"], rowGroup: 2048}, ["sales.parquet"]);
    const told = await ask(
      `SELECT path_in_schema, row_group_id, stats_min_value, stats_max_value, stats_null_count::INTEGER FROM parquet_metadata(${literal(join(into, "sales.parquet"))}) ORDER BY ALL`
    );
    const of = (name: string) =>
      `SELECT '${name}' AS name, file_row_number // 2048 AS i, min(${name})::VARCHAR, max(${name})::VARCHAR, count(*) FILTER (${name} IS NULL)::INTEGER FROM ${parquet("sales.parquet")} GROUP BY ALL`;
    const names = ["sku", "month", "units", "note"];
    expect(told).toEqual(await ask(`${names.map(of).join(" UNION ALL ")} ORDER BY ALL`));
  });
});

/** The rows of each row group. */
const groups = async (file: string) =>
  (
    await ask(
      `SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata(${literal(join(into, file))}) ORDER BY ALL`
    )
  ).map(([, rows]) => Number(rows));
