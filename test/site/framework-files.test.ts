// Which names in a build Framework has given by content.
import {describe, expect, it} from "vitest";
import {isHashed, mayOutliveBuild} from "../../lib/site/framework-files.js";

describe("a name of Framework's", () => {
  it.each([
    "_observablehq/client.43121de8.js",
    "_observablehq/theme-air,near-midnight.b050d634.css",
    "_observablehq/minisearch.0123abcd.json",
    "_import/components/format.ddc49717.js",
    "_import/style.01234567.css",
    "_file/data/x.cd5b2efb.parquet",
    "_file/data/20250601.cd5b2efb.csv",
    "_file/LICENSE.cd5b2efb",
    "_file/data/x.csv.cd5b2efb.gz",
    "_npm/d3-dsv@3.0.2/bc5ec7ea.js",
    "_npm/ikigai-kit@0.1.0/charts.07cfd8b3.js",
    "_node/isoformat@0.2.1/index.ef9fd1ed.js",
    "_duckdb/parquet-cd5b2efb/v1.1.1/wasm_eh/parquet.duckdb_extension.wasm"
  ])("%s never means something else, and neither do its siblings", (name) => {
    for (const file of [name, `${name}.br`, `${name}.gz`]) {
      expect([file, isHashed(file), mayOutliveBuild(file)]).toEqual([file, true, true]);
    }
  });

  it.each([
    "_npm/@duckdb/duckdb-wasm@1.29.0/dist/duckdb-eh.wasm",
    "_npm/katex@0.16.0/dist/katex.01234567.css"
  ])("%s tells a version and no content, so that it is kept, and asked for again", (name) =>
    expect([isHashed(name), mayOutliveBuild(name)]).toEqual([false, true])
  );

  it.each([
    "20250601.csv",
    "data/20250601.csv",
    "report.20250601.pdf",
    "index.html",
    "deadbeef.html",
    "_file",
    "files/_file/x.cd5b2efb.csv",
    "_private/x.cd5b2efb.csv",
    "constructor/x.cd5b2efb.csv"
  ])("isn't %s, which looks like one", (name) => {
    expect([isHashed(name), mayOutliveBuild(name)]).toEqual([false, false]);
  });
});
