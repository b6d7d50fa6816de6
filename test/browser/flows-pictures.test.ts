// The pictures of flows in a real browser: a definition as a graph, and the last runs; in light and dark, wide and narrow.
import {resolve} from "node:path";
import {describe, expect, it} from "vitest";
import type {FlowGraph, Run} from "../../lib/gateway-api/index.js";
import {bundledSite} from "./bundled-site.js";
import type {WatchedPage} from "./chromium.js";

declare const kit: {
  show: (chart: Element | Promise<Element>) => Promise<void>;
  flowGraph: (graph: FlowGraph, options?: object) => Promise<Element>;
  runHistory: (runs: Run[], options?: object) => Element;
};
declare const axe: {
  run: (selector: string) => Promise<{violations: {id: string; nodes: {html: string}[]}[]}>;
};

const facet = (facetId: string, name: string, type: string, chain = "MID") => ({facetId, name, type, chain});
const chain: FlowGraph = {
  facets: [
    facet("0", "", "IMPORTED", "INPUT"),
    facet("1", "since", "FILTER_BY_TIME"),
    facet("2", "", "AI_CAST"),
    facet("3", "", "FREE_FORM_SQL"),
    facet("4", "horizon", "ADD_OR_SUBTRACT_TIME"),
    facet("5", "", "DROP_COLUMNS"),
    facet("6", "", "EXPORTED", "OUTPUT")
  ],
  arrows: Array.from({length: 6}, (_, i) => ({source: String(i), destination: String(i + 1)}))
};
const union: FlowGraph = {
  facets: [
    facet("0", "old", "IMPORTED", "INPUT"),
    facet("1", "new", "IMPORTED", "INPUT"),
    facet("2", "", "UNION"),
    facet("3", "", "CHANGE_TIME_GRANULARITY"),
    facet("4", "", "EXPORTED", "OUTPUT")
  ],
  arrows: [
    {source: "0", destination: "2", label: "top"},
    {source: "1", destination: "2", label: "bottom"},
    {source: "2", destination: "3"},
    {source: "3", destination: "4"}
  ]
};
const names = [
  '"><img src=x onerror=alert(1)>',
  "\\N \\G &lt;b&gt; \\\\",
  "🦆 数据 {a|b} -> c;",
  "line\nbreak"
];
const hostile: FlowGraph = {
  facets: names.map((name, i) => facet(name, name, i ? "COUNT" : "</svg><script>")),
  arrows: names.slice(1).map((name) => ({source: names[0]!, destination: name, label: name}))
};

const start = Date.parse("2026-03-01T08:00:00Z");
const iso = (time: number) => new Date(time).toISOString();
/** A run that was asked for so many hours after the first, and took so many seconds. */
const run = (hours: number, status: Run["status"], seconds: number | null, more: Partial<Run> = {}): Run => ({
  id: `run-${hours}`,
  flow: "reforecast",
  status,
  progress: null,
  variables: {horizon: 12},
  user: null,
  createdAt: iso(start + hours * 3_600_000),
  startedAt: status === "queued" ? null : iso(start + hours * 3_600_000),
  endedAt: seconds === null ? null : iso(start + hours * 3_600_000 + seconds * 1000),
  message: "",
  facet: null,
  data: null,
  ...more
});
const runs = [
  run(5, "queued", null),
  run(4, "running", null),
  run(3, "stopped", 2),
  run(2, "lost", 3),
  run(1, "failed", 1, {user: "ada <b>"}),
  run(0, "done", 4)
];
const now = start + 4 * 3_600_000 + 5_000;

const source = `
import {flowGraph, runHistory} from "./lib/charts/index.ts";
globalThis.kit = {
  flowGraph, runHistory,
  show: async (chart) => {
    const card = Object.assign(document.createElement("div"), {className: "card"});
    card.append(await chart);
    document.querySelector("main").replaceChildren(card);
  }
};
`;

const site = bundledSite(source);

let watched: WatchedPage;
async function open(width = 1280, colorScheme: "light" | "dark" = "light") {
  watched = await site.open();
  await watched.page.setViewportSize({width, height: 900});
  await watched.page.emulateMedia({colorScheme});
  await watched.page.waitForFunction(() => "kit" in globalThis);
}

