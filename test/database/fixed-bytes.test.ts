// Values of a fixed number of bytes, some of them missing, as DuckDB has them.
import * as arrow from "apache-arrow";
import {expect, it} from "vitest";
import {insertArrow} from "../../lib/database/arrow.js";
import {varyingBytes} from "../../lib/database/fixed-bytes.js";
import {openEngine} from "./wasm-engine.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
const type = new arrow.FixedSizeBinary(2);
const column = arrow.vectorFromArray([null, bytes(1, 2), bytes(3, 4), null, bytes(5, 6)], type);

it("are in their own rows", async () => {
  const engine = await openEngine();
  const ipc = arrow.tableToIPC(new arrow.Table({code: column}), "stream");
  await insertArrow(engine, "codes", new Blob([ipc as Uint8Array<ArrayBuffer>]));
  const answer = await engine.query({text: "SELECT hex(code) AS code FROM codes", params: []});
  expect(Array.from(answer.getChild("code")!, String)).toEqual(["null", "0102", "0304", "null", "0506"]);
});

it("are all that is changed: another stream stays the same", () => {
  const ipc = arrow.tableToIPC(arrow.tableFromArrays({n: [1, 2]}), "stream");
  expect(varyingBytes(ipc, arrow)).toBe(ipc);
});
