// Small Arrow files as plain rows: what the loaders write is read as apache-arrow reads it, and what can't be read is named.
import {
  Int64,
  DateMillisecond,
  Dictionary,
  Float64,
  Int32,
  Table,
  TimeMicrosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
  tableToIPC,
  vectorFromArray,
  type Vector
} from "apache-arrow";
import fc from "fast-check";
import {afterEach, describe, expect, it, vi} from "vitest";
import {arrowRows} from "../../lib/page/arrow-rows.js";

const file = {name: "few.arrow", url: () => Promise.resolve("http://127.0.0.1/few.arrow")};

afterEach(() => vi.unstubAllGlobals());

const answering = (response: () => Response | Promise<Response>) =>
  vi.stubGlobal("fetch", () => Promise.resolve().then(response));

async function read(columns: Record<string, Vector>) {
  const bytes = tableToIPC(new Table(columns), "stream");
  answering(() => new Response(Uint8Array.from(bytes)));
  return arrowRows(file);
}

describe("arrowRows", () => {
  it("gives the values that a page can use, of each type", async () => {
    const day = new Date("2024-02-29");
    const moment = new Date("1969-12-31T23:59:59.123Z");
    const rows = await read({
      text: vectorFromArray(["a", null], new Utf8()),
      name: vectorFromArray(["north", "north"], new Dictionary(new Utf8(), new Int32())),
      value: vectorFromArray([0.1, null], new Float64()),
      day: vectorFromArray([day, null], new DateMillisecond()),
      moment: vectorFromArray([moment, null], new TimestampMillisecond()),
      finer: vectorFromArray([moment, null], new TimestampMicrosecond()),
      time: vectorFromArray([30_600_000_000n, 1n], new TimeMicrosecond())
    });
    expect(rows).toEqual([
      {text: "a", name: "north", value: 0.1, day, moment, finer: moment, time: "08:30:00"},
      {text: null, name: "north", value: null, day: null, moment: null, finer: null, time: "00:00:00.000001"}
    ]);
  });

  it("gives 64-bit integers as numbers where no digit is lost in the column, else as bigints", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.option(
            fc.oneof(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), fc.bigInt({min: -9n, max: 9n}))
          )
        ),
        async (values) => {
          const rows = await read({
            n: vectorFromArray(values, new Int64()),
            i: vectorFromArray(
              values.map(() => 1),
              new Int32()
            )
          });
          const exact = values.every((value) => value === null || Number.isSafeInteger(Number(value)));
          expect(rows.map(({n}) => n)).toEqual(
            values.map((value) => (value === null || !exact ? value : Number(value)))
          );
        }
      ),
      {numRuns: 50}
    );
  });

  it("gives no rows of an empty table", async () => {
    expect(await read({value: vectorFromArray([], new Float64())})).toEqual([]);
  });

  it("names the file that can't be fetched or read", async () => {
    answering(() => new Response("gone", {status: 404}));
    await expect(arrowRows(file)).rejects.toThrow(
      "few.arrow can't be fetched from http://127.0.0.1/few.arrow: the server answered 404"
    );
    answering(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(arrowRows(file)).rejects.toThrow(
      /^few\.arrow can't be fetched from .*: TypeError: Failed to fetch$/
    );
    answering(() => new Response("<!doctype html>"));
    await expect(arrowRows(file)).rejects.toThrow(/^few\.arrow can't be read as Arrow: /);
  });
});