const draw = (graph: FlowGraph, options: object = {}) =>
  watched.page.evaluate(
    ([graph, options]) =>
      kit.show(kit.flowGraph(graph, {width: document.documentElement.clientWidth - 80, ...options})),
    [graph, options] as const
  );
const drawRuns = (runs: Run[]) =>
  watched.page.evaluate(
    ([runs, now]) =>
      kit.show(
        kit.runHistory(runs, {
          width: document.documentElement.clientWidth - 80,
          now: new Date(now),
          timeZone: "UTC"
        })
      ),
    [runs, now] as const
  );
const texts = () => watched.page.locator("main svg text").allTextContents();
const items = () => watched.page.locator("main ol li").allTextContents();

describe.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"]
] as const)("at %i pixels, %s", (width, scheme) => {
  it("every picture has a name, keeps its place, and has no fault that axe knows", async () => {
    await open(width, scheme);
    await watched.page.addScriptTag({
      path: resolve(import.meta.dirname, "../../node_modules/axe-core/axe.min.js")
    });
    const pictures: [string, () => Promise<void>][] = [
      ["chain", () => draw(chain)],
      ["failing", () => draw(chain, {failing: "2"})],
      ["union", () => draw(union)],
      ["hostile", () => draw(hostile)],
      ["empty", () => draw({facets: [], arrows: []})],
      ["runs", () => drawRuns(runs)],
      ["no runs", () => drawRuns([])]
    ];
    for (const [name, show] of pictures) {
      await show();
      const faults = await watched.page.evaluate(async () => {
        const faults: string[] = [];
        for (const svg of document.querySelectorAll("main svg[role]")) {
          if (!svg.getAttribute("aria-label")) faults.push("no name");
          if (/NaN|undefined|null/.test(svg.outerHTML)) faults.push("NaN or undefined");
          const bounds = svg.getBoundingClientRect();
          for (const text of svg.querySelectorAll("text")) {
            const box = text.getBoundingClientRect();
            if (box.left < bounds.left - 4 || box.right > bounds.right + 8)
              faults.push(`outside: ${text.textContent}`);
          }
        }
        const {scrollWidth, clientWidth} = document.documentElement;
        if (scrollWidth > clientWidth)
          faults.push(`the page scrolls sideways by ${scrollWidth - clientWidth}`);
        const {violations} = await axe.run("main");
        return [...faults, ...violations.map(({id, nodes}) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)];
      });
      expect.soft(faults, name).toEqual([]);
    }
  });
});

describe("a flow's graph", () => {
  it("has a box for each facet with its name and kind, and says the same as a list", async () => {
    await open();
    await draw(union);
    expect(await texts()).toEqual([
      "top",
      "bottom",
      "old",
      "Imported",
      "new",
      "Imported",
      "Union",
      "Change time granularity",
      "Exported"
    ]);
    expect(await items()).toEqual([
      "old (Imported), brings a table in",
      "new (Imported), brings a table in",
      "Union, after old (Imported) as top and new (Imported) as bottom",
      "Change time granularity, after Union",
      "Exported, takes a table out, after Change time granularity"
    ]);
    expect(await watched.page.locator("main svg path").count()).toBe(4);
  });

  it("marks the facet that failed in words", async () => {
    await open();
    await draw(chain, {failing: "2"});
    const failed = watched.page.locator("main svg g:has(> text)", {hasText: "✕ Failed"}).last();
    expect(await failed.locator("text").allTextContents()).toEqual(["aiCast", "✕ Failed"]);
    expect(await items()).toContain("aiCast, after since (Filter by time), failed here");
    const widths = await watched.page
      .locator("main svg rect[stroke-width]")
      .evaluateAll((all) => all.map((rect) => rect.getAttribute("stroke-width")));
    expect(widths.filter((width) => width !== "1")).toEqual(["2.5"]);
  });

  it("is as wide when a facet has failed, so that the end of a run doesn't turn it", async () => {
    await open();
    const width = async () => (await watched.page.locator("main svg").boundingBox())!.width;
    await draw(chain);
    const before = await width();
    await draw(chain, {failing: "5"});
    expect(await width()).toBe(before);
  });

  it("goes to the right where there is room, and else downwards", async () => {
    const shape = async () => (await watched.page.locator("main svg").boundingBox())!;
    await open(1280);
    await draw(chain);
    const wide = await shape();
    expect(wide.width).toBeGreaterThan(wide.height * 5);
    await watched.page.context().close();
    await open(390);
    await draw(chain);
    const narrow = await shape();
    expect(narrow.height).toBeGreaterThan(narrow.width * 2);
  });

  it("shows names as text, whatever is in them", async () => {
    await open();
    await draw(hostile);
    expect(await watched.page.locator("main :is(img, script)").count()).toBe(0);
    const titles = await watched.page.locator("main svg title").allTextContents();
    expect(titles).toEqual(names.map((name, i) => `${name}\n${i ? "Count" : "</svg><script>"}`));
    expect(await texts()).toContain("🦆 数据 {a|b} -> c;");
    expect(await texts()).toContain("\\N \\G &lt;b&gt; \\\\");
  });

  it("says when there is none", async () => {
    await open();
    await draw({facets: [], arrows: []});
    expect(await watched.page.locator("main").textContent()).toBe("No facets yet");
  });
});

