// The page of the measurements: a chart of a small Arrow file first, then a database over the Parquet file beside it.
import {bundledPage} from "../../test/charts/bundled-page.js";

const source = `
import * as Plot from "@observablehq/plot";
import {arrowRows} from "./lib/page/index.ts";
const file = (name) => ({name, url: async () => "/" + name});
const rows = await arrowRows(file(new URLSearchParams(location.search).get("rows") + ".arrow"));
document.querySelector("main").append(Plot.plot({marks: [Plot.lineY(rows, {x: "day", y: "forecast"})]}));
requestAnimationFrame(() => (globalThis.firstChart = performance.now()));
globalThis.open = async (options) => {
  const {database} = await import("./lib/database/index.ts");
  return (globalThis.db = database({sales: file(new URLSearchParams(location.search).get("rows") + ".parquet")}, options));
};
`;

/** A folder with the page; data files are put beside it. */
export const measuredPage = () => bundledPage(source, {minify: true});
