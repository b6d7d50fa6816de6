// The rows that a line chart needs of many: those that a line over all of them would show, pixel by pixel.
import type {Table} from "apache-arrow";
import {identifier} from "../tabular/quote.js";
import type {Database} from "./types.js";

/** Options of `linePoints`. */
export interface LineOptions {
  /** The column along the line: numbers, dates or timestamps. */
  x: string;
  /** The column of numbers. */
  y: string;
  /** The columns whose values tell one line from another; none if left out. */
  by?: string | readonly string[];
  /** The chart's width in pixels; 640 if left out. */
  width?: number;
}

/** What `linePoints` gives. */
export interface LinePoints {
  /** The columns of `by`, then `x` and `y`, sorted by them; with the types that they have in the table. */
  points: Table;
  /** For the chart's caption where rows were left out, such as "Drawn from 2,560 of 5,000,000 rows: …"; else empty. */
  note: string;
}

/**
 * Asks the database for the rows with which a line of this width looks as it does with all: the first, last, lowest and highest
 * of each pixel (the M4 aggregation: Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 2014). So there
 * are four a pixel and line at most, each a row of the table. Where all values of a pixel are missing, one row without a value keeps the gap.
 * Rows without an `x` are left out, and so are values that aren't finite. Two columns of one name, or a width that isn't a positive number, throw.
 * @param table a table or view of the database
 */
export async function linePoints(
  database: Pick<Database, "query">,
  table: string,
  {x, y, by = [], width = 640}: LineOptions
): Promise<LinePoints> {
  const keys = typeof by === "string" ? [by] : by;
  const repeated = [...keys, x, y].find((name, i, all) => all.indexOf(name) !== i);
  if (repeated !== undefined)
    throw new Error(`linePoints: "${repeated}" is given twice among x, y and by: they are different columns`);
  if (!(width >= 1)) throw new RangeError(`linePoints: the width is ${width}: give the chart's pixels`);
  const pixels = Math.floor(width);
  const types = await database.query(
    `SELECT column_type FROM (DESCRIBE SELECT ${identifier(x)} FROM ${identifier(table)})`
  );
  const isTime = /^(?:DATE|TIMESTAMP)/.test(String(types.getChildAt(0)!.get(0)));
  const answer = await database.query(pointsSql({table, x, y, keys, pixels, isTime}));
  const total = Number(answer.getChild(totalColumn)?.get(0) ?? 0);
  const points = answer.select([...keys, x, y]);
  return {points, note: noteOf(points.numRows, total)};
}

/** A column of the answer beside those that are asked for, with a name that hardly any has. */
const totalColumn = "rows of the table";

function pointsSql({
  table,
  x,
  y,
  keys,
  pixels,
  isTime
}: Required<Pick<LineOptions, "x" | "y">> & {
  table: string;
  keys: readonly string[];
  pixels: number;
  isTime: boolean;
}): string {
  const [xName, yName] = [identifier(x), identifier(y)];
  // Columns get names that can't meet those of the table.
  const list = (prefix: string) => keys.map((_, i) => `${prefix}${i}, `).join("");
  const named = keys.map((key, i) => `k${i} AS ${identifier(key)}, `).join("");
  const place = isTime ? `epoch_us(${xName})` : `${xName}::DOUBLE`;
  // Names that hardly any table has, which its own would hide.
  const [source, ends, pixelRows, points] = ["source", "ends", "pixels", "points"].map((name) =>
    identifier(`line points: ${name}`)
  );
  return `WITH ${source} AS (
    SELECT ${keys.map((key, i) => `${identifier(key)} AS k${i}, `).join("")}${xName} AS x,
      CASE WHEN isfinite(${yName}::DOUBLE) THEN ${yName} END AS y, ${place} AS place
    FROM ${identifier(table)} WHERE ${xName} IS NOT NULL
  ), ${ends} AS (
    SELECT min(place)::DOUBLE AS low, max(place)::DOUBLE AS high, count(*) AS total FROM ${source}
  ), ${pixelRows} AS (
    SELECT ${list("k")}CASE WHEN high > low THEN least(${pixels - 1}, floor(${pixels} * ((place - low) / (high - low)))) ELSE 0 END AS pixel,
      any_value(total) AS total,
      CASE WHEN count(y) = 0 THEN [{x: min(x), y: NULL}] ELSE list_distinct([
        {x: min(x) FILTER (y IS NOT NULL), y: arg_min(y, x)},
        {x: max(x) FILTER (y IS NOT NULL), y: arg_max(y, x)},
        {x: arg_min(x, y), y: min(y)},
        {x: arg_max(x, y), y: max(y)}
      ]) END AS points
    FROM ${source}, ${ends} GROUP BY ALL
  ), ${points} AS (SELECT ${list("k")}total, unnest(points) AS point FROM ${pixelRows})
  SELECT ${named}point.x AS ${xName}, point.y AS ${yName}, total AS ${identifier(totalColumn)}
  FROM ${points} ORDER BY ${list("k")}point.x`;
}

const count = new Intl.NumberFormat("en-US");

const noteOf = (drawn: number, total: number): string =>
  drawn < total
    ? `Drawn from ${count.format(drawn)} of ${count.format(total)} rows: the first, last, lowest and highest of each pixel.`
    : "";
