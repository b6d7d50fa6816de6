// The charts of versions, hierarchies and columns: what they draw, read from the picture.
import {describe, expect, it} from "vitest";
import {calendarBins} from "../../lib/metrics/calendar-bins.js";
import type * as Charts from "../../lib/charts/index.js";
import {chartSite} from "./drawn-chart.js";

declare const kit: typeof Charts;

const {draw, page, texts} = chartSite();

const boxes = (selector: string) =>
  page()
    .locator(`main figure > svg ${selector}`)
    .evaluateAll((all) => all.map((part) => part.getBoundingClientRect().toJSON() as DOMRect));

/** The dots from the top down, for each color in the order of the key. */
async function dotsByColor() {
  const dots = await page()
    .locator("main figure > svg [aria-label=dot] circle")
    .evaluateAll((all) =>
      all.map((dot) => ({
        color: dot.getAttribute("fill")!,
        x: Number(dot.getAttribute("cx")) + dot.closest("svg")!.getBoundingClientRect().left,
        y: Number(dot.getAttribute("cy")),
        width: 2 * Number(dot.getAttribute("r"))
      }))
    );
  const colors = await page()
    .locator("main .ikigai-key svg")
    .evaluateAll((all) => all.map((sample) => sample.getAttribute("fill")!));
  return colors.map((color) => dots.filter((dot) => dot.color === color).sort((a, b) => a.y - b.y));
}

