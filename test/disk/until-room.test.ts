// Work that waits for room on a full disk, and what counts as a full disk.
import {describe, expect, it} from "vitest";
import {isDiskFull, reasonOf, untilRoom} from "../../lib/disk/index.js";

const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
  code: "ENOSPC",
  syscall: "write"
});

describe("isDiskFull", () => {
  it.each<[string, unknown]>([
    ["Node's own error", full],
    ["a quota", Object.assign(new Error("EDQUOT"), {code: "EDQUOT"})],
    ["DuckDB's error", new Error('IO Error: Could not write file "/tmp/x": No space left on device')],
    [
      "an error that one caused",
      new Error("can't publish", {cause: new Error("can't write", {cause: full})})
    ],
    ["several errors, one of them", new AggregateError([new Error("other"), full])],
    [
      "what Framework's build printed",
      new Error("observable build failed: ENOSPC: no space left on device, write")
    ],
    ["an error that tells the reason", new Error(`catalog: ${reasonOf(full)}`)],
    ["the reason as a text", `data/sales.csv: ${reasonOf(full)}`]
  ])("is true of %s", (_, error) => {
    expect(isDiskFull(error)).toBe(true);
  });

  it.each<[string, unknown]>([
    ["another error", new Error("no such dataset")],
    ["a dataset that is called so", new Error('there is no dataset "the disk is full"')],
    ["a platform that says so of its own", new Error("The disk is full: nothing was changed.")],
    ["no error", undefined]
  ])("is false of %s", (_, error) => {
    expect(isDiskFull(error)).toBe(false);
  });
});

describe("untilRoom", () => {
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);

  it("tries again, less and less often, and tells each reason once", async () => {
    waits.length = 0;
    const told: string[] = [];
    let tries = 0;
    const work = async () => {
      if (++tries < 9) throw full;
      return "done";
    };
    const options = {
      signal: new AbortController().signal,
      onFull: (error: Error) => told.push(error.message),
      wait
    };
    expect(await untilRoom(work, options)).toBe("done");
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1000));
    expect(told).toEqual([full.message]);
  });

  it("throws other errors at once, and ends with its signal", async () => {
    const stop = new AbortController();
    const options = {signal: stop.signal, onFull: () => stop.abort(new Error("closing")), wait};
    await expect(untilRoom(() => Promise.reject(new Error("other")), options)).rejects.toThrow("other");
    await expect(untilRoom(() => Promise.reject(full), options)).rejects.toThrow("closing");
  });
});
