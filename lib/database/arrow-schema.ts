// The Arrow schema that writers such as pyarrow keep in a Parquet file's footer: which of it belongs to some columns alone.
import type {Arrow} from "./column.js";
import {isInterval} from "./conversion.js";
import {arrowSchemaKey} from "./excerpt.js";
import type {Footer} from "./footer.js";
import type {List, Struct} from "./thrift.js";

/**
 * A function that gives the schema of some of the file's columns, by their numbers, as a footer holds it; of undefined where the
 * file has none. Undefined if the schema can't be taken apart, so that the columns can only be read together.
 */
export function arrowSchemaOf(
  footer: Footer,
  arrow: Arrow
): ((columns: readonly number[]) => Uint8Array | undefined) | undefined {
  const whole = entryOf(footer);
  const hasIntervals = (footer.metadata.get(2)!.value as List).items.some((entry) =>
    isInterval(entry as Struct)
  );
  // An excerpt has intervals as bytes, which the schema would contradict.
  if (!whole || hasIntervals) return () => undefined;
  try {
    const text = new TextDecoder().decode(whole);
    const message = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const schema = new arrow.MessageReader(message).readSchema();
    if (!schema || schema.fields.length !== footer.columns.length) return undefined;
    return (columns) => {
      if (columns.length === footer.columns.length) return whole;
      const part = new arrow.Schema(
        columns.map((i) => schema.fields[i]!),
        schema.metadata
      );
      const ipc = arrow.tableToIPC(new arrow.Table(part), "stream");
      return new TextEncoder().encode(btoa(Array.from(ipc, (byte) => String.fromCharCode(byte)).join("")));
    };
  } catch {
    return undefined; // a type that this version of Arrow doesn't know
  }
}

function entryOf({metadata}: Footer): Uint8Array | undefined {
  const entries = (metadata.get(5)?.value as List | undefined)?.items ?? [];
  const found = entries.find((entry) => {
    const key = (entry as Struct).get(1)?.value;
    return key instanceof Uint8Array && new TextDecoder().decode(key) === arrowSchemaKey;
  });
  return (found as Struct | undefined)?.get(2)?.value as Uint8Array | undefined;
}