describe("hyperparametersChart", () => {
  const values = (version: string, depth: string, rate: string, loss: string) =>
    Object.entries({depth, rate, loss, seed: "42"}).map(([hyperparameter, value]) => ({
      version,
      hyperparameter,
      value
    }));
  const rows = [
    ...values("v1", "2", "0.001", "mse"),
    ...values("v2", "4", "0.1", "mae"),
    ...values("v3", "10", "10", "mse")
  ];
  const metrics = [0.03, 0.01, 0.02].map((value, i) => ({version: `v${i + 1}`, metric: "wape", value}));

  it("shows only what differs, with the metrics, and says which version is best", async () => {
    expect(await draw("hyperparametersChart", rows, {metrics})).toBe(
      "3 of 4 hyperparameters differ: depth, 2 to 10; rate, 0.001 to 10; loss, mae to mse. The best by Weighted MAPE is v2."
    );
    const shown = await texts();
    for (const text of ["depth", "rate", "loss", "Weighted MAPE", "2", "4", "10", "mae", "mse", "1.00%"])
      expect(shown).toContain(text);
    expect(shown).not.toContain("seed");
  });

  it("puts numbers by their size, or by its logarithm where they differ a thousandfold", async () => {
    await draw("hyperparametersChart", rows, {metrics});
    const [first, second, third] = (await dotsByColor()).map((dots) => dots.map(({x}) => x)) as [
      number[],
      number[],
      number[]
    ];
    const share = (row: number) => (second[row]! - first[row]!) / (third[row]! - first[row]!);
    expect(share(0)).toBeCloseTo(0.25); // 4 between 2 and 10
    expect(share(1)).toBeCloseTo(0.5); // 0.1 between 0.001 and 10
    expect(first[2]).toBeCloseTo(third[2]!); // both "mse"
    expect(second[2]!).toBeLessThan(first[2]!);
  });

  it("writes large numbers short, and cuts no digits out of any", async () => {
    const large = [1e12, 1.075e12].map((size, i) => ({version: `v${i}`, size, seed: 20_240_101 + i}));
    await draw("hyperparametersChart", large, {width: 320});
    const shown = await texts();
    expect(shown).toEqual(expect.arrayContaining(["1T", "1.075T", "20.240101M", "20.240102M"]));
    expect(shown.filter((text) => /\d…/.test(text))).toEqual([]);
  });

  it.each([
    [1e-9, 640],
    [1e12, 640],
    [1e-9, 340],
    [1e12, 340]
  ])("puts the values at the ends of axes of %d beside the lines at %i px", async (size, width) => {
    const large = ["v1", "v2", "v3"].map((version, i) => ({version, size: size * (i + 1), rate: -size * i}));
    const metrics = large.flatMap(({version}, i) =>
      ["mean_absolute_error", "bias"].map((metric, m) => ({
        version,
        metric,
        value: size * (m ? -1 - i : 3 - i)
      }))
    );
    await draw("hyperparametersChart", large, {metrics, width});
    const crossed = await page().evaluate(() => {
      const [svg] = document.querySelectorAll<SVGSVGElement>("main figure > svg[role]");
      const points = [...svg!.querySelectorAll<SVGPathElement>("[aria-label=line] path")].flatMap((path) =>
        Array.from({length: 400}, (_, i) =>
          path.getPointAtLength((path.getTotalLength() * i) / 399).matrixTransform(path.getScreenCTM()!)
        )
      );
      const texts = [...svg!.querySelectorAll('[aria-label="text"] text')];
      const lefts = points.map(({x}) => x);
      const [start, end] = [Math.min(...lefts), Math.max(...lefts)];
      return texts.flatMap((text) => {
        const {left, right, top, bottom} = text.getBoundingClientRect();
        const isEnd = left < start || right > end;
        const isCrossed = points.some(({x, y}) => x > left && x < right && y > top && y < bottom);
        return isEnd ? [isCrossed] : [];
      });
    });
    expect(crossed).toEqual(new Array(8).fill(false));
  });

  it("has names above the axes of a narrow chart, which keep their length with long values", async () => {
    const tiny = ["v1", "v2"].map((version, i) => ({version, smoothing_of_the_level: -1.2345e-9 * (i + 1)}));
    await draw("hyperparametersChart", tiny, {width: 310});
    const [axis] = await boxes("[aria-label=rule] line");
    const [name] = await boxes('[aria-label="y-axis tick label"] text');
    const [svg] = await page()
      .locator("main figure > svg[role]")
      .evaluateAll((all) => all.map((part) => part.getBoundingClientRect().toJSON() as DOMRect));
    expect(axis!.width).toBeGreaterThan(0.45 * svg!.width);
    const values = await boxes('[aria-label="text"] text');
    expect(values).toHaveLength(2);
    for (const {top} of values) expect(name!.bottom).toBeLessThan(top);
    expect(name!.top).toBeGreaterThanOrEqual(svg!.top);
  });

  it("keeps texts at the ends whole where there is room beside the axis", async () => {
    const trends = ["none", "damped", "linear"].map((trend, i) => ({version: `v${i}`, trend, smoothing: i}));
    await draw("hyperparametersChart", trends, {width: 320});
    expect(await texts()).toEqual(expect.arrayContaining(["damped", "none"]));
  });

  it("gives long names two lines, and cuts metrics last where there are too many rows", async () => {
    const name = "number_of_leaves_of_each_tree_at_most";
    const many = ["v1", "v2"].map((version, i) => ({
      version,
      [name]: i,
      ...Object.fromEntries(Array.from({length: 20}, (_, j) => [`p${j}`, i + j]))
    }));
    await draw("hyperparametersChart", many, {metrics: metrics.slice(0, 2), width: 500, limit: 4});
    const names = page().locator('main [aria-label="y-axis tick label"] text');
    expect(await names.allTextContents()).toEqual([name, "p0", "p1", "Weighted MAPE"]);
    expect(await names.first().locator("tspan").count()).toBe(2);
    expect(await texts()).toContain("and 18 more");
  });

  it("takes no member of every object for a value", async () => {
    const named = ["v1", "v2"].map((version, i) => ({version, rate: i, ...(i && {constructor: "adam"})}));
    expect(await draw("hyperparametersChart", named)).toBe(
      "2 of 2 hyperparameters differ: rate, 0 to 1; constructor, adam."
    );
  });

  it("takes a row for each version, too, and puts one without a value before the axis", async () => {
    const wide = [
      {version: "v1", depth: 2, rate: 0.1, width: 5},
      {version: "v2", depth: 3, rate: null, width: 6},
      {version: "v3", depth: 3, rate: 0.2, width: 5}
    ];
    const metrics = [
      {version: "v1", wape: 0.1},
      {version: "v2", wape: 0.2}
    ];
    await draw("hyperparametersChart", wide, {metrics});
    const paths = await page()
      .locator("main figure > svg [aria-label=line] path")
      .evaluateAll((all) => all.map((path) => path.getAttribute("d")!));
    expect(paths.filter((path) => path.lastIndexOf("M") > 0)).toEqual([]);
    expect(await texts()).toEqual(expect.arrayContaining(["not set", "0.1", "0.2", "no value"]));
    const axes = await boxes("[aria-label=rule] line");
    const [first, second, third] = await dotsByColor();
    expect(second![1]!.x).toBeLessThan(axes[1]!.left - 40);
    expect(third![3]!.x).toBeLessThan(axes[3]!.left - 40);
    expect(first![1]!.x).toBeCloseTo(axes[1]!.left, 0);
    await page().locator("main figure > button").click();
    const cells = page().locator("main tbody tr").nth(1).locator("th, td");
    expect(await cells.allTextContents()).toEqual(["rate", "0.1", "not set", "0.2"]);
  });

  it("shows rings of dots that lie below others", async () => {
    const wide = ["v1", "v2", "v3"].map((version) => ({version, depth: 1, rate: version === "v3" ? 2 : 1}));
    await draw("hyperparametersChart", wide, {all: true});
    const sizes = (await dotsByColor()).map((dots) => dots.map(({width}) => width));
    expect(sizes).toEqual([
      [16, 12],
      [12, 8],
      [8, 8]
    ]);
  });

  it("says that all are the same, and refuses two values of one", async () => {
    const alike = [...values("v1", "2", "1", "a"), ...values("v2", "2", "1", "a")];
    expect(await draw("hyperparametersChart", alike)).toBe(
      "All 4 hyperparameters are the same in all versions"
    );
    const one = ["v1", "v2"].map((version) => ({version, rate: 1}));
    expect(await draw("hyperparametersChart", one)).toBe(
      "The only hyperparameter is the same in all versions"
    );
    expect(await draw("hyperparametersChart", values("v1", "2", "1", "a"))).toBe(
      "Only one version, v1: it can't be compared"
    );
    expect(await draw("hyperparametersChart", [...rows, ...values("v1", "3", "1", "a")])).toContain(
      `There are several rows for v1, depth, such as rows 1 and ${rows.length + 1}: give one`
    );
  });
});

