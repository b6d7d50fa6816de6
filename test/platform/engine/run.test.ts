// A run as a whole: the same result each time, progress told, stopped when asked, and nothing left behind.
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {type Progress, runFlow} from "../../../lib/platform/engine/index.js";
import {arrow, definitionOf, exportOf, facet, importOf, run} from "./flows.js";

// Fractions that no double holds exactly, so that each order of adding them gives another sum.
const rows = 120_000;
const many = [
  "id,g,x",
  ...Array.from({length: rows}, (_, i) => `${i},${(i * 7919) % 97},${((i * 104_729) % 1_000_003) / 1000}`)
].join("\n");

describe("a flow over many rows", () => {
  const definition = definitionOf(
    [
      importOf("in", "in"),
      facet("sums", "SUMMARY", {
        group_columns: ["g"],
        aggregations: ["sum", "mean", "std", "var", "median", "first"].map((name) => ({
          column_name: "x",
          function: name
        }))
      }),
      facet("join", "JOIN", {left_columns: ["g"], right_columns: ["g"], option: "left"}),
      facet("sample", "SAMPLE", {fraction: 0.1}),
      exportOf("out")
    ],
    [
      arrow("in > sums"),
      arrow("in > join", {table_side: "left"}),
      arrow("sums > join", {table_side: "right"}),
      arrow("join > sample"),
      arrow("sample > out")
    ]
  );

  it("gives the same bytes each time", async () => {
    const first = await run(definition, {in: many});
    expect(first.csv.out!.split("\n")).toHaveLength(rows / 10 + 2);
    for (let i = 0; i < 2; i++) expect((await run(definition, {in: many})).csv.out).toBe(first.csv.out);
  });

  it("keeps within its memory by spilling", async () => {
    const sort = definitionOf(
      [importOf("in", "in"), facet("it", "SORT", {sort_by: [{column_name: "x"}]}), exportOf("out")],
      [arrow("in > it"), arrow("it > out")]
    );
    const {datasets} = await run(sort, {in: many}, {memoryLimit: "40MB"});
    expect(datasets[0]!.rows).toBe(rows);
  });

  it("tells how far it is, step by step", async () => {
    const told: Progress[] = [];
    await run(definition, {in: many}, {onProgress: (progress) => told.push(progress)});
    expect([...new Set(told.map(({title, step, steps}) => `${step}/${steps} ${title}`))]).toEqual([
      "1/5 IMPORTED",
      "2/5 SUMMARY",
      "3/5 JOIN",
      "4/5 SAMPLE",
      "5/5 EXPORTED"
    ]);
    const fractions = told.map(({fraction}) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });
});

describe("stopping a run", () => {
  // Would take minutes: each pair of rows is looked at.
  const endless = definitionOf(
    [
      importOf("in", "in"),
      facet("it", "FREE_FORM_SQL", {query: "SELECT sum(a.x * b.x) AS s FROM dataset a, dataset b"}),
      exportOf("out")
    ],
    [arrow("in > it"), arrow("it > out")]
  );

  it("ends a statement under way, with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped by hand");
    const running = run(
      endless,
      {in: many},
      {
        signal: controller.signal,
        onProgress: ({title, step}) => {
          if (title === "EXPORTED" && step === 3) setTimeout(() => controller.abort(reason), 100);
        }
      }
    );
    await expect(running).rejects.toBe(reason);
  });

  it("starts nothing when it is stopped already", async () => {
    await expect(run(endless, {in: many}, {signal: AbortSignal.abort("no")})).rejects.toBe("no");
  });
});

describe("a run's folder", () => {
  it("holds the outputs and nothing else", async () => {
    const folder = await mkdtemp(join(tmpdir(), "engine-folder-"));
    try {
      const source = join(import.meta.dirname, "flows.ts");
      const definition = definitionOf([importOf("in", "in"), exportOf("out")], [arrow("in > out")]);
      const failing = runFlow({
        definition,
        folder,
        dataset: async () => ({name: "code", path: source, dataTypes: {}}),
        model: async () => undefined,
        customFacet: async () => undefined
      });
      await failing.catch(() => undefined);
      expect((await readdir(folder)).filter((name) => !name.endsWith("export.csv"))).toEqual([]);
    } finally {
      await rm(folder, {recursive: true});
    }
  });
});
