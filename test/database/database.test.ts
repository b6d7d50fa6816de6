// What a database refuses before it opens, what it remembers, and how it adds up its progress; the rest needs a browser.
import {describe, expect, it} from "vitest";
import {database} from "../../lib/database/index.js";
import {once} from "../../lib/database/once.js";
import {Tasks} from "../../lib/database/progress.js";

const file = (name: string) => ({name, url: async () => `https://site.example/${name}`});

describe("database", () => {
  it("names its tables without opening", () => {
    expect(database({forecast: file("a.parquet"), history: file("b.csv")}).tables).toEqual([
      "forecast",
      "history"
    ]);
  });

  it("refuses what is no file, has no known format, or two tables that SQL can't tell apart", () => {
    expect(() => database({forecast: "a.parquet" as never})).toThrow(
      'database: table "forecast" needs a file, such as {forecast: FileAttachment("data/forecast.parquet")}'
    );
    expect(() => database({sheet: file("a.xlsx")})).toThrow(
      'database: table "sheet" can\'t be read from a.xlsx: give it a file that ends in .parquet, .arrow, .csv, .tsv, .json'
    );
    expect(() => database({Sales: file("a.csv"), sales: file("b.csv")})).toThrow(
      '"Sales" and "sales" are one name'
    );
  });

  it("refuses to open a table that it doesn't have", async () => {
    await expect(database({a: file("a.csv")}).open("b")).rejects.toThrow(
      'The database has no table "b", but a'
    );
  });

  it("answers nothing once it is closed", async () => {
    const db = database({a: file("a.csv")});
    await db.close();
    await expect(db.sql`FROM a`).rejects.toThrow("The database is closed");
  });
});

describe("once", () => {
  it("gives all callers one promise, and starts again after a failure", async () => {
    let runs = 0;
    const work = once(async () => {
      if (++runs === 1) throw new Error("first");
      return runs;
    });
    const [a, b] = await Promise.allSettled([work(), work()]);
    expect([a.status, b.status]).toEqual(["rejected", "rejected"]);
    expect(runs).toBe(1);
    expect(await Promise.all([work(), work()])).toEqual([2, 2]);
    expect(runs).toBe(2);
  });
});

describe("Tasks", () => {
  it("sums up what runs at once, and remembers a failure until the next task", async () => {
    const tasks = new Tasks();
    const seen: unknown[] = [];
    const unsubscribe = tasks.subscribe((progress) => seen.push(progress));
    const failure = new Error("no");
    await Promise.allSettled([
      tasks.run("opening", async (report) => report(0.5)),
      tasks.run("loading a", async () => {
        throw failure;
      })
    ]);
    expect(seen).toEqual([
      {message: "", fraction: 1},
      {message: "Opening", fraction: 0},
      {message: "Opening", fraction: 0.5},
      {message: "Opening, loading a", fraction: 0.25},
      {message: "Loading a", fraction: 0, error: undefined},
      {message: "", fraction: 1, error: failure}
    ]);
    unsubscribe();
    await tasks.run("again", async () => {});
    expect(seen).toHaveLength(6);
    expect(tasks.progress).toEqual({message: "", fraction: 1});
  });
});
