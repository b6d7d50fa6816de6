// The progress bar for people's own scripts: what it draws of runs and transfers, and how it ends.
import {describe, expect, it} from "vitest";
import {FlowError, progressBar, TimeoutError, type Screen} from "../../lib/client/index.js";

/** A screen that remembers what was written to it. */
function screen(options: Partial<Screen> = {}) {
  const writes: string[] = [];
  return {writes, screen: {...options, write: (text: string) => writes.push(text)}};
}

const clear = "\r\x1b[2K";

describe("of a run", () => {
  it("is a bar that fills, and a line that says it is done", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    const bar = progressBar("Re-forecast", terminal);
    expect(writes).toEqual([]);
    bar({status: "SCHEDULED", message: ""});
    expect(writes.at(-1)).toBe(`${clear}… Re-forecast scheduled`);
    bar({status: "RUNNING", progress: 25, message: ""});
    expect(writes.at(-1)).toBe(`${clear}… Re-forecast █████░░░░░░░░░░░░░░░ 25% running`);
    bar({status: "RUNNING", progress: 99.6, message: "Facet 3 of 3"});
    expect(writes.at(-1)).toBe(`${clear}… Re-forecast ████████████████████ 100% Facet 3 of 3`);
    bar({status: "IDLE", message: "of another time"});
    bar.end!();
    expect(writes.join("")).not.toContain("another time");
    expect(writes.at(-1)).toMatch(/✓ Re-forecast done \(\d+\.\d s\)\n$/);
  });

  it("says that it failed, or that nobody knows how it went on", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    const bar = progressBar("Re-forecast", terminal);
    bar({status: "RUNNING", message: ""});
    bar.end!(new FlowError("failed"));
    expect(writes.at(-1)).toMatch(/✗ Re-forecast failed after \d+\.\d s\n$/);
    for (const error of [new TimeoutError("late"), new DOMException("", "AbortError")]) {
      bar({status: "RUNNING", message: ""});
      bar.end!(error);
      expect(writes.at(-1)).toMatch(/✗ Re-forecast not watched to its end after \d+\.\d s\n$/);
    }
  });

  it("draws no line for a run that could not be started", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    progressBar("Re-forecast", terminal).end!(new Error("no such flow"));
    expect(writes).toEqual([]);
  });
});

describe("of a transfer", () => {
  it("counts bytes in the unit that suits them", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    const bar = progressBar("Sales", terminal);
    bar({done: 1_500_000});
    expect(writes.at(-1)).toBe(`${clear}… Sales     1.5 MB`);
    bar({done: 1_500_000, total: 3_000_000});
    expect(writes.at(-1)).toBe(`${clear}… Sales     ██████████░░░░░░░░░░ 1.5 MB of 3.0 MB`);
    bar.end!();
    expect(writes.at(-1)).toMatch(/✓ Sales {5}1\.5 MB \(\d+\.\d s\)\n$/);
  });

  it("failed, whatever the reason", () => {
    const {writes, screen: pipe} = screen();
    const bar = progressBar("Sales", pipe);
    bar({done: 1, total: 2});
    bar.end!(new DOMException("", "AbortError"));
    expect(writes).toEqual(["… Sales\n", expect.stringMatching(/^✗ Sales {5}failed after \d+\.\d s\n$/)]);
  });
});

it("serves one piece of work after another", () => {
  const {writes, screen: pipe} = screen();
  const bar = progressBar("Sales", pipe);
  for (let i = 0; i < 2; ++i) {
    bar({done: 1, total: 1});
    bar.end!();
  }
  expect(writes).toHaveLength(4);
});
