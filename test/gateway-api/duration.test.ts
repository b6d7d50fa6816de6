// How long something took, in words.
import {describe, expect, it} from "vitest";
import {duration} from "../../lib/gateway-api/duration.js";

describe("a duration", () => {
  it.each([
    [-5, "0 s"],
    [0, "0 s"],
    [0.84, "0.8 s"],
    [3, "3 s"],
    [9.96, "10 s"],
    [59, "59 s"],
    [59.6, "1 min"],
    [61, "1 min 1 s"],
    [3599, "59 min 59 s"],
    [3599.6, "1 h"],
    [7500, "2 h 5 min"],
    [86_399, "1 day"],
    [26 * 3600, "1 day 2 h"],
    [12 * 86_400, "12 days"]
  ])("of %d s is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
