// The one DuckDB of a tab, which its databases share: it starts when one of them asks first, and ends soon after the last is closed.
import type {AsyncDuckDB} from "@duckdb/duckdb-wasm";
import type {Arrow} from "./column.js";
import {startDecoder, type Decoder} from "./decoder.js";
import {moduleUrl, startDuckDb} from "./engine.js";
import {mutex, type Mutex} from "./mutex.js";
import {once} from "./once.js";
import type {Report} from "./progress.js";

export interface TabEngine {
  duckdb: AsyncDuckDB;
  arrow: Arrow;
  /** The Parquet decoder, started when it is first needed. */
  decoder: () => Promise<Decoder>;
  /** Held while a statement is planned: which optimizers are on is one setting for all connections. */
  planning: Mutex;
  /** How many databases it has had; gives each a name of its own. */
  databases: number;
  /** Ends the workers. */
  end: () => Promise<void>;
}

/** A database's share of the engine. */
export interface Hold {
  /** The engine, started if it isn't; `report` tells how far that is. */
  open: (report: Report) => Promise<TabEngine>;
  /** Fetches the engine without hurry, unless it is there. */
  warm: () => Promise<void>;
  /** Gives the share back. If it was the last, the engine ends soon; resolves to whether it has. */
  release: () => Promise<boolean>;
}

/** How many milliseconds the engine waits for another database: a page that replaces one closes the old one first. */
const grace = 300;

const holds = new Set<Hold>();
const reports = new Set<Report>();
let engine: Promise<TabEngine> | undefined;
let module: Promise<string> | undefined;

/** Takes a share of the tab's engine, without starting it. */
export function holdEngine(): Hold {
  const hold: Hold = {
    async open(report) {
      reports.add(report);
      try {
        return await (engine ??= start());
      } finally {
        reports.delete(report);
      }
    },
    async warm() {
      if (!engine) await (module ??= fetchModule());
    },
    async release() {
      holds.delete(hold);
      if (holds.size) return false;
      if (engine || module) await new Promise((resolve) => setTimeout(resolve, grace));
      if (holds.size) return false;
      await end();
      return true;
    }
  };
  holds.add(hold);
  return hold;
}

async function start(): Promise<TabEngine> {
  try {
    const url = await module?.catch(() => undefined);
    const duck = await startDuckDb((fraction) => reports.forEach((report) => report(fraction)), url);
    let decoder: Promise<Decoder> | undefined;
    const startOnce = once(() => (decoder = startDecoder()));
    return {
      ...duck,
      decoder: startOnce,
      planning: mutex(),
      databases: 0,
      async end() {
        await duck.duckdb.terminate();
        (await decoder?.catch(() => undefined))?.close();
      }
    };
  } catch (error) {
    engine = undefined;
    throw error;
  }
}

/** The module's bytes as a URL of this page: the worker that compiles them can't say with what priority it fetches. */
async function fetchModule(): Promise<string> {
  try {
    const response = await fetch(moduleUrl(), {priority: "low"});
    if (!response.ok) throw new Error(`DuckDB-WASM can't be fetched: the server answered ${response.status}`);
    return URL.createObjectURL(new Blob([await response.arrayBuffer()], {type: "application/wasm"}));
  } catch (error) {
    module = undefined;
    throw error;
  }
}

async function end(): Promise<void> {
  const ending = engine;
  const url = module;
  engine = module = undefined;
  void url?.then(
    (url) => URL.revokeObjectURL(url),
    () => undefined
  );
  await (await ending?.catch(() => undefined))?.end();
}
