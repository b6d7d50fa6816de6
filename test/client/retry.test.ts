// How long a client waits before it tries again.
import {afterEach, describe, expect, it, vi} from "vitest";
import {backoff, pause, retryAfter} from "../../lib/client/retry.js";

afterEach(() => void vi.restoreAllMocks());

describe("backoff", () => {
  it("doubles, up to a limit", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect([0, 1, 2, 3, 4, 5, 6, 20].map(backoff)).toEqual([400, 800, 1600, 3200, 6400, 12800, 20000, 20000]);
  });

  it("is spread over everything from nothing to that", () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(backoff(5)).toBe(0);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2024-05-06T07:08:09Z");
  it.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Mon, 06 May 2024 07:08:39 GMT", 30_000],
    ["Mon, 06 May 2024 07:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
    [undefined, undefined]
  ])("of %j is %s ms", (header, milliseconds) => expect(retryAfter(header, now)).toBe(milliseconds));
});

describe("a pause", () => {
  it("ends with the signal's reason", async () => {
    const controller = new AbortController();
    const waiting = pause(60_000, controller.signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await expect(pause(0, controller.signal)).rejects.toThrow("enough");
  });
});
