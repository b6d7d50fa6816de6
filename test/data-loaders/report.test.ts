// What a loader says while it works.
import {expect, it} from "vitest";
import {reporter} from "../../data-loaders/report.js";

/** What the reporter writes to a terminal, or to a pipe. */
function say(isTTY: boolean): string {
  let text = "";
  const report = reporter({isTTY, write: (chunk) => (text += chunk)});
  report.progress({file: "a.parquet", step: "download", done: 0, total: 2_000_000});
  report.progress({file: "a.parquet", step: "download", done: 1_000_000, total: 2_000_000});
  report.progress({file: "a.parquet", step: "convert", done: 0, total: 100});
  report.progress({file: "a.parquet", step: "convert", done: 25, total: 100});
  report.warning("datasets.a: column kept as text");
  report.progress({file: "a.parquet", step: "done"});
  report.done({file: "a.parquet", path: "/tmp/a.parquet", rows: 12345, bytes: 900});
  return text;
}

it("is a plain line a step when piped", () => {
  expect(say(false).replace(/[\d.]+ s$/m, "0.1 s")).toBe(
    "a.parquet: downloading\na.parquet: converting\nwarning: datasets.a: column kept as text\na.parquet: 12,345 rows, 900 B in 0.1 s\n"
  );
});

it("is one moving line in a terminal, gone when done", () => {
  const text = say(true);
  expect(text).toContain("\r\x1b[2Ka.parquet: downloading ██████████░░░░░░░░░░ 1.0 MB of 2.0 MB");
  expect(text).toContain("\r\x1b[2Ka.parquet: converting █████░░░░░░░░░░░░░░░");
  expect(text).toContain("\r\x1b[2Kwarning: datasets.a: column kept as text\n");
  expect(text.match(/\n/g)).toHaveLength(2);
});
