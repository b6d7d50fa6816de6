// The charts that say why a forecast is good or bad: what they draw, against numbers that are computed here in another way.
import {describe, expect, it} from "vitest";
import {chartSite, type Row} from "./drawn-chart.js";

const {draw, page, texts} = chartSite();

/** How many pieces each line has. */
const starts = () =>
  page()
    .locator("[aria-label=line] path")
    .evaluateAll((all) => all.map((path) => path.getAttribute("d")!.match(/M/g)!.length));
/** The table of the chart, row by row. */
const table = async () => {
  await page().locator("main figure > button").first().click();
  return page()
    .locator("main tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
};
const keys = () => page().locator("main .ikigai-key bdi").allTextContents();

const months = Array.from({length: 24}, (_, i) => new Date(Date.UTC(2022, i, 1)).toISOString());
/** Forecasts that miss by what `error` says, of 100 each month. */
const forecasts = (errors: Record<string, (i: number) => number>) =>
  Object.entries(errors).flatMap(([version, error]) =>
    months.map((time, i) => ({time, version, actual: 100, forecast: 100 + error(i)}))
  );
const wave = (i: number) => 2 * Math.sin(i);

describe("versionDifference", () => {
  const rows = forecasts({mstl: () => 4, ets: (i) => 1 + (i % 2), drift: (i) => 4 + wave(i) * 3});

  it("says which version is better, by how much, and whether it may be chance", async () => {
    // |errors| of ets are 1 and 2 in turn: a weighted MAPE of 1.5 % against 4 %.
    const said = await draw("versionDifference", rows, {against: "mstl"});
    expect(said).toMatch(
      /^ets is better than mstl by 2\.50 points of weighted MAPE; 95% interval 2\.\d\d to 2\.\d\d; 24 pairs\./
    );
    expect(said).toMatch(/drift is \w+ than mstl by 0\.\d+ points of weighted MAPE, which may be chance;/);
    expect(await keys()).toEqual(["differs by more than chance", "may be chance", "95% interval"]);
    expect((await table()).map(([name, difference]) => [name, difference])[0]).toEqual(["ets", "−2.50"]);
  });

  it("draws the interval and a dot within it, left of the rule at zero if the version is better", async () => {
    await draw("versionDifference", rows, {against: "mstl"});
    const box = (selector: string, i: number) =>
      page()
        .locator(selector)
        .nth(i)
        .evaluate((part) => {
          const {left, right} = part.getBoundingClientRect();
          return [left, right] as const;
        });
    const [interval, dot] = [await box("[aria-label=link] path", 0), await box("[aria-label=dot] circle", 0)];
    const [zero] = await box("[aria-label=rule] line", 0);
    expect((dot[0] + dot[1]) / 2).toBeGreaterThanOrEqual(interval[0]);
    expect((dot[0] + dot[1]) / 2).toBeLessThanOrEqual(interval[1]);
    expect(interval[1]).toBeLessThan(zero);
    const fills = await page()
      .locator("[aria-label=dot] circle")
      .evaluateAll((all) => all.map((dot) => dot.getAttribute("fill")));
    expect(fills[0]).not.toBe(fills[1]);
    expect(fills[1]).toBe("var(--plot-background)");
  });

  it("has values beside dots that don't touch them, and no key of intervals that can't be seen", async () => {
    await draw("versionDifference", forecasts({mstl: () => 4, ets: () => 14, drift: (i) => 5 + 1e-9 * i}), {
      against: "mstl",
      width: 366
    });
    expect(await keys()).toEqual(["differs by more than chance"]);
    const gaps = await page()
      .locator("main figure > svg")
      .evaluate((svg) => {
        const dots = [...svg.querySelectorAll("[aria-label=dot] circle")];
        const values = [...svg.querySelectorAll("[aria-label=text] text")];
        return dots.map(
          (dot, i) => values[i]!.getBoundingClientRect().left - dot.getBoundingClientRect().right
        );
      });
    expect(gaps).toHaveLength(2);
    for (const gap of gaps) expect(gap).toBeGreaterThan(8);
  });

  it("has the colors that versions have on other charts, where the one they are compared with is, too", async () => {
    const rows = forecasts(
      Object.fromEntries(["N", "NE", "NW", "S", "SE", "SW"].map((name, i) => [name, () => i + 1]))
    );
    const colors = async (kind: "versionDifference" | "versionsChart", mark: string, color: string) => {
      await draw(kind, rows, {against: "N", time: "time", width: 640});
      return page()
        .locator(mark)
        .evaluateAll((all, color) => all.map((shape) => shape.getAttribute(color)), color);
    };
    const [dots, labels] = [
      await colors("versionDifference", "[aria-label=dot] circle", "fill"),
      await colors("versionsChart", "[aria-label=line][stroke-width='2']", "stroke")
    ];
    expect(new Set(labels).size).toBe(6);
    expect(dots).toEqual(labels.slice(1));
  });

  it("takes computed comparisons, and says what it lacks", async () => {
    const row = {against: "mstl", measure: "mae", confidence: 0.9, adjusted: 0.04, pairs: 1200};
    expect(
      await draw("versionDifference", [{...row, version: "ets", difference: -1.25, interval: [-2, -0.5]}])
    ).toBe("ets is better than mstl by 1.25 in mean absolute error; 90% interval 0.50 to 2.00; 1,200 pairs.");
    expect(await draw("versionDifference", rows)).toBe(
      'Say which version to compare with. There are: mstl, ets, drift. Name one: {against: "mstl"}'
    );
    expect(await draw("versionDifference", rows, {against: "naive"})).toContain('no version "naive"');
  });
});

describe("versionDifference says why it draws nothing", () => {
  const rows = forecasts({mstl: () => 4, ets: () => 1});
  it.each([
    [
      "of actual values that are all zero",
      rows.map((row) => ({...row, actual: 0})),
      "No finite values of weighted MAPE"
    ],
    [
      "of one version",
      rows.filter(({version}) => version === "mstl"),
      "Only one version, mstl: it can't be compared"
    ],
    [
      "of versions at different times",
      rows.filter(({version, time}) => (version === "ets") === time < months[12]!),
      'No forecasts that "mstl" has, too'
    ],
    [
      "of forecasts that are there twice",
      [...rows, ...rows],
      /^There are several forecasts of one time by "ets" or "mstl", such as rows 1 and 49, which.*name all columns that tell them apart/
    ]
  ] as const)("%s", async (_, some, text) => {
    expect(await draw("versionDifference", [...some], {against: "mstl"})).toMatch(text);
  });

  it("has no tick but zero if all differences are", async () => {
    await draw("versionDifference", forecasts({mstl: wave, ets: wave}), {against: "mstl"});
    expect(await page().locator('[aria-label="x-axis tick label"] text').allTextContents()).toEqual(["0"]);
  });
});

describe("versionSlope", () => {
  const rows = ["north", "south", "west"].flatMap((series, i) =>
    [
      {version: "mstl", wape: [0.1, 0.2, 0.3][i]},
      {version: "ets", wape: [0.05, 0.26, 0.31][i]}
    ].map((row) => ({...row, series}))
  );
  const options = {from: "mstl", to: "ets", value: "wape"};

  it("draws a line for each series, dashed where it gets worse, and names the worst first", async () => {
    expect(await draw("versionSlope", rows, options)).toBe(
      "ets is better than mstl for 1 of 3 series, worse for 2. It gets better most for north, from 10.0% to 5.0%. It gets worse most for south, from 20.0% to 26.0%."
    );
    expect(await table()).toEqual([
      ["south", "20.0%", "26.0%"],
      ["north", "10.0%", "5.0%"],
      ["west", "30.0%", "31.0%"]
    ]);
    const slopes = await page()
      .locator("[aria-label=link]:not(.ikigai-leader) path")
      .evaluateAll((all) => all.map((path) => (path as SVGPathElement).getBBox().height));
    // The better one first; their heights are as their changes.
    expect(slopes.map((height) => Math.round((10 * height) / slopes[0]!))).toEqual([10, 12, 2]);
    expect(await page().locator("[aria-label=link][stroke-dasharray] path").count()).toBe(2);
  });

  it("names the versions above the values of the axis", async () => {
    await draw("versionSlope", rows, options);
    const name = await page().locator("figure > svg text", {hasText: "mstl"}).last().boundingBox();
    const values = await page()
      .locator('[aria-label="y-axis tick label"] text')
      .evaluateAll((all) => all.map((text) => text.getBoundingClientRect().top));
    expect(name!.y + name!.height).toBeLessThanOrEqual(Math.min(...values) + 1);
  });

  it("says what it measures, and what its colors mean that are there", async () => {
    await draw("versionSlope", rows, options);
    expect(await texts()).toContain("Weighted MAPE");
    expect(await keys()).toEqual(["better", "worse"]);
    await draw(
      "versionSlope",
      rows.map((row) => ({...row, wape: 0})),
      options
    );
    expect(await keys()).toEqual(["the same"]);
    expect(await page().locator('[aria-label="y-axis tick label"] text').allTextContents()).toEqual(["0%"]);
  });

  it.each([0, 1])("names many series at an end within the picture, below the versions", async (wape) => {
    const many = Array.from({length: 12}, (_, i) =>
      ["mstl", "ets"].map((version) => ({
        version,
        series: `Series ${i}`,
        wape: version === "ets" ? wape : 0.5
      }))
    ).flat();
    await draw("versionSlope", many, options);
    const box = (text: Element) => text.getBoundingClientRect().toJSON() as DOMRect;
    const names = await page()
      .locator("main figure > svg [aria-label=text] text")
      .evaluateAll((all) => all.map((text) => text.getBoundingClientRect().toJSON() as DOMRect));
    const svg = await page().locator("main figure > svg[role]").evaluate(box);
    const head = await page().locator('[aria-label="x-axis tick label"] text').last().evaluate(box);
    expect(names).toHaveLength(wape ? 2 : 3); // others would be too far from the dot
    for (const name of names) {
      expect(name.bottom).toBeLessThanOrEqual(svg.bottom + 1);
      expect(name.top).toBeGreaterThanOrEqual(head.bottom - 3);
    }
  });

  it("names no series far from its line, and leads from the line to the name", async () => {
    const many = Array.from({length: 22}, (_, i) =>
      ["mstl", "ets"].map((version) => ({
        version,
        series: `Series ${i}`,
        wape: i === 21 ? 0.5 : 0.01 * (1 + (i % 3)) + (version === "ets" ? 0.0001 * i : 0)
      }))
    ).flat();
    await draw("versionSlope", many, options);
    const middles = (selector: string) =>
      page()
        .locator(`main figure > svg ${selector}`)
        .evaluateAll((all) =>
          all.map((part) => {
            const {top, bottom} = part.getBoundingClientRect();
            return (top + bottom) / 2;
          })
        );
    const names = await middles("[aria-label=text] text");
    const leaders = await page()
      .locator("main figure > svg .ikigai-leader path")
      .evaluateAll((all) =>
        all.map((path) => {
          const {top} = path.closest("svg")!.getBoundingClientRect();
          const points = path.getAttribute("d")!.match(/[\d.]+,[\d.]+/g)!;
          return points.map((point) => top + Number(point.split(",")[1]));
        })
      );
    const dots = await middles("[aria-label=dot] circle");
    expect(names.length).toBeGreaterThan(3);
    expect(names.length).toBeLessThanOrEqual(10);
    expect(leaders).toHaveLength(names.length);
    for (const [i, [from, to]] of leaders.entries()) {
      expect(Math.abs(from! - to!)).toBeLessThanOrEqual(28);
      expect(to).toBeCloseTo(names[i]!, -1);
      expect(dots.some((dot) => Math.abs(dot - from!) < 1)).toBe(true);
    }
    expect(await texts()).toContain("Series 20"); // which gets worse most
  });

  it("says that the versions have no series in common", async () => {
    const apart = rows.filter(({version, series}) => (version === "ets") === (series === "west"));
    expect(await draw("versionSlope", apart, options)).toBe("No series has a value by both mstl and ets");
  });

  it("says how many series aren't drawn, and which versions there are", async () => {
    await draw("versionSlope", rows, {...options, limit: 1});
    expect(await texts()).toContain("and 2 more");
    expect(await draw("versionSlope", rows, {...options, to: "naive"})).toBe(
      'There is no version "naive". There are: mstl, ets. Name two: {from: …, to: …}'
    );
  });
});

describe("valueAddedChart", () => {
  it("puts the series with the most added value first", async () => {
    const rows = months.flatMap((time, i) =>
      ["north", "south"].map((series) => {
        const error = series === "north" ? 2 : 8 + 0.5 * wave(i);
        return {time, series, actual: 100, forecast: 100 + error, baseline: 105};
      })
    );
    const said = await draw("valueAddedChart", rows, {by: "series"});
    expect(said).toMatch(
      /^Against the baseline\. north: better by 3\.00 points.*south: worse by [23]\.\d+ points/
    );
    expect((await table()).map(([name, value]) => [name, value])[0]).toEqual(["north", "+3.00"]);
  });

  it("has the color of the version, if there is one", async () => {
    const rows = forecasts({ets: wave}).map((row, i) => ({
      ...row,
      series: i % 2 ? "north" : "south",
      baseline: 105
    }));
    const color = {domain: ["mstl", "ets"], range: ["#111111", "#123456"]};
    await draw("valueAddedChart", rows, {by: "series", color});
    const strokes = await page()
      .locator('g[aria-label="link"] path')
      .evaluateAll((links) => links.map((link) => link.getAttribute("stroke")));
    expect(strokes).toEqual(["#123456", "#123456"]);
  });
});

describe("over time", () => {
  it("errorOverTime measures the forecasts of each quarter together, with a gap where there are none", async () => {
    const rows = forecasts({ets: (i) => i}).filter((_, i) => i < 6 || i >= 9);
    await draw("errorOverTime", rows, {every: "quarter"});
    // Months 0 to 2 miss by 0, 1 and 2 of 100 each.
    expect((await table()).slice(0, 3)).toEqual([
      ["Q1 2022", "1.0%"],
      ["Q2 2022", "4.0%"],
      ["Q4 2022", "10.0%"]
    ]);
    const path = await page().locator("[aria-label=line] path").first().getAttribute("d");
    expect(path!.match(/M/g)).toHaveLength(2);
  });

  it.each([undefined, "America/Los_Angeles"])(
    "errorOverTime of quarters has a tick for each with its name, and none between, in zone %s",
    async (timeZone) => {
      const rows = forecasts({ets: (i) => i}).map((row) => ({...row, time: row.time.slice(0, 19)}));
      const quarters = {every: "quarter", ...(timeZone && {timeZone})};
      await draw("errorOverTime", rows, {...quarters, width: 640});
      const shown = (await texts()).filter((text) => /^(Q|Jan|Apr|Jul|Oct|Feb|Mar|May|Nov|Dec)/.test(text));
      expect(shown).toEqual(["Q12022", "Q2", "Q3", "Q4", "Q12023", "Q2", "Q3", "Q4"]);
      // With room for each second one.
      await draw("errorOverTime", rows, {...quarters, width: 300});
      expect((await texts()).filter((text) => text.startsWith("Q"))).toEqual([
        "Q12022",
        "Q3",
        "Q12023",
        "Q3"
      ]);
    }
  );

  it("the key says what a dashed rule is, also where no value passes it", async () => {
    await draw("errorOverTime", forecasts({ets: () => 3}), {reference: 0.05});
    expect(await keys()).toEqual(["Target 5%"]);
    await draw("biasOverTime", forecasts({ets: (i) => (-1) ** i}), {show: "signal"});
    expect(await keys()).toEqual(["Limits ±4"]);
    await draw("biasOverTime", forecasts({ets: (i) => (-1) ** i}));
    expect(await keys()).toEqual([]);
  });

  it("biasOverTime marks where the tracking signal is beyond its limits, and draws these", async () => {
    // Errors of 3 each month: after n months the signal is n.
    const said = await draw("biasOverTime", forecasts({ets: () => 3}), {show: "signal"});
    expect(said).toBe(
      "ets: too much is forecast, tracking signal 24.0 in Dec 2023, first beyond ±4 in May 2022."
    );
    expect((await table())[4]).toEqual(["May 2022", "5"]);
    expect(await keys()).toEqual(["Limits ±4", "tracking signal passes ±4"]);
    expect(await page().locator("[aria-label=dot] circle[r='6']").count()).toBe(1);
    const ends = await page()
      .locator("[aria-label=rule] line[stroke-dasharray], [aria-label=rule][stroke-dasharray] line")
      .count();
    expect(ends).toBe(2);
  });
});

describe("lines over time", () => {
  const few = months.slice(0, 4).map((time, i) => ({time, version: "ets", actual: 100, forecast: 103 + i}));

  it("break where a row has no actual value, however few there are", async () => {
    await draw(
      "biasOverTime",
      few.map((row, i) => (i === 1 ? {...row, actual: null} : row))
    );
    expect(await starts()).toEqual([2]);
    expect((await table()).map(([time]) => time)).toEqual(["Jan 2022", "Mar 2022", "Apr 2022"]);
  });

  it("of zeros have no tick but zero", async () => {
    for (const kind of ["biasOverTime", "errorOverTime"] as const) {
      await draw(
        kind,
        few.map((row) => ({...row, forecast: 100}))
      );
      expect((await texts()).filter((text) => /^[\d.]+%?$/.test(text))).toEqual([
        kind === "biasOverTime" ? "0" : "0%"
      ]);
    }
  });

  it("have rings that don't touch the labels below", async () => {
    await draw("biasOverTime", forecasts({ets: (i) => (i < 23 ? 0.1 : -1000)}));
    const rings = await page()
      .locator("[aria-label=dot][stroke-width='1.5'] circle")
      .evaluateAll((all) => all.map((ring) => ring.getBoundingClientRect().bottom));
    const labels = await page()
      .locator('[aria-label="x-axis tick label"] text')
      .evaluateAll((all) => all.map((label) => label.getBoundingClientRect().top));
    expect(rings.length).toBeGreaterThan(0);
    expect(Math.max(...rings)).toBeLessThan(Math.min(...labels));
  });

  it("have no dots that hide them", async () => {
    const hours = (count: number) =>
      Array.from({length: count}, (_, i) => ({
        time: new Date(Date.UTC(2024, 0, 1, i)).toISOString(),
        actual: 100,
        forecast: 100 + wave(i)
      }));
    const dots = () => page().locator("[aria-label=dot] circle:not([r='6'])").count();
    await draw("biasOverTime", hours(40), {width: 320});
    expect(await dots()).toBe(40);
    await draw("biasOverTime", hours(60), {width: 320});
    expect(await dots()).toBe(0);
    await draw("biasOverTime", hours(60), {width: 640});
    expect(await dots()).toBe(60);
  });

  it("of a version without a value are in the key, which says so", async () => {
    const rows = forecasts({ets: () => 3, perfect: () => 0}); // a tracking signal of zeros isn't known
    await draw("biasOverTime", rows, {show: "signal", width: 400});
    expect(await keys()).toEqual(["ets", "perfect (no value)", "Limits ±4", "tracking signal passes ±4"]);
    await draw("biasOverTime", rows, {show: "signal", width: 640});
    expect(await keys()).toEqual(["perfect (no value)", "Limits ±4", "tracking signal passes ±4"]);
  });

  it("say why there are none", async () => {
    const rows = few.map((row) => ({...row, actual: null}));
    for (const kind of ["biasOverTime", "errorOverTime"] as const)
      expect(await draw(kind, rows)).toBe("No forecasts with an actual value");
    expect(
      await draw(
        "errorOverTime",
        few.map((row) => ({...row, actual: 0, forecast: 0}))
      )
    ).toBe("No finite values of weighted MAPE");
    expect(
      await draw(
        "biasOverTime",
        few.map((row) => ({...row, forecast: 100})),
        {show: "signal"}
      )
    ).toBe("No finite values of tracking signal");
    expect(await draw("biasOverTime", [])).toBe("No data");
  });
});

describe("calibrationChart", () => {
  // Of ten, eight are within.
  const rows = Array.from({length: 50}, (_, i) => ({
    actual: i % 10 < 8 ? 0 : 5,
    forecast: 0,
    lower: -1,
    upper: 1,
    horizon: 1 + (i % 2)
  }));
  // Wilson's interval of 40 of 50 at 1.96.
  const [z, n, p] = [1.959964, 50, 0.8];
  const center = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
  const levels = [0.5, 0.9].map((level) => ({level, lower: "lower", upper: "upper"}));

  it("shows the share against the nominal one with its Wilson interval", async () => {
    const said = await draw("calibrationChart", rows, {intervals: levels});
    expect(said).toBe("50% hold 80.0% of 50; 90% hold 80.0% of 50.");
    const y = (selector: string, side: "top" | "bottom") =>
      page()
        .locator(selector)
        .last()
        .evaluate((part, side) => part.getBoundingClientRect()[side], side);
    const frame = await page().locator("[aria-label=link] path").first().boundingBox();
    const share = (pixel: number) => 1 - (pixel - frame!.y) / frame!.height;
    const bar = "[aria-label=rule][stroke-width='1.5'] line";
    expect(share(await y(bar, "top"))).toBeCloseTo(center + reach, 1);
    expect(share(await y(bar, "bottom"))).toBeCloseTo(center - reach, 1);
  });

  it("has a low row for each version if there is one level, with its interval beside the nominal share", async () => {
    const better = rows.map((row) => ({...row, version: "v10", actual: row.actual && 0.5}));
    const data = [...rows.map((row) => ({...row, version: "v2"})), ...better];
    expect(await draw("calibrationChart", data, {level: 0.9, width: 400})).toBe(
      "v2: 90% hold 80.0% of 50. v10: 90% hold 100.0% of 50."
    );
    expect(await keys()).toEqual(["Nominal 90%", "95% confidence interval"]);
    const boxes = (selector: string) =>
      page()
        .locator(`main figure > svg ${selector}`)
        .evaluateAll((all) => all.map((part) => part.getBoundingClientRect().toJSON() as DOMRect));
    const [rule] = await boxes("[aria-label=rule] line");
    const [bar] = await boxes("[aria-label=link] path");
    const dots = await boxes("[aria-label=dot] circle");
    const x = ({left, right}: DOMRect) => (left + right) / 2;
    // From 80% to 90% and from 90% to 100% it is as far; Wilson's interval is in the same scale.
    const tenth = x(rule!) - x(dots[0]!);
    expect(x(dots[1]!) - x(rule!)).toBeCloseTo(tenth, 0);
    expect((bar!.right - bar!.left) / tenth / 10).toBeCloseTo(2 * reach, 1);
    expect((await texts()).filter((text) => /^v\d+$|\.\d%$/.test(text))).toEqual([
      "v2",
      "v10",
      "80.0%",
      "100.0%"
    ]);
    expect((await page().locator("main figure > svg").boundingBox())!.height).toBeLessThan(140);
    expect((await table())[0]!.slice(0, 2)).toEqual(["v2", "80.0%"]);
  });

  it("says of what the shares are, and what the bars are, as far as the data says it", async () => {
    const label = () =>
      page().locator(":is([aria-label='x-axis label'], [aria-label='y-axis label']) text").allTextContents();
    const [within, below] = ["Actual values in the interval", "Actual values at or below the quantile"];
    await draw("calibrationChart", rows, {level: 0.9});
    expect(await label()).toEqual([within]);
    await draw("calibrationChart", rows, {level: 0.9, by: "horizon"});
    expect(await label()).toContain(within);
    await draw("calibrationChart", rows, {quantiles: {0.1: "lower", 0.9: "upper"}});
    expect(await label()).toContain(below);
    const made = {nominal: 0.1, share: 0.2, lower: 0.1, upper: 0.3, pairs: 50};
    await draw("calibrationChart", [{...made, of: "quantile"}]);
    expect(await label()).toEqual([below]);
    expect(await keys()).toEqual(["Nominal 10%", "Confidence interval"]);
    await draw("calibrationChart", [made]);
    expect(await label()).toEqual(["Share of actual values"]);
    const kinds = ["interval", "quantile"].map((of, i) => ({...made, of, nominal: 0.1 + 0.1 * i}));
    await draw("calibrationChart", kinds);
    expect(await label()).toContain("Share of actual values");
  });

  it("shows versions that hold as often as each other as rings around each other", async () => {
    await draw("calibrationChart", [...rows, ...rows.map((row) => ({...row, version: "other"}))], {
      intervals: levels
    });
    const dots = await page()
      .locator("[aria-label=dot] circle")
      .evaluateAll((all) =>
        all.map((dot) => [Number(dot.getAttribute("r")), getComputedStyle(dot).fill] as const)
      );
    expect(dots.map(([radius]) => radius)).toEqual([6, 6, 4, 4]);
    expect(dots[0]![1]).not.toBe(dots[3]![1]);
  });

  it("says why it is empty within its width", async () => {
    await draw("calibrationChart", [{...rows[0], upper: Infinity}], {level: 0.9, width: 240});
    const [picture, text] = await Promise.all(
      ["main figure > svg", "main figure > svg text"].map((part) => page().locator(part).boundingBox())
    );
    expect(text!.width).toBeGreaterThan(100);
    expect(text!.x).toBeGreaterThanOrEqual(picture!.x);
    expect(text!.x + text!.width).toBeLessThanOrEqual(picture!.x + picture!.width);
  });

  it("by horizon has a rule at the nominal share", async () => {
    expect(await draw("calibrationChart", rows, {level: 0.9, by: "horizon"})).toBe(
      "at horizon 1, they hold 80.0% of 25, as they should; at horizon 2, they hold 80.0% of 25, as they should."
    );
    expect(await keys()).toEqual(["Nominal 90%", "95% confidence interval"]);
    expect(await draw("calibrationChart", rows)).toMatch(
      /There is nothing to check: give the interval's level/
    );
  });
});

describe("calibrationChart by horizon", () => {
  /** One forecast for each horizon and version, whose interval holds the actual value, if there is one. */
  const held = (
    horizons: number[],
    versions = ["ets"],
    actual: (horizon: number) => number | null = () => 0
  ) =>
    versions.flatMap((version) =>
      horizons.map((horizon) => ({version, horizon, actual: actual(horizon), lower: -1, upper: 1}))
    );
  const drawn = (rows: Row[]) => draw("calibrationChart", rows, {level: 0.9, by: "horizon"});
  const upTo = (count: number) => Array.from({length: count}, (_, i) => i + 1);

  it("breaks a line where a horizon is missing, and where none of a horizon has an actual value", async () => {
    await drawn(held([1, 2, 3, 6, 7, 8]));
    expect(await starts()).toEqual([2]);
    await drawn(held([1, 2, 3, 4], ["ets"], (horizon) => (horizon === 2 ? null : 0)));
    expect(await starts()).toEqual([2]);
    // Every third is as regular as every one.
    await drawn(held([3, 6, 9, 12]));
    expect(await starts()).toEqual([1]);
  });

  it("draws the intervals of versions beside each other", async () => {
    await drawn(held(upTo(8), ["drift", "ets", "mstl"]));
    const bars = await page()
      .locator("[aria-label=rule][stroke-width='1.5']")
      .evaluateAll((all) => all.map((group) => group.firstElementChild!.getBoundingClientRect().x));
    expect(bars).toHaveLength(3);
    expect(bars[1]! - bars[0]!).toBeGreaterThan(2);
    expect(bars[2]! - bars[1]!).toBeGreaterThan(2);
    const axis = await page().locator('[aria-label="x-axis tick label"] text').first().boundingBox();
    const dot = await page().locator("[aria-label=dot] circle").first().boundingBox();
    await drawn(held(upTo(8), ["drift", "ets", "mstl"], () => 5)); // none holds
    const low = await page().locator("[aria-label=dot] circle").first().boundingBox();
    expect(low!.y).toBeGreaterThan(dot!.y);
    expect(low!.y + low!.height).toBeLessThanOrEqual(axis!.y + 3); // of a line's height, which is more than its letters'
  });

  it("draws bands instead of bars that would make a block", async () => {
    await drawn(held(upTo(200)));
    expect(await page().locator("[aria-label=area] path").count()).toBe(1);
    expect(await page().locator("[aria-label=rule][stroke-width='1.5']").count()).toBe(0);
    expect(await page().locator("[aria-label=dot] circle").count()).toBe(0);
    const shown = (await texts()).filter((text) => /^\d+$/.test(text));
    expect(shown.slice(0, 3)).toEqual(["20", "40", "60"]);
  });

  it("draws versions in grey also where they have one point each", async () => {
    const versions = upTo(9).map((i) => `version-${i}`);
    await drawn(held([1], versions));
    expect(await page().locator("[aria-label=dot] circle").count()).toBe(9);
    expect(await keys()).toContain("4 others");
  });
});

describe("lines over time that coincide", () => {
  it("are dashed where they lie over another, with rings around the dots", async () => {
    await draw("biasOverTime", forecasts({ets: () => 2, drift: () => 2, mstl: () => 4}));
    const lines = await page()
      .locator("[aria-label=line]")
      .evaluateAll((all) => all.map((line) => line.getAttribute("stroke-dasharray")));
    expect(lines.filter((dashes) => dashes !== null)).toHaveLength(1);
    const radii = await page()
      .locator("[aria-label=dot] circle")
      .evaluateAll((all) => all.map((dot) => Number(dot.getAttribute("r"))));
    // The rings where the tracking signal passes its limit are around all dots of their place: those of mstl have 6.
    expect(new Set(radii)).toEqual(new Set([5, 3, 8, 6]));
  });
});

it.each(["errorOverTime", "biasOverTime", "residualsChart"] as const)(
  "%s has rings of versions that coincide above the labels of its axis of times",
  async (kind) => {
    await draw(
      kind,
      forecasts(Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [name, () => 0])))
    );
    const bottoms = await page()
      .locator("[aria-label=dot] circle")
      .evaluateAll((all) => all.map((dot) => dot.getBoundingClientRect().bottom));
    const tops = await page()
      .locator('[aria-label="x-axis tick label"] text')
      .evaluateAll((all) => all.map((text) => text.getBoundingClientRect().top));
    expect(Math.min(...tops)).toBeGreaterThanOrEqual(Math.max(...bottoms));
  }
);