describe("the last runs", () => {
  it("have a shape for each outcome, and a key of those that are there", async () => {
    await open();
    await drawRuns(runs);
    expect(await watched.page.locator(".ikigai-key > span").allTextContents()).toEqual([
      "Done",
      "Failed",
      "Stopped",
      "Lost",
      "Running",
      "Waiting"
    ]);
    const shapes = await watched.page
      .locator("main figure > svg [aria-label=dot] path, main figure > svg [aria-label=dot] circle")
      .evaluateAll((all) => all.map((mark) => mark.getAttribute("d") ?? mark.tagName));
    expect(shapes).toHaveLength(6);
    // Running is a ring, Done a disk.
    expect(new Set(shapes).size).toBe(5);
    expect(
      await watched.page.locator("main figure > svg[aria-description]").getAttribute("aria-description")
    ).toBe(
      "6 runs: 1 done, 1 failed, 1 stopped, 1 lost, 1 running, 1 waiting. The last, Mar 1, 2026, 1:00 PM: waiting, after 0 s."
    );
  });

  it("have ticks like those of other charts", async () => {
    await open();
    await drawRuns([{...runs[0]!, startedAt: "2026-03-01T08:00:00Z", endedAt: "2026-03-01T08:02:00Z"}]);
    const ticks = watched.page.locator('main [aria-label="y-axis tick label"] text');
    expect(await ticks.allTextContents()).toEqual(["0", "0.5", "1.0", "1.5", "2.0"]);
  });

  it("are a chart with a name, even if there are none", async () => {
    await open();
    await drawRuns([]);
    expect(await watched.page.locator("main figure > svg[role]").getAttribute("aria-label")).toBe(
      "Last runs"
    );
  });

  it.each([390, 1280])("of forty has marks beside each other at %i pixels", async (width) => {
    await open(width);
    const statuses = ["done", "failed", "stopped", "lost"] as const;
    await drawRuns(Array.from({length: 40}, (_, i) => run(i, statuses[i % 4]!, 1)));
    const marks = await watched.page
      .locator("main svg [aria-label=dot] > :is(path, circle)")
      .evaluateAll((all) =>
        all.map((mark) => mark.getBoundingClientRect()).map(({left, right}) => ({left, right}))
      );
    marks.sort((a, b) => a.left - b.left);
    expect(marks).toHaveLength(40);
    for (const [i, {left}] of marks.slice(1).entries()) expect(left - marks[i]!.right).toBeGreaterThan(-0.5);
  });

  it("tell in the tip when, how long, how, by whom and with what", async () => {
    await open();
    await drawRuns(runs.slice(-2));
    const box = (await watched.page.locator("main figure > svg").boundingBox())!;
    await watched.page.mouse.move(box.x + box.width * 0.85, box.y + box.height / 2);
    const tip = watched.page.locator("[aria-label=tip] text");
    await tip.waitFor();
    const lines = (await tip.locator("> tspan").allTextContents()).map((line) =>
      line.replace(/[\u200b\u202f]/g, " ").trim()
    );
    expect(lines).toEqual([
      "Asked Mar 1, 2026, 9:00 AM",
      "Outcome Failed",
      "Took 1 s",
      "By ada <b>",
      "With horizon 12"
    ]);
  });
});
