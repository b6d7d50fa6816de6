// How long a client waits before it tries again.
import {afterEach, describe, expect, it, vi} from "vitest";
import {NetworkError, PlatformError, RequestError} from "../../lib/client/index.js";
import {
  checkRetry,
  isPassing,
  pause,
  retryAfter,
  waitBefore,
  type RetryPolicy
} from "../../lib/client/retry.js";

afterEach(() => void vi.restoreAllMocks());

const waits = (policy: RetryPolicy, error: unknown = new NetworkError("no")) => {
  const all: number[] = [];
  for (let wait; (wait = waitBefore(all.length + 1, error, policy)) !== undefined;) all.push(wait);
  return all;
};
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe("the usual waits", () => {
  it("double, up to a limit, and last two minutes at most", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const all = waits(checkRetry());
    expect(all).toEqual([400, 800, 1600, 3200, 6400, 12800, ...Array<number>(5).fill(20000)]);
    expect(sum(all)).toBeLessThan(126_000);
  });

  it("ride out a minute even where chance makes each as short as can be", () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const all = waits(checkRetry());
    expect(all[0]).toBe(200);
    expect(sum(all)).toBeGreaterThan(60_000);
  });
});

it("gives up soon where the platform says that it failed itself", () => {
  const fault = new PlatformError("oops", {status: 500});
  expect(waits(checkRetry(), fault)).toHaveLength(3);
  expect(waits(checkRetry(1), fault)).toHaveLength(1);
  expect(waits(checkRetry(), new PlatformError("starting", {status: 503}))).toHaveLength(11);
});

describe("the options", () => {
  it("take a number as the limit", () => {
    expect(waits(checkRetry(2))).toHaveLength(2);
    expect(waits(checkRetry(0))).toEqual([]);
  });

  it("limit each wait, whoever chose it", () => {
    expect(waits(checkRetry({limit: 3, backoffLimit: 25, delay: (n) => 10 * n}))).toEqual([10, 20, 25]);
  });

  it("that are undefined are as if left out", () => {
    expect(checkRetry({limit: undefined as unknown as number}).limit).toBe(checkRetry().limit);
  });

  it.each([["limit"], ["maxRetryAfter"], ["backoffLimit"]])("must be numbers: %s", (name) => {
    for (const value of [-1, NaN, "3", null]) {
      expect(() => checkRetry({[name]: value})).toThrow(`retry.${name} must be a number, 0 or more, but is`);
    }
  });

  it("name the statuses after which another try may help", () => {
    const error = (status: number) => new PlatformError("busy", {status});
    expect(isPassing(error(503), checkRetry())).toBe(true);
    expect(isPassing(error(501), checkRetry())).toBe(false);
    expect(isPassing(error(503), checkRetry({statusCodes: [429]}))).toBe(false);
    expect(isPassing(new RequestError("slow", {status: 408}), checkRetry())).toBe(true);
  });

  it("limit the pause that the platform may ask for", () => {
    const asks = (retryAfter: number) => new PlatformError("busy", {status: 503, retryAfter});
    expect(waitBefore(1, asks(60_000), checkRetry())).toBe(60_000);
    expect(waitBefore(1, asks(60_001), checkRetry())).toBeUndefined();
    expect(waitBefore(1, asks(500), checkRetry({maxRetryAfter: 400}))).toBeUndefined();
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
