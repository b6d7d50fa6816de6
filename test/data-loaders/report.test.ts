// What a loader says while it works.
import {expect, it} from "vitest";
import {reporter, type Reporter} from "../../data-loaders/report.js";

/** What the reporter writes to a terminal, or to a pipe. */
function say(isTTY: boolean, end: (report: Reporter) => void): string {
  let text = "";
  const report = reporter({isTTY, write: (chunk) => (text += chunk)});
  report.progress({file: "a.parquet", step: "download", done: 0, total: 2_000_000});
  report.progress({file: "a.parquet", step: "download", done: 1_000_000, total: 2_000_000});
  report.progress({file: "a.parquet", step: "convert", done: 0, total: 100});
  report.progress({file: "a.parquet", step: "convert", done: 25, total: 100});
  report.warning("datasets.a: column kept as text");
  report.progress({file: "a.parquet", step: "done"});
  end(report);
  return text;
}

const done = (report: Reporter) =>
  report.done({file: "a.parquet", path: "/tmp/a.parquet", rows: 12345, bytes: 900});

it("is a line at the start and the end when piped, with the warnings between", () => {
  expect(say(false, done).replace(/[\d.]+ s\)$/m, "0.1 s)")).toBe(
    "… a.parquet\nwarning: datasets.a: column kept as text\n✓ a.parquet 12,345 rows, 900 B (0.1 s)\n"
  );
});

it("is one moving line in a terminal, gone when done", () => {
  const text = say(true, done);
  expect(text).toContain("\r\x1b[2K… a.parquet ██████████░░░░░░░░░░ 1.0 MB of 2.0 MB downloading");
  expect(text).toContain("\r\x1b[2K… a.parquet █████░░░░░░░░░░░░░░░ converting");
  expect(text).toContain("\r\x1b[2Kwarning: datasets.a: column kept as text\n");
  expect(text.match(/\n/g)).toHaveLength(2);
});

it.each([true, false])("ends with the error, each of its lines (in a terminal: %s)", (isTTY) => {
  const text = say(isTTY, (report) => report.failed(new Error("datasets.a: gone\ndatasets.b: gone")));
  expect(text).toMatch(/✗ a\.parquet failed after [\d.]+ s\nerror: datasets\.a: gone\ndatasets\.b: gone\n$/);
});
