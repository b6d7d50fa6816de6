// JSON into a table: DuckDB's JSON reader is an extension, so rows become Arrow columns here.
import type {DataType, Vector} from "apache-arrow";
import {insertStream} from "./arrow.js";
import type {Engine} from "./engine.js";
import type {Arrow} from "./column.js";

type Row = Record<string, unknown>;

/** Creates the table from an array of objects, in the order in which their keys first appear. */
export async function insertJson(engine: Engine, table: string, bytes: Blob): Promise<void> {
  const rows = JSON.parse(await bytes.text()) as unknown;
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new Error("it must hold an array of objects");
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  if (!names.size) throw new Error("it holds no rows, and so no columns either");
  const {arrow} = engine;
  const columns = Object.fromEntries(
    [...names].map((name) => [
      name,
      column(
        rows.map((row) => row[name]),
        arrow
      )
    ])
  );
  await insertStream(engine, table, arrow.tableToIPC(new arrow.Table(columns), "stream"));
}

const isRow = (row: unknown): row is Row => typeof row === "object" && row !== null && !Array.isArray(row);

const isoDate = /^[+-]?\d{4,6}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** The narrowest type that every value of the column fits, and text where none does. */
function column(values: unknown[], arrow: Arrow): Vector {
  const known = values.filter((value) => value != null);
  const every = (test: (value: unknown) => boolean) => known.length > 0 && known.every(test);
  const make = (type: DataType, read: (value: unknown) => unknown): Vector =>
    arrow.vectorFromArray(
      values.map((value) => (value == null ? null : read(value))),
      type
    );
  if (every((value) => typeof value === "boolean")) return make(new arrow.Bool(), (value) => value);
  if (every((value) => typeof value === "number")) {
    const type = every((value) => value === ((value as number) | 0))
      ? new arrow.Int32()
      : new arrow.Float64();
    return make(type, (value) => value);
  }
  if (every((value) => typeof value === "string" && isoDate.test(value) && !isNaN(Date.parse(value)))) {
    return make(new arrow.TimestampMillisecond(), (value) => Date.parse(value as string));
  }
  return make(new arrow.Utf8(), (value) => (typeof value === "string" ? value : JSON.stringify(value)));
}
