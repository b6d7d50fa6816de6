// The marks of forecast charts, read from the drawn picture: that each can be seen, and that none says what the data doesn't.
import {describe, expect, it} from "vitest";
import {hues} from "../../lib/charts/palette.js";
import {chartSite, type Row} from "./drawn-chart.js";

const {draw, page} = chartSite();

const month = (i: number) => new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10);
const monthly = (count: number, row: (i: number) => Row): Row[] =>
  Array.from({length: count}, (_, i) => ({month: month(i), ...row(i)}));

/** The contrasts of parts' colors with a card of Framework's theme, by WCAG 2.2. */
const contrasts = (parts: string, property: "stroke" | "fill") =>
  page().evaluate(
    ([parts, property]) => {
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
      return [...document.querySelectorAll(`main figure > svg ${parts}`)].map((part) => {
        const [a, b] = [luminance(getComputedStyle(part)[property]), luminance("transparent")];
        return Math.max(a, b) / Math.min(a, b);
      });
    },
    [parts, property] as const
  );

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
    const all = await contrasts("[aria-label=line] path", "stroke");
    expect(all).toHaveLength(5);
    for (const contrast of all) expect(contrast).toBeGreaterThanOrEqual(3);
  });

  it("all texts can be read, also those of the cutoff and of a chart without data", async () => {
    await page().emulateMedia({colorScheme});
    await draw(
      "forecastChart",
      monthly(12, (i) => (i < 8 ? {actual: i} : {actual: null, forecast: i}))
    );
    const drawn = await contrasts("text", "fill");
    expect(drawn.length).toBeGreaterThan(5);
    await draw("forecastChart", []);
    const empty = await contrasts("text", "fill");
    expect(empty).toHaveLength(1);
    for (const contrast of [...drawn, ...empty]) expect(contrast).toBeGreaterThanOrEqual(4.5);
  });
});

describe("a value without neighbors", () => {
  it.each(["forecastChart", "versionsChart", "forecastOrigins"] as const)("is a dot in %s", async (kind) => {
    const one = {month: month(0), actual: 100, forecast: 105, version: "ets", origin: "2019-12-01"};
    await draw(kind, [one], {cutoff: null});
    expect((await areActual()).sort()).toEqual([false, true]);
  });

  it("is seen in forecastRevisions also where the forecasts were right", async () => {
    const rows = ["2019-11-01", "2019-12-01"].flatMap((origin) =>
      monthly(3, (i) => ({origin, actual: i === 1 ? 5 : null, forecast: 5}))
    );
    await draw("forecastRevisions", rows);
    const actual = await areActual();
    expect(actual).toHaveLength(7);
    expect(actual.lastIndexOf(true)).toBe(6); // on the forecasts, not under them
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

it.each(["forecastChart", "versionsChart"] as const)(
  "the axis of %s has no empty part for rows without values",
  async (kind) => {
    const rows = monthly(40, (i) => ({
      version: "ets",
      actual: i < 6 || i > 11 ? null : i,
      forecast: i < 12 || i > 17 ? null : i
    }));
    await draw(kind, rows, {width: 400});
    const edges = await page().evaluate(() => {
      const svg = document.querySelector("main figure > svg")!.getBoundingClientRect();
      const lines = [...document.querySelectorAll("main [aria-label=line] path")].map((line) =>
        line.getBoundingClientRect()
      );
      return [
        Math.min(...lines.map(({left}) => left)) - svg.left,
        svg.right - Math.max(...lines.map(({right}) => right))
      ];
    });
    for (const edge of edges) expect(edge).toBeLessThan(60);
  }
);

it("bands of many series on each other cover no more than half", async () => {
  for (const [count, cover] of [
    [1, 0.25],
    [2, 0.4375],
    [6, 0.5]
  ] as const) {
    const rows = Array.from({length: count}, (_, j) =>
      monthly(4, (i) => ({series: `S${j}`, forecast: i, lower: i - 1, upper: i + 1}))
    ).flat();
    await draw("forecastChart", rows, {series: "series"});
    const covers = await page()
      .locator("main figure > svg [aria-label=area]")
      .evaluateAll((areas) =>
        areas.flatMap((area) =>
          [...area.querySelectorAll("path")].map(() => Number(area.getAttribute("fill-opacity")))
        )
      );
    expect(covers).toHaveLength(count);
    expect(1 - covers.reduce((seen, one) => seen * (1 - one), 1)).toBeCloseTo(cover, 4);
  }
});

it("a cutoff's label doesn't reach beside the frame, where the versions' names are", async () => {
  const rows = ["ets", "mstl"].flatMap((version) =>
    monthly(24, (i) => ({version, actual: i < 8 ? i : null, forecast: i < 8 ? null : 2 * i}))
  );
  await draw("versionsChart", rows, {width: 480, marginRight: 330});
  const right = (label: RegExp) =>
    page()
      .locator("main figure > svg text", {hasText: label})
      .evaluate((text) => text.getBoundingClientRect().right);
  const frame = await page()
    .locator("main figure > svg")
    .evaluate((svg) => svg.getBoundingClientRect().right - 330);
  expect(await right(/^Known to Aug 2020$/)).toBeLessThanOrEqual(frame);
});

describe("forecastRevisions", () => {
  const revised = (count: number, row: (i: number) => Row) =>
    ["2019-11-01", "2019-12-01"].flatMap((origin, j) =>
      monthly(count, (i) => ({origin, forecast: 2 * i + j, ...row(i)}))
    );

  it("draws the actual values of times that have no forecast", async () => {
    await draw(
      "forecastRevisions",
      revised(8, (i) => ({actual: 3 * i, ...(i === 4 && {forecast: null})}))
    );
    const line = page().locator("main figure > svg [aria-label=line] path");
    expect((await line.getAttribute("d"))!.match(/[ML]/g)).toHaveLength(8);
  });

  it("draws dots beside each other, however many there are", async () => {
    for (const count of [12, 80]) {
      await draw(
        "forecastRevisions",
        revised(count, () => ({})),
        {width: 400}
      );
      const [first, next] = await page()
        .locator("main figure > svg [aria-label=dot]")
        .last()
        .locator("circle")
        .evaluateAll((all) => all.map((dot) => dot.getBoundingClientRect()));
      expect(next!.left).toBeGreaterThanOrEqual(first!.right);
    }
  });

  it("says that there are no forecasts", async () => {
    const rows = monthly(3, (i) => ({origin: null, actual: i, forecast: null}));
    expect(await draw("forecastRevisions", rows)).toBe("No forecasts");
  });
});