describe("importanceByVersion", () => {
  const rows = ["price", "promotion", "holiday"].flatMap((feature, i) =>
    ["v1", "v2"].flatMap((version, j) =>
      ["permutation", "gain"].map((method) => ({
        version,
        feature,
        method,
        importance: method === "gain" ? 1 : [0.2, -0.5, 0.1][i]! * (j + 1)
      }))
    )
  );

  it("puts the features that matter most to any version first, also below zero", async () => {
    expect(await draw("importanceByVersion", rows)).toBe(
      "The largest importance in any version: promotion, −1.00 in v2; price, 0.40 in v2; holiday, 0.20 in v2."
    );
    const names = (await texts()).filter((text) => /^[a-z]{5,}$/.test(text));
    expect(names).toEqual(["promotion", "price", "holiday"]);
  });

  it("shows another method, and names those that there are", async () => {
    await draw("importanceByVersion", rows, {method: "gain"});
    expect(await texts()).toContain("Importance (gain)");
    expect(await draw("importanceByVersion", rows, {method: "shap"})).toBe(
      'There is no importance by the method "shap". There are: permutation, gain'
    );
  });
});

describe("hierarchyChart", () => {
  const rows = [
    {series: "All", parent: null, actual: null},
    {series: "North", parent: "All", actual: null},
    {series: "South", parent: "All", actual: 60},
    {series: "Oslo", parent: "North", actual: 30},
    {series: "Rome", parent: "South", actual: 60},
    {series: "Bergen", parent: "North", actual: 10}
  ];

  it("goes from the total down, the largest part first, with bars by their values", async () => {
    expect(await draw("hierarchyChart", rows)).toBe("All: 100. Its parts: South 60, 60%; North 40, 40%.");
    const tops = await page()
      .locator("main figure > svg [aria-label=text] text")
      .evaluateAll((all) =>
        all
          .filter((text) => /^[A-Z]/.test(text.textContent))
          .map(
            (text) =>
              [text.textContent, text.getBoundingClientRect().top, text.getBoundingClientRect().left] as const
          )
      );
    expect(tops.toSorted((a, b) => a[1] - b[1]).map(([name]) => name)).toEqual([
      "All",
      "South",
      "Rome",
      "North",
      "Oslo",
      "Bergen"
    ]);
    const left = new Map(tops.map(([name, , left]) => [name, left]));
    expect(left.get("Oslo")! - left.get("North")!).toBeCloseTo(14, 0);
    const widths = (await boxes("[aria-label=bar] rect")).map(({width}) => width);
    expect(widths.map((width) => Math.round((100 * width) / widths[0]!))).toEqual([100, 60, 60, 40, 30, 10]);
  });

  it("cuts names no more than their depth makes it", async () => {
    const name = "Private service-providing";
    const deep = ["a", "b", "c", "d"].map((series, i, all) => ({
      series,
      parent: all[i - 1] ?? name,
      actual: 1
    }));
    await draw("hierarchyChart", [{series: name, parent: null, actual: 1}, ...deep], {width: 420});
    expect(await texts()).toContain(name);
  });

  it("has room for names and for bars in a narrow chart of several depths", async () => {
    const names = ["Total nonfarm", "Service-providing", "Goods-producing", "Wholesale trade"];
    const deep = names.map((series, i) => ({series, parent: names[i - 1] ?? null, actual: 143_100_000}));
    await draw("hierarchyChart", deep, {width: 292});
    expect(await texts()).toEqual(expect.arrayContaining(names));
    for (const {width} of await boxes("[aria-label=bar] rect")) expect(width).toBeGreaterThan(40);
  });

  it("gives long names two lines, and cuts only what has more", async () => {
    const long = "Professional, scientific and technical services";
    const parts = [long, `${"an-unusually-long-name-".repeat(8)}1`, "Retail"].map((series) => ({
      series,
      actual: 1
    }));
    await draw("hierarchyChart", parts, {width: 640});
    const rows = page().locator("main figure > svg [aria-label=text] text");
    const shown = await rows.evaluateAll((all) =>
      all
        .map((text) => [...text.querySelectorAll("tspan")].map((line) => line.textContent))
        .filter((lines) => lines.length)
    );
    expect(shown).toContainEqual(["Professional, scientific", "and technical services"]);
    expect(shown.filter((lines) => lines.join("").includes("…"))).toHaveLength(1);
    const bars = await boxes("[aria-label=bar] rect");
    expect(bars[1]!.top - bars[0]!.top).toBeGreaterThanOrEqual(29);
  });

  it("says what its bars show, with the unit, and in the key only what is drawn", async () => {
    await draw("hierarchyChart", rows, {unit: "mW"});
    expect(await texts()).toContain("Actual (mW)");
    const keys = () => page().locator("main .ikigai-key bdi").allTextContents();
    expect(await keys()).toEqual(["made of others", "single series"]);
    await draw("hierarchyChart", [
      {series: "All", parent: null, actual: 60},
      {series: "South", parent: "All", actual: null}
    ]);
    expect(await keys()).toEqual(["made of others"]);
    await draw("hierarchyChart", [{series: "South", parent: null, actual: 60}]);
    expect(await keys()).toEqual([]);
  });

  it("says that a sum isn't known without the value of a part", async () => {
    await draw("hierarchyChart", [
      {series: "a", actual: 1},
      {series: "b", actual: null}
    ]);
    expect(await texts()).toEqual(expect.arrayContaining(["a part has no value", "no value"]));
  });

  it("draws the largest of many with what contains them, and says how many more there are", async () => {
    await draw("hierarchyChart", rows, {limit: 3});
    const shown = await texts();
    expect(shown).toEqual(expect.arrayContaining(["All", "South", "Rome", "and 3 more"]));
    expect(shown).not.toContain("Bergen");
  });

  it("adds a total of series that are no part of another, and refuses circles", async () => {
    expect(
      await draw("hierarchyChart", [
        {series: "a", actual: 1},
        {series: "b", actual: 3}
      ])
    ).toBe("Total: 4. Its parts: b 3, 75%; a 1, 25%.");
    const circle = [
      {series: "a", parent: "b", actual: 1},
      {series: "b", parent: "a", actual: 1}
    ];
    expect(await draw("hierarchyChart", circle)).toBe(
      'The series "a" is a part of itself: correct the parents of the series'
    );
  });
});

