// The lines that tell of work, in a terminal and through a pipe.
import {describe, expect, it} from "vitest";
import {step, type Screen} from "../../lib/terminal/index.js";

/** A screen that remembers what was written to it. */
function screen(options: Partial<Screen> = {}) {
  const writes: string[] = [];
  return {writes, screen: {...options, write: (text: string) => writes.push(text)}};
}

/** What a terminal shows in the end: "\r" returns to the line's start, and the escape sequence clears the line. */
const shown = (writes: string[]) =>
  writes
    .join("")
    .split("\n")
    .map((line) => line.split("\r\x1b[2K").at(-1));

const clear = "\r\x1b[2K";

describe("through a pipe", () => {
  it("is a line at the start and one at the end, whatever comes between", () => {
    const {writes, screen: pipe} = screen();
    const line = step("data", pipe);
    for (let i = 0; i <= 100; ++i) line.progress("sales.csv", i, 100);
    line.done("1 file");
    expect(writes).toHaveLength(2);
    expect(writes[0]).toBe("… data\n");
    expect(writes[1]).toMatch(/^✓ data {6}1 file \(\d+\.\d s\)\n$/);
  });

  it("holds no control characters", () => {
    const {writes, screen: pipe} = screen({columns: 20});
    const line = step("data", pipe);
    line.progress("sales.csv", 1, 2);
    line.fail();
    expect(writes.join("")).toMatch(/^[^\x00-\x09\x0b-\x1f]*$/); // eslint-disable-line no-control-regex
  });
});

describe("in a terminal", () => {
  it("is one line that moves", () => {
    const {writes, screen: terminal} = screen({isTTY: true, columns: 80});
    const line = step("data", terminal);
    expect(writes).toEqual([`${clear}… data     `]);
    line.progress("sales.csv", 1, 4);
    expect(writes.at(-1)).toBe(`${clear}… data      █████░░░░░░░░░░░░░░░ 1/4 sales.csv`);
    line.progress("sales.csv", 4, 4);
    expect(writes.at(-1)).toBe(`${clear}… data      ████████████████████ 4/4 sales.csv`);
    line.progress("sales.csv");
    expect(writes.at(-1)).toBe(`${clear}… data      sales.csv`);
    line.progress("sales.csv", 500, undefined, "500 B");
    expect(writes.at(-1)).toBe(`${clear}… data      500 B sales.csv`);
    line.done("1 file");
    expect(shown(writes)).toEqual([expect.stringMatching(/^✓ data {6}1 file \(0\.\d s\)$/), ""]);
  });

  it("stays below what is noted", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    const line = step("data", terminal);
    line.progress("sales.csv", 2, 4);
    line.note("warning: a column\nwas kept as text");
    line.done("1 file");
    line.note("once more");
    expect(writes.slice(2, 4)).toEqual([
      `${clear}warning: a column was kept as text\n`,
      `${clear}… data      ██████████░░░░░░░░░░ 2/4 sales.csv`
    ]);
    expect(writes.at(-1)).toBe("once more\n");
  });

  it("never wraps, since what wrapped couldn't be cleared", () => {
    const {writes, screen: terminal} = screen({isTTY: true, columns: 40});
    step("data", terminal).progress("a-very-long-name".repeat(10), 1, 2);
    expect(writes.at(-1)!.length - clear.length).toBe(39);
  });

  it("takes a terminal of unknown width for one of 80 columns", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    step("data", terminal).progress("x".repeat(200));
    expect(writes.at(-1)!.length - clear.length).toBe(79);
  });

  it("draws no bar beyond its ends", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    const line = step("data", terminal);
    line.progress("more than all", 5, 4);
    expect(writes.at(-1)).toContain(` ${"█".repeat(20)} `);
    line.progress("nothing to do", 0, 0);
    expect(writes.at(-1)).toContain(` ${"░".repeat(20)} `);
  });
});

describe("the end of a line", () => {
  it.each([true, false])("is told once (in a terminal: %s)", (isTTY) => {
    const {writes, screen: any} = screen({isTTY});
    const line = step("build", any);
    line.fail();
    const said = writes.length;
    line.fail();
    line.done("dist");
    expect(writes).toHaveLength(said);
    expect(writes.at(-1)).toMatch(/✗ build {5}failed after \d+\.\d s\n$/);
  });
});

describe("text from elsewhere", () => {
  it("can't move the cursor, clear the screen or begin a line", () => {
    const {writes, screen: terminal} = screen({isTTY: true});
    const line = step("da\nta", terminal);
    line.progress("\x1b[2Jsales\r\n\u2028.csv\x07", 1, 2);
    line.done("o\x1b]0;title\x07k");
    const text = writes.join("").replaceAll(clear, "");
    expect(text).toMatch(/^[^\x00-\x09\x0b-\x1f\u2028]*\n$/); // eslint-disable-line no-control-regex
  });

  it("is clipped by the columns it takes: letters of East Asia and emoji take two", () => {
    const {writes, screen: terminal} = screen({isTTY: true, columns: 31});
    step("data", terminal).progress("売上予測".repeat(10));
    expect(writes.at(-1)).toBe(`${clear}… data      売上予測売上予測売…`);
    step("data", terminal).progress("a\u0301👍🏽".repeat(10));
    expect(writes.at(-1)).toBe(`${clear}… data      ${"a\u0301👍🏽".repeat(6)}…`);
  });
});
