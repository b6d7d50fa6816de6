// The marks of forecast charts, read from the drawn picture: that each can be seen, and that none says what the data doesn't.
import {describe, expect, it} from "vitest";
import {hues} from "../../lib/charts/palette.js";
import {chartSite, type Row} from "./drawn-chart.js";

const {draw, page} = chartSite();

const month = (i: number) => new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10);
const monthly = (count: number, row: (i: number) => Row): Row[] =>
  Array.from({length: count}, (_, i) => ({month: month(i), ...row(i)}));

/** The contrasts of the lines' colors with a card of Framework's theme, by WCAG 2.2. */
const lineContrasts = () =>
  page().evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true})!;
    const card = Object.assign(document.createElement("div"), {className: "card"});
    document.querySelector("main")!.append(card);
    const luminance = (color: string) => {
      for (const fill of [getComputedStyle(card).backgroundColor, color]) {
        canvas.fillStyle = fill;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((byte) => {
        const c = byte / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! + 0.05;
    };
    return [...document.querySelectorAll("main figure > svg [aria-label=line] path")].map((line) => {
      const [a, b] = [luminance(getComputedStyle(line).stroke), luminance("transparent")];
      return Math.max(a, b) / Math.min(a, b);
    });
  });

/** Whether each dot is an actual value, by its color. */
const areActual = () =>
  page()
    .locator("main figure > svg [aria-label=dot] circle")
    .evaluateAll((all) => all.map((dot) => getComputedStyle(dot).fill === getComputedStyle(dot).color));

describe.each(["light", "dark"] as const)("on a %s page", (colorScheme) => {
  it.each(hues)("forecasts of old origins can be seen as those of new ones, of %s", async (stroke) => {
    await page().emulateMedia({colorScheme});
    const rows = [0, 1, 2, 3].flatMap((made) =>
      monthly(12, (i) => ({origin: month(made), actual: i, forecast: 2 * i + made}))
    );
    const color = `color-mix(in oklab, ${stroke} 90%, currentColor)`; // as the palette has it
    await draw("forecastOrigins", rows, {stroke: color});
    const all = await lineContrasts();
    expect(all).toHaveLength(5);
    for (const contrast of all) expect(contrast).toBeGreaterThanOrEqual(3);
  });
});

describe("a value without neighbors", () => {
  it.each(["forecastChart", "versionsChart", "forecastOrigins"] as const)("is a dot in %s", async (kind) => {
    const one = {month: month(0), actual: 100, forecast: 105, version: "ets", origin: "2019-12-01"};
    await draw(kind, [one], {cutoff: null});
    expect((await areActual()).sort()).toEqual([false, true]);
  });

  it("is a dot between the gaps of a forecast by origin", async () => {
    const rows = monthly(13, (i) => ({
      origin: "2019-12-01",
      actual: i === 5 || i === 7 ? null : i,
      forecast: i === 8 || i === 10 ? null : i + 1
    }));
    await draw("forecastOrigins", rows);
    expect((await areActual()).sort()).toEqual([false, true]);
  });
});

it.each(["forecastChart", "versionsChart", "forecastOrigins"] as const)(
  "actual values lie on a forecast that is the same in %s",
  async (kind) => {
    await draw(
      kind,
      monthly(6, (i) => ({actual: i, forecast: i, version: "ets", origin: "2019-12-01"}))
    );
    const lines = await page()
      .locator("main figure > svg [aria-label=line]")
      .evaluateAll((all) =>
        all.map((line) => ({
          stroke: line.getAttribute("stroke"),
          width: Number(line.getAttribute("stroke-width"))
        }))
      );
    expect(lines).toHaveLength(2);
    expect(lines[1]!.stroke).toBe("currentColor");
    expect(lines[1]!.width).toBeLessThan(lines[0]!.width);
  }
);
