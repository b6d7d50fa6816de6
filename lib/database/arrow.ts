// Arrow into a table: an IPC stream as it is, an IPC file turned into a stream first.
import type {Engine} from "./engine.js";
import {varyingBytes} from "./fixed-bytes.js";
import {identifier} from "../tabular/quote.js";

/** Creates the table from the bytes of an Arrow IPC stream or file. */
export async function insertArrow(engine: Engine, table: string, bytes: Blob): Promise<void> {
  const ipc = new Uint8Array(await bytes.arrayBuffer());
  const isFile = (await bytes.slice(0, 6).text()) === "ARROW1";
  await insertStream(engine, table, isFile ? fileToStream(engine, ipc) : ipc);
}

/** Creates the table from an Arrow IPC stream, whose buffer is given away. */
export async function insertStream(
  {arrow, connected, query}: Engine,
  table: string,
  stream: Uint8Array
): Promise<void> {
  const given = readableBytes(stream, arrow);
  await connected((connection) => connection.insertArrowFromIPCStream(given, {name: table, schema: "main"}));
  // DuckDB-WASM waits in silence for the rest of a stream that has no end.
  await query({text: `FROM main.${identifier(table)} LIMIT 0`, params: []}).catch((cause: unknown) => {
    throw new Error("it isn't an Arrow IPC stream or file, or not a whole one", {cause});
  });
}

function readableBytes(stream: Uint8Array, arrow: Engine["arrow"]): Uint8Array {
  try {
    return varyingBytes(stream, arrow);
  } catch {
    return stream; // which DuckDB refuses, too, unless it knows more of Arrow
  }
}

function fileToStream({arrow}: Engine, file: Uint8Array): Uint8Array {
  return arrow.tableToIPC(arrow.tableFromIPC(file), "stream");
}
