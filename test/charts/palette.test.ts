// The palette keeps its promises: contrast on every background of Framework's themes, and colors that the color-blind can
// tell apart.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {assignColors, colorsOf, hues, ink, palette} from "../../lib/charts/palette.js";

type Triple = [number, number, number];

const linear = (hex: string) =>
  [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Triple;

const times = (matrix: number[][], vector: Triple) =>
  matrix.map((row) => row.reduce((sum, m, i) => sum + m * vector[i]!, 0)) as Triple;

// B. Ottosson, A perceptual color space for image processing (2020).
const toLms = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005]
];
const toLab = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766]
];
const fromLab = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548]
];
const fromLms = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701]
];
const oklab = (rgb: Triple) => times(toLab, times(toLms, rgb).map(Math.cbrt) as Triple);
const clamp = (rgb: number[]) => rgb.map((c) => Math.min(1, Math.max(0, c))) as Triple;
const fromOklab = (lab: Triple) => clamp(times(fromLms, times(fromLab, lab).map((c) => c ** 3) as Triple));

/** CSS's color-mix(in oklab, …). */
const mix = (a: Triple, b: Triple, share: number) =>
  fromOklab(oklab(a).map((c, i) => c * (1 - share) + oklab(b)[i]! * share) as Triple);

// G. M. Machado, M. M. Oliveira & L. A. F. Fernandes, IEEE Transactions on Visualization 15 (2009), 1291–1298, severity 1.
const vision: Record<string, number[][]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
};

/** WCAG 2.2's contrast ratio. */
function contrast(a: Triple, b: Triple): number {
  const [light, dark] = [a, b]
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    .sort((x, y) => y - x);
  return light! / dark!;
}

// Text, muted text, page and card of Framework's themes air and near-midnight.
const themes = {
  light: {text: "#1b1e23", muted: "#76787b", backgrounds: ["#ffffff", "#f6f6f6"]},
  dark: {text: "#dfdfd6", muted: "#8f8f89", backgrounds: ["#161616", "#1e1e1e"]}
};

describe.each(Object.entries(themes))("on %s pages", (_, {text, muted, backgrounds}) => {
  const lines = hues.map((hue) => mix(linear(hue), linear(text), ink.line));

  it.each(backgrounds)("lines have a contrast of 3, and labels of 4.5, with %s", (background) => {
    for (const line of lines) {
      expect(contrast(line, linear(background))).toBeGreaterThanOrEqual(3);
      expect(contrast(mix(line, linear(text), ink.label), linear(background))).toBeGreaterThanOrEqual(4.5);
    }
  });

  /** CSS's color-mix(in srgb, …). */
  const mixed = (front: string, back: string, share: number) => {
    const [a, b] = [front, back].map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
    const channels = a!.map((c, i) => Math.round(c * share + b![i]! * (1 - share)));
    return linear(`#${channels.map((c) => c.toString(16).padStart(2, "0")).join("")}`);
  };

  it.each(backgrounds)("greys have a contrast of 3, and notes of 4.5, with %s", (background) => {
    for (const behind of backgrounds)
      expect(contrast(mixed(text, behind, ink.faded), linear(background))).toBeGreaterThanOrEqual(3);
    expect(contrast(mixed(text, muted, ink.note), linear(background))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(vision))("lines are told apart in %s vision", (_, matrix) => {
    const seen = lines.map((line) => oklab(clamp(times(matrix, line))));
    const distances = seen.flatMap((a, i) =>
      seen.slice(0, i).map((b) => Math.hypot(...a.map((c, k) => c - b[k]!)))
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.075); // 0.02 is a difference that one can just see
  });
});

describe("colorsOf", () => {
  const colors = (...names: string[]) => names.map(colorsOf(names).of);
  const name = fc.string({unit: "grapheme", maxLength: 12});

  it("gives a name the same color whichever others are there, unless theirs is the same", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, {minLength: 1, maxLength: hues.length}), (names) => {
        const together = colorsOf(names);
        const alone = names.map((name) => colorsOf([name]).of(name));
        expect(new Set(names.map(together.of)).size).toBe(names.length);
        if (new Set(alone).size === names.length) expect(names.map(together.of)).toEqual(alone);
        expect(colorsOf([...names].reverse()).scale).toEqual(together.scale);
      })
    );
  });

  it("uses each color twice before one three times", () => {
    const names = Array.from({length: 2 * hues.length}, (_, i) => `version ${i}`);
    expect(new Set(colors(...names)).size).toBe(hues.length);
    for (const color of palette) expect(colors(...names).filter((one) => one === color)).toHaveLength(2);
  });

  it("keeps to the colors that a site assigned, in charts of all versions and of some", () => {
    const versions = ["arima", "prophet", "croston", "theta"];
    assignColors(versions);
    assignColors([...versions].reverse()); // what has a color keeps it
    expect(versions.map(colorsOf(versions).of)).toEqual(palette.slice(0, 4));
    for (const version of versions)
      expect(colorsOf([version, "another one"]).of(version)).toBe(palette[versions.indexOf(version)]);
  });

  it("keeps to a domain and a range that are given", () => {
    const colors = colorsOf(["mstl"], {domain: ["ets", "mstl"], range: ["red", "blue"], legend: false});
    expect(colors.names).toEqual(["mstl"]);
    expect(colors.of("mstl")).toBe("blue");
    expect(colors.scale).toMatchObject({legend: false});
  });
});
