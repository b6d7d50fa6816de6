// Charts that were hard to read with some data: what their pictures say.
import {describe, expect, it} from "vitest";
import {chartSite} from "./drawn-chart.js";

const {draw, page, texts} = chartSite();

const boxes = (selector: string) =>
  page()
    .locator(`main figure > svg ${selector}`)
    .evaluateAll((all) =>
      all.map((part) => {
        const {left, right, top, bottom} = part.getBoundingClientRect();
        return {left, right, top, bottom};
      })
    );
/** The texts of the ticks along an axis, with each where it stands. */
const ticks = (axis: "x" | "y") =>
  page()
    .locator(`main figure > svg [aria-label='${axis}-axis tick label'] text`)
    .evaluateAll((all) =>
      all.map((tick) => {
        const {left, right} = tick.getBoundingClientRect();
        return {text: tick.textContent, middle: (left + right) / 2};
      })
    );
const table = async () => {
  await page().locator("main figure > button").first().click();
  return page()
    .locator("main tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
};

describe("columnProfile", () => {
  it("of a few whole numbers has a bar for each, side by side, above its tick", async () => {
    const rows = Array.from({length: 240}, (_, i) => ({horizon: (i % 12) + 1}));
    expect(await draw("columnProfile", rows, {column: "horizon"})).toContain(
      "From 1 to 12. The median is 6.5, the middle half from 3.8 to 9.3. Most, 20, are 1."
    );
    const bars = await boxes("[aria-label=rect] rect");
    expect(bars).toHaveLength(12);
    const steps = bars.slice(1).map(({left}, i) => left - bars[i]!.right);
    expect(Math.max(...steps)).toBeLessThan(3);
    const labels = await ticks("x");
    expect(labels.map(({text}) => text)).toEqual(Array.from({length: 12}, (_, i) => `${i + 1}`));
    for (const [i, {middle}] of labels.entries())
      expect(Math.abs(middle - (bars[i]!.left + bars[i]!.right) / 2)).toBeLessThan(1);
    expect((await table()).at(-1)).toEqual(["12", "20"]);
  });

  it("of many whole numbers has bars that hold as many of these each", async () => {
    const rows = Array.from({length: 97}, (_, i) => ({price: i}));
    await draw("columnProfile", rows, {column: "price"});
    const counts = (await table()).map(([, count]) => Number(count));
    expect(new Set(counts.slice(0, -1)).size).toBe(1);
    expect(counts.reduce((a, b) => a + b)).toBe(97);
  });

  it("of one time is drawn as the day that contains it", async () => {
    const at = Date.UTC(2024, 4, 17, 9, 30);
    const profile = {
      column: "at",
      type: "TIMESTAMP",
      kind: "time",
      rows: 3,
      missing: 0,
      distinct: 1,
      top: []
    };
    const histogram = [{lower: at, upper: at, count: 3}];
    const said = await draw("columnProfile", [{...profile, quantiles: [at, at, at, at, at], histogram}]);
    expect(said).toContain("Most, 3, are from May 17, 2024, 09:30.");
    const labels = await ticks("x");
    expect(labels[0]!.text).toContain("00:00");
    expect(labels[0]!.text).toContain("May 17");
    const [bar] = await boxes("[aria-label=rect] rect");
    expect(Math.abs(labels[0]!.middle - bar!.left)).toBeLessThan(3);
  });
});

it("times of less than a minute show their seconds", async () => {
  const rows = Array.from({length: 40}, (_, i) => ({
    time: new Date(Date.UTC(2024, 0, 1, 10, 0, 0, 1500 * i)).toISOString(),
    actual: i,
    forecast: i > 30 ? i + 1 : null
  }));
  await draw("forecastChart", rows);
  expect((await table())[1]![0]).toBe("Jan 1, 2024, 10:00:01.500");
  await draw(
    "biasOverTime",
    rows.map((row, i) => ({...row, time: row.time.slice(0, 19) + "Z", forecast: i}))
  );
  expect((await table())[1]![0]).toBe("Jan 1, 2024, 10:00:01");
});

it("runs of days are told in days", async () => {
  const runs = [59, 61, 3599, 26 * 3600, 12 * 86_400].map((seconds, i) => {
    const start = Date.UTC(2024, 0, 1 + i);
    const at = (ms: number) => new Date(ms).toISOString();
    const times = {createdAt: at(start), startedAt: at(start), endedAt: at(start + 1000 * seconds)};
    return {id: `${i}`, flow: "f", status: "done", variables: {}, user: "", ...times};
  });
  await draw("runHistory", runs, {timeZone: "UTC"});
  expect((await table()).map((row) => row[2])).toEqual([
    "59 s",
    "1 min 1 s",
    "59 min 59 s",
    "1 day 2 h",
    "12 days"
  ]);
  expect(await texts()).toContain("Took (days)");
});

describe("errorByHorizon", () => {
  const rows = (versions: number, last: number) =>
    Array.from({length: versions}, (_, v) =>
      Array.from({length: 24}, (_, h) => ({
        version: `v${v}`,
        horizon: h + 1,
        actual: h < last ? 100 : null,
        forecast: 101 + ((v * 7) % 11) + h / 3
      }))
    ).flat();

  it("ends where the errors end", async () => {
    await draw("errorByHorizon", rows(2, 12), {width: 640});
    const labels = await ticks("x");
    expect(labels.at(-1)!.text).toBe("12");
    const dots = await boxes("[aria-label=dot] circle");
    const plot = await boxes("[aria-label=line] path");
    const right = Math.max(...dots.map(({right}) => right));
    expect(Math.abs(right - Math.max(...plot.map(({right}) => right)))).toBeLessThan(8);
    expect(right - Math.min(...dots.map(({left}) => left))).toBeGreaterThan(440);
  });

  it("of 40 versions has no columns of grey dots, and lines in color with room around them", async () => {
    await draw("errorByHorizon", rows(40, 24), {width: 640});
    const dots = await boxes("[aria-label=dot] circle");
    expect(dots).toHaveLength(5 * 24);
    const lines = await page()
      .locator("main figure > svg g[aria-label=line]")
      .evaluateAll((all) =>
        all.map((group) => {
          const {stroke, strokeOpacity, strokeWidth} = getComputedStyle(group);
          return {
            stroke,
            opacity: strokeOpacity,
            width: parseFloat(strokeWidth),
            count: group.childElementCount
          };
        })
      );
    const [grey, around, ...colored] = lines;
    // The grey of the key, through which nothing shows: so it has the contrast that the palette's test computes.
    const key = page().locator("main .ikigai-key svg").last();
    expect(grey).toMatchObject({
      count: 35,
      opacity: "1",
      stroke: await key.evaluate((svg) => getComputedStyle(svg).stroke)
    });
    expect(grey!.stroke).not.toMatch(/rgba|\//);
    expect(around).toMatchObject({count: 5, opacity: "1"});
    expect(colored.reduce((sum, {count}) => sum + count, 0)).toBe(5);
    expect(around!.width).toBeGreaterThan(colored[0]!.width + 2);
  });

  it("of many horizons has round ticks, and dots only where they can be told apart", async () => {
    const far = Array.from({length: 300}, (_, h) => ({
      version: "a",
      horizon: h + 1,
      actual: 100,
      forecast: 101
    }));
    await draw("errorByHorizon", far, {width: 640});
    const labels = (await ticks("x")).map(({text}) => Number(text));
    expect(labels.length).toBeGreaterThan(3);
    expect(labels.every((label) => label % 10 === 0)).toBe(true);
    expect(await boxes("[aria-label=dot] circle")).toHaveLength(0);
  });
});

describe("a regular series that lacks times", () => {
  const months = [0, 1, 2, 3, 7, 8, 9, 10];
  const rows = months.map((month) => ({
    time: new Date(Date.UTC(2024, month)).toISOString(),
    origin: "2023-12-01",
    version: "a",
    actual: 100 + month,
    forecast: 102 + month
  }));
  it.each(["forecastOrigins", "biasOverTime"] as const)("has a gap there in %s", async (kind) => {
    await draw(kind, rows);
    const paths = await page()
      .locator("main figure > svg [aria-label=line] path")
      .evaluateAll((all) => all.map((path) => path.getAttribute("d")!.split("M").length - 1));
    expect(paths.length).toBeGreaterThan(0);
    expect(new Set(paths)).toEqual(new Set([2]));
  });
});

it("residuals that are alike but for rounding have one bar, without a curve over it", async () => {
  const rows = Array.from({length: 8}, (_, i) => ({
    time: new Date(Date.UTC(2024, i)).toISOString(),
    actual: i + 0.1,
    forecast: i
  }));
  await draw("residualHistogram", rows, {normal: true});
  const bars = await boxes("[aria-label=rect] rect");
  expect(bars).toHaveLength(1);
  expect(bars[0]!.bottom - bars[0]!.top).toBeGreaterThan(100);
  expect(await page().locator("main figure > svg [aria-label=line] path").count()).toBe(0);
});

it("ticks of small residuals don't overlap", async () => {
  const rows = Array.from({length: 40}, (_, i) => ({
    time: new Date(Date.UTC(2024, i)).toISOString(),
    actual: 0,
    forecast: 1e-11 * (4 + Math.sin(i))
  }));
  await draw("residualHistogram", rows, {width: 390});
  const labels = await boxes("[aria-label='x-axis tick label'] text");
  expect(labels.length).toBeGreaterThan(1);
  for (const [i, {left}] of labels.entries()) if (i) expect(left).toBeGreaterThan(labels[i - 1]!.right);
});

it("the caption says that intervals over many times are by the normal distribution", async () => {
  const rows = Array.from({length: 5200}, (_, i) =>
    ["a", "b"].map((version, v) => ({
      version,
      time: new Date(Date.UTC(2000, 0, 1, i)).toISOString(),
      actual: 100,
      forecast: 103 + v + Math.sin(i) * 2
    }))
  ).flat();
  const caption = "Intervals over more than 5,000 times are by the normal distribution.";
  expect(await draw("versionDifference", rows, {against: "a"})).toMatch(
    /^b is worse than a by 1\.00 points of weighted MAPE; 95% interval/
  );
  expect(await page().locator("main figcaption").textContent()).toBe(caption);
  await draw("versionDifference", rows.slice(0, 200), {against: "a"});
  expect(await page().locator("main figcaption").count()).toBe(0);
});

it("a key tells a version without a name", async () => {
  await draw(
    "errorBySeries",
    ["", "ets"].map((version) => ({version, series: "Oslo", actual: 10, forecast: version ? 11 : 12})),
    {series: "series"}
  );
  expect(await page().locator("main .ikigai-key bdi").allTextContents()).toContain("(no name)");
});

describe("long names in 390 px", () => {
  const names = [
    "Education and Health Services",
    "Education and Home Services",
    "Professional and Business Services",
    "Trade, Transportation and Utilities"
  ];
  const rows = names.flatMap((name, i) =>
    Array.from({length: 6}, (_, t) => ({
      series: name,
      version: name,
      feature: name,
      importance: i + 1,
      metric: "wape",
      value: 0.1 * (i + 1),
      time: new Date(Date.UTC(2024, t)).toISOString(),
      actual: 100,
      forecast: 100 + i + (t % 3),
      baseline: 104
    }))
  );

  it.each([
    ["errorByVersion", {}],
    ["errorBySeries", {series: "series", version: undefined}],
    ["valueAddedChart", {by: "series"}],
    ["versionDifference", {against: names[3], by: []}],
    ["columnProfile", {column: "series"}]
  ] as const)("are whole in %s, on two lines that don't overlap", async (kind, options) => {
    await draw(kind, rows, {width: 350, ...options});
    const labels = await page()
      .locator("main figure > svg [aria-label='y-axis tick label'] text")
      .evaluateAll((all) =>
        all.map((text) => {
          const {top, bottom, left} = text.getBoundingClientRect();
          return {
            lines: [...text.querySelectorAll("tspan")].map((line) => line.textContent),
            top,
            bottom,
            left
          };
        })
      );
    const shown = kind === "versionDifference" ? names.slice(0, 3) : names;
    expect(labels.map(({lines}) => lines.join(" ")).sort()).toEqual([...shown].sort());
    const [svg] = await page()
      .locator("main figure > svg")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    const sorted = [...labels].sort((a, b) => a.top - b.top);
    for (const [i, {top, left}] of sorted.entries()) {
      expect(left).toBeGreaterThanOrEqual(svg!);
      if (i) expect(top).toBeGreaterThanOrEqual(sorted[i - 1]!.bottom - 1);
    }
  });
});