it.each(["errorByHorizon", "errorOverTime", "biasOverTime"] as const)(
  "%s has the names of lines at its lower edge above the labels of the axis",
  async (kind) => {
    const names = ["a", "b", "c", "d", "e", "f"].map((name) => `version-${name}`);
    const rows = forecasts(Object.fromEntries(names.map((name) => [name, () => 0])));
    await draw(
      kind,
      rows.map((row, i) => ({...row, horizon: 1 + (i % months.length)})),
      {width: 640}
    );
    const boxes = (selector: string) =>
      page()
        .locator(`main figure > svg ${selector}`)
        .evaluateAll((all) =>
          all.map((text) => text.getBoundingClientRect()).map(({top, bottom}) => ({top, bottom}))
        );
    const lowest = Math.max(...(await boxes("[aria-label=text] text")).map(({bottom}) => bottom));
    const highest = Math.min(...(await boxes('[aria-label="x-axis tick label"] text')).map(({top}) => top));
    expect(lowest).toBeGreaterThan(0);
    expect(lowest).toBeLessThan(highest + 3); // of a line's height, which is more than its letters'
  }
);

it.each([
  ["errorByHorizon", 6],
  ["errorOverTime", 6],
  ["biasOverTime", 6],
  ["biasOverTime", 1] // whose tracking signal passes its limit at the last time
] as const)("%s has names beside rings around the ends of %i lines", async (kind, count) => {
  const names = ["a", "b", "c", "d", "e", "f"].slice(0, count).concat("z");
  const errors = Object.fromEntries(names.map((name) => [name, () => (name === "z" ? 9 : 3)]));
  const rows = forecasts(errors).filter((_, i) => i % months.length < 5);
  await draw(
    kind,
    rows.map((row, i) => ({...row, horizon: 1 + (i % 5)})),
    {width: 640}
  );
  const ends = (selector: string, side: "left" | "right") =>
    page()
      .locator(`main figure > svg ${selector}`)
      .evaluateAll((all, side) => all.map((part) => part.getBoundingClientRect()[side]), side);
  const rings = await ends("[aria-label=dot] circle", "right");
  expect(Math.min(...(await ends("[aria-label=text] text", "left")))).toBeGreaterThan(Math.max(...rings) + 2);
});