describe("columnProfile", () => {
  const rows = Array.from({length: 100}, (_, i) => ({
    price: i === 99 ? null : i,
    store: ["Oslo", "Rome", "Rome", "Bergen"][i % 4]
  }));

  it("of numbers has bars whose heights are the counts, and tells what is missing", async () => {
    expect(await draw("columnProfile", rows, {column: "price"})).toContain(
      "number, 100 rows, 1 missing (1.00%), 99 different values. From 0 to 98. The median is 49,"
    );
    const bars = await boxes("[aria-label=rect] rect");
    expect(bars.length).toBeGreaterThan(2);
    const [most, least] = [
      Math.max(...bars.map(({height}) => height)),
      Math.min(...bars.map(({height}) => height))
    ];
    expect(least / most).toBeGreaterThan(0.9); // they are spread evenly
  });

  it("of months has a bar of the same height for each year, and names it", async () => {
    // What a page's script makes of rows has dates; JSON between the test and the page hasn't.
    const months = Array.from({length: 120}, (_, i) => Date.UTC(2006, i));
    const histogram = calendarBins(Float64Array.from(months), 20);
    const quantiles = [7, 30, 60, 90, 113].map((i) => months[i]!);
    const counts = {rows: 120, missing: 0, distinct: 120, top: []};
    const profile = {column: "month", type: "TIMESTAMP", kind: "time", ...counts, quantiles, histogram};
    expect(await draw("columnProfile", [profile])).toBe(
      "TIMESTAMP, 120 rows, none missing, 120 different values. From 2006 to 2015. " +
        "The median is Jan 2011, the middle half from Jul 2008 to Jul 2013. Most, 12, are from 2006."
    );
    const bars = await boxes("[aria-label=rect] rect");
    expect(bars).toHaveLength(10);
    expect(new Set(bars.map(({height}) => Math.round(height)))).toHaveProperty("size", 1);
    expect(
      Math.max(...bars.map(({width}) => width)) - Math.min(...bars.map(({width}) => width))
    ).toBeLessThan(1);
  });

  it("leaves out a middle half that is too short to see", async () => {
    const keys = () => page().locator("main .ikigai-key > span").allTextContents();
    await draw(
      "columnProfile",
      [0, 1, 2, 3, 1000].map((price) => ({price}))
    );
    expect(await keys()).toEqual(["median"]); // of 1,000 the two of the middle half can't be seen
    await draw(
      "columnProfile",
      [0, 1, 2, 3, 10].map((price) => ({price}))
    );
    expect(await keys()).toEqual(["median", "middle half"]);
  });

  it("tells how many values aren't finite, and has no key for what isn't drawn", async () => {
    const said = await page().evaluate(() => {
      const figure = kit.columnProfile([
        {price: 7},
        {price: NaN},
        {price: Infinity},
        {price: null},
        {price: 7}
      ]);
      return [
        figure.querySelector("svg[aria-description]")!.getAttribute("aria-description"),
        ...Array.from(figure.querySelectorAll(".ikigai-key bdi"), (label) => label.textContent)
      ];
    });
    expect(said[0]).toContain("number, 5 rows, 1 missing (20.0%), 2 not finite, ");
    expect(said.slice(1)).toEqual(["median"]);
    expect(await draw("columnProfile", [{price: null}])).toBe("No values: all are missing");
    const above = await page().locator("main figure h3").textContent();
    expect(above!.replaceAll("\u00a0", " ")).toBe("1 row, 1 missing (100%), 0 different values");
  });

  it("breaks what it tells above the chart only between counts", async () => {
    await draw("columnProfile", rows, {column: "price", width: 220});
    const lines = await page().evaluate(() => {
      const above = document.querySelector<HTMLElement>("main figure h3")!;
      above.style.cssText = "width: 220px; text-wrap: wrap";
      const text = above.firstChild!;
      let end = -1;
      return text.textContent!.split(", ").map((count) => {
        const range = document.createRange();
        const start = text.textContent!.indexOf(count, end + 1);
        end = start + count.length;
        range.setStart(text, start);
        range.setEnd(text, end);
        return Array.from(range.getClientRects(), ({top}) => Math.round(top));
      });
    });
    expect(lines.length).toBe(4);
    for (const tops of lines) expect(tops.length).toBe(1);
    expect(new Set(lines.flat()).size).toBeGreaterThan(1);
  });

  it("breaks a type that is longer than a line", async () => {
    const type = `STRUCT(${["height", "width", "depth", "weight"].map((name) => `${name} DOUBLE`).join(", ")})`;
    const counts = {rows: 3, missing: 0, distinct: 1, top: [{value: "{}", count: 3}]};
    const profile = {column: "size", type, kind: "other", ...counts, quantiles: null, histogram: null};
    await draw("columnProfile", [profile], {width: 220});
    const room = await page().evaluate(() => {
      const above = document.querySelector<HTMLElement>("main figure h3")!;
      above.style.cssText = "width: 220px; text-wrap: wrap";
      return above.scrollWidth;
    });
    expect(room).toBe(220);
  });

  it("of one value has an axis that tells how often it comes", async () => {
    await draw(
      "columnProfile",
      Array.from({length: 32}, () => ({price: 7}))
    );
    const ticks = (await texts()).map(Number).filter((tick) => tick > 7.5 && tick <= 32);
    expect(ticks.length).toBeGreaterThan(1);
  });

  it("of names has a bar for each of the most frequent, with how many more there are", async () => {
    await draw("columnProfile", rows, {column: "store", limit: 1});
    expect(await texts()).toEqual(expect.arrayContaining(["Rome", "50", "and 2 more"]));
  });

  it("takes the profile that DuckDB has made", async () => {
    const profile = {
      column: "price",
      type: "DOUBLE",
      kind: "number",
      rows: 10,
      missing: 0,
      distinct: 5,
      quantiles: [0, 1, 2, 3, 4],
      top: [],
      histogram: [
        {lower: 0, upper: 2, count: 6},
        {lower: 2, upper: 4, count: 4}
      ]
    };
    expect(await draw("columnProfile", [profile])).toBe(
      "DOUBLE, 10 rows, none missing, 5 different values. From 0 to 4. The median is 2, the middle half from 1 to 3. Most, 6, are from 0 to 2."
    );
    expect(await draw("columnProfile", [profile], {column: "cost"})).toBe(
      'There is no profile of a column "cost". There are: price'
    );
  });
});

it.each(["hyperparametersChart", "importanceByVersion", "hierarchyChart", "columnProfile"] as const)(
  "%s without data says so",
  async (kind) => {
    await draw(kind, []);
    expect(await texts()).toEqual(["No data"]);
  }
);
