// What Mosaic gets from a page's database.
import {tableFromArrays} from "apache-arrow";
import {tableFromIPC} from "@uwdata/flechette";
import {Coordinator} from "@uwdata/mosaic-core";
import {expect, it} from "vitest";
import {connector} from "../../lib/database/connector.js";
import {openEngine} from "./wasm-engine.js";

it("answers with Arrow that Mosaic reads, and with nothing where nothing is asked", async () => {
  const asked: string[] = [];
  const database = {
    query: async (text: string) => {
      asked.push(text);
      return tableFromArrays({n: [1, 2]});
    }
  };
  const mosaic = connector(database);
  const answer = await mosaic.query({type: "arrow", sql: "SELECT n"});
  expect(tableFromIPC(answer).toColumns()).toEqual({n: Float64Array.of(1, 2)});
  expect(await mosaic.query({type: "exec", sql: "CREATE TABLE t (n INTEGER)"})).toBeUndefined();
  expect(asked).toEqual(["SELECT n", "CREATE TABLE t (n INTEGER)"]);
  await expect(mosaic.query({type: "json" as "arrow", sql: "SELECT n"})).rejects.toThrow(
    'answers "arrow" and "exec" of Mosaic 0.32, not "json"'
  );
});

it("ends a question by the signal that is given to Mosaic's coordinator", async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const database = {
    query: (_text: string, _values?: readonly unknown[], {signal}: {signal?: AbortSignal} = {}) => {
      signals.push(signal);
      return new Promise<never>((_resolve, reject) => {
        if (signal) signal.addEventListener("abort", () => reject(signal.reason as Error));
        else reject(new Error("none"));
      });
    }
  };
  const coordinator = new Coordinator(connector(database), {logger: null as never});
  const controller = new AbortController();
  const asked = coordinator.query("SELECT 1 AS n", {signal: controller.signal});
  const other = coordinator.query("SELECT 2 AS n");
  await expect(other).rejects.toThrow("none");
  controller.abort(new DOMException("outdated", "AbortError"));
  await expect(asked).rejects.toThrow("outdated");
  expect(signals).toEqual([controller.signal, undefined]);
});

it("works with Mosaic's own coordinator, on the page's DuckDB", async () => {
  const engine = await openEngine();
  const coordinator = new Coordinator(connector({query: (text) => engine.query({text, params: []})}), {
    logger: null as never
  });
  await coordinator.exec([
    "CREATE TABLE t AS SELECT i, DATE '2024-01-01' + i::INTEGER AS day FROM range(3) s(i)"
  ]);
  const answer = (await coordinator.query(
    "SELECT day, sum(i) AS total FROM t GROUP BY day ORDER BY day"
  )) as {
    toArray: () => unknown[];
  };
  expect(answer.toArray()).toEqual(
    [0, 1, 2].map((total) => ({day: new Date(Date.UTC(2024, 0, 1 + total)), total}))
  );
  await expect(coordinator.query("SELECT nothing FROM t")).rejects.toThrow("nothing");
});