describe("residuals", () => {
  const rows = forecasts({ets: (i) => (i % 2 ? 3 : -3)});

  it("are actual − forecast over time", async () => {
    await draw("residualsChart", rows);
    expect((await table()).slice(0, 2)).toEqual([
      ["Jan 2022", "3"],
      ["Feb 2022", "−3"]
    ]);
  });

  it("of versions that coincide are rings, so that all are seen", async () => {
    await draw("residualsChart", forecasts({ets: wave, mstl: wave, drift: () => 9}));
    const radii = await page()
      .locator("[aria-label=dot] circle")
      .evaluateAll((all) =>
        all.map((dot) => [dot.getAttribute("fill"), Number(dot.getAttribute("r"))] as const)
      );
    const byColor = new Map(radii);
    expect(byColor.size).toBe(3);
    expect([...byColor.values()].toSorted()).toEqual([2.5, 2.5, 4.5]);
  });

  it("that are all zero have no other tick", async () => {
    await draw("residualsChart", forecasts({ets: () => 0}));
    expect(await page().locator('[aria-label="y-axis tick label"] text').allTextContents()).toEqual(["0"]);
  });

  it("that vary by rounding errors alone don't", async () => {
    const constant = forecasts({ets: () => -0.1}).map((row, i) => ({
      ...row,
      actual: Math.sin(i),
      forecast: Math.sin(i) - 0.1
    }));
    expect(await draw("autocorrelationChart", constant)).toBe("The residuals don't vary: no autocorrelation");
  });

  it("of forecasts without actual values are missing, which every chart says, and the panel once", async () => {
    const none = rows.map((row) => ({...row, actual: null}));
    for (const kind of [
      "residualsChart",
      "autocorrelationChart",
      "residualHistogram",
      "residualPanel"
    ] as const) {
      expect(await draw(kind, none)).toBe("No forecasts with an actual value");
      expect(await page().locator("main figure").count()).toBe(1);
    }
  });

  it("have a histogram that counts each", async () => {
    await draw("residualHistogram", rows, {normal: true});
    const counts = (await table()).map(([, count]) => Number(count));
    expect(counts.reduce((a, b) => a + b)).toBe(24);
    expect([counts[0], counts.at(-1)]).toEqual([12, 12]);
    expect(await keys()).toEqual(["Normal distribution"]);
    await draw("residualHistogram", rows);
    expect(await keys()).toEqual([]);
  });

  it("have a histogram in their version's color", async () => {
    await draw("residualHistogram", rows, {color: {domain: ["mstl", "ets"], range: ["#111111", "#123456"]}});
    const fills = await page()
      .locator('g[aria-label="rect"]')
      .evaluateAll((groups) => groups.map((group) => group.getAttribute("fill")));
    expect(fills).toEqual(["#123456"]);
  });

  it("have a histogram whose axis tells how many there are, also if its bars are all as high", async () => {
    await draw("residualHistogram", rows);
    const counts = (await table()).map(([, count]) => Number(count)).filter((count) => count > 0);
    expect(new Set(counts)).toEqual(new Set([12]));
    const ticks = await page().locator('[aria-label="y-axis tick label"] text').allTextContents();
    expect(ticks).toContain("0");
    expect(ticks.map(Number).filter((tick) => tick > 0 && tick <= 12).length).toBeGreaterThan(1);
  });

  it("that alternate have an autocorrelation near −1 at lag 1, and are no noise", async () => {
    const said = await draw("autocorrelationChart", rows);
    // Σ of 23 products of −9, over 24 of 9.
    expect((await table())[0]).toEqual(["1", "−0.958"]);
    expect(said).toContain("−0.958 at lag 1");
    expect(await page().locator("main figcaption").textContent()).toMatch(
      /^Ljung–Box test: Q\s=\s[\d.]+, 4 degrees of freedom, p\s<\s0\.001: the residuals aren't noise\.$/
    );
  });

  it("have autocorrelations in their version's color beyond the bounds, and in grey within", async () => {
    const strokes = async (some: Row[]) => {
      const said = await draw("autocorrelationChart", some, {color: {domain: ["ets"], range: ["#cc0000"]}});
      const all = await page()
        .locator("[aria-label=rule] line[stroke]")
        .evaluateAll((lines) => lines.map((line) => line.getAttribute("stroke")));
      const [outside, count] = /^(\d+) of (\d+)/.exec(said)!.slice(1).map(Number);
      const grey = all.filter((stroke) => stroke !== "#cc0000");
      expect(all).toHaveLength(count!);
      expect(new Set(grey).size).toBeLessThanOrEqual(1);
      expect(all.length - grey.length).toBe(outside);
      return {outside, within: grey.length};
    };
    const slow = await strokes(forecasts({ets: (i) => Math.sin(i / 4)}));
    expect(Math.min(slow.outside!, slow.within)).toBeGreaterThan(0);
    expect(await keys()).toEqual(["Bounds of 95% of noise", "beyond them"]);
    expect((await strokes(forecasts({ets: (i) => (i === 7 ? 9 : 0)}))).outside).toBe(0);
    expect(await keys()).toEqual(["Bounds of 95% of noise"]);
  });

  it("of several forecasts of one time are called means", async () => {
    await draw("residualsChart", rows, {unit: "jobs"});
    expect(await texts()).toContain("Residual (jobs)");
    await draw("residualsChart", [...rows, ...rows], {unit: "jobs"});
    expect(await texts()).toContain("Mean residual (jobs)");
  });

  it("of several versions are refused where one is shown, and the panel has three charts", async () => {
    const two = forecasts({ets: wave, mstl: wave});
    expect(await draw("autocorrelationChart", two)).toMatch(
      /residuals of one version, and there are several: ets, mstl\. Select one/
    );
    await draw("residualPanel", rows, {title: "Construction", width: 800});
    expect(
      await page()
        .locator("main svg[aria-description]")
        .evaluateAll((all) => all.map((svg) => svg.getAttribute("aria-label")))
    ).toEqual([
      "Construction: Residuals over time",
      "Construction: autocorrelation of residuals",
      "Construction: histogram of residuals"
    ]);
  });
});

it("charts without data say so", async () => {
  for (const kind of [
    "versionDifference",
    "biasOverTime",
    "calibrationChart",
    "residualHistogram"
  ] as const) {
    await draw(kind, []);
    expect(await texts()).toEqual(["No data"]);
  }
});
