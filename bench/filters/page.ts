// The page of the measurement: linked charts of errors by Mosaic, and one chart by a statement of the page's own.
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {bundledPage} from "../../test/charts/bundled-page.js";

const source = `
import * as Plot from "@observablehq/plot";
import {clauseInterval} from "@uwdata/mosaic-core";
import {div, sum} from "@uwdata/mosaic-sql";
import * as vg from "@uwdata/vgplot";
import {connector, database} from "./lib/database/index.ts";

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const months = (i) => [new Date(Date.UTC(2011, i, 1)), new Date(Date.UTC(2013, 2 * i, 1))];

globalThis.start = async (rows) => {
  const db = database({errors: {name: "errors.parquet", url: async () => "/" + rows + ".parquet"}});
  await db.query("SELECT month, version, horizon, sector, sum(error), sum(actual) FROM errors GROUP BY ALL LIMIT 1");
  return db;
};

/** Milliseconds from a new filter to a new bar chart in the page. */
globalThis.byStatement = async (db, i) => {
  const began = performance.now();
  const [from, to] = months(i);
  const answer = await db.query(
    "SELECT version, sum(error) / sum(actual) AS wape FROM errors WHERE month BETWEEN ? AND ? GROUP BY version ORDER BY version",
    [from, to]
  );
  document.querySelector("main").replaceChildren(Plot.plot({marks: [Plot.barX(answer.toArray(), {x: "wape", y: "version"})]}));
  await frame();
  return performance.now() - began;
};

/** Four linked charts; gives a function that moves a brush over time and resolves when all have been drawn. */
globalThis.link = async (db) => {
  const coordinator = new vg.Coordinator(connector(db), {logger: null});
  const api = vg.createAPIContext({coordinator});
  const brush = vg.Selection.crossfilter();
  const wape = () => div(sum("error"), sum("actual"));
  const from = () => api.from("errors", {filterBy: brush});
  const plots = [
    api.plot(api.areaY(from(), {x: "month", y: wape()}), api.intervalX({as: brush})),
    api.plot(api.barX(from(), {y: "version", x: wape()})),
    api.plot(api.barX(from(), {y: "sector", x: wape()})),
    api.plot(api.lineY(from(), {x: "horizon", y: wape()}))
  ];
  document.querySelector("main").replaceChildren(...plots);
  while (plots.some((plot) => !plot.querySelector("svg"))) await frame();
  const interval = plots[0].value.interactors[0];
  const drawn = (plot) => new Promise((resolve) => {
    const observer = new MutationObserver(() => (observer.disconnect(), resolve()));
    observer.observe(plot, {childList: true});
  });
  interval.activate();
  return async (i) => {
    const began = performance.now();
    const [svg] = plots[0].getElementsByTagName("svg");
    const others = Promise.all(plots.slice(1).map(drawn));
    const [low, high] = months(i).map((date) => svg.scale("x").apply(date));
    interval.publish([low, high]);
    await others;
    await frame();
    return performance.now() - began;
  };
};
`;

/** A folder with the page and a Parquet file of so many rows. */
export async function filterPage(
  sizes: readonly number[]
): Promise<{folder: string; remove: () => Promise<void>}> {
  const {folder, remove} = await bundledPage(source);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const rows of sizes)
    await connection.run(
      `COPY (
        SELECT ['ets', 'mstl', 'naive', 'seasonal'][(i % 4 + 1)::INTEGER] AS version, (i // 4 % 12 + 1)::INTEGER AS horizon,
          'Sector ' || (i // 48 % 24) AS sector, DATE '2010-01-01' + INTERVAL (i // 1152 % 120) MONTH AS month,
          (hash(i) % 1000) / 100.0 AS error, 100 + (hash(i * 3) % 1000) / 10.0 AS actual
        FROM range(${rows}) t(i)
      ) TO '${join(folder, `${rows}.parquet`)}' (FORMAT parquet, COMPRESSION zstd)`
    );
  connection.closeSync();
  instance.closeSync();
  return {folder, remove};
}
