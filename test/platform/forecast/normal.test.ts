// Quantiles against those of R's qnorm.
import {describe, expect, it} from "vitest";
import {normalQuantile} from "../../../lib/platform/forecast/normal.js";

describe("normalQuantile", () => {
  it.each([
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.001, -3.090232306167813],
    [1e-10, -6.361340902404056]
  ])("of %d is %d", (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 13));

  it("is symmetric", () => expect(normalQuantile(0.2)).toBeCloseTo(-normalQuantile(0.8), 14));
});
