// Each check of `npm run chaos` finds what it is for, and nothing where all is well.
import {describe, expect, it} from "vitest";
import {
  grownMemory,
  lostRuns,
  stuck,
  wrongOrders,
  wrongRuns,
  wrongSaves,
  type Found
} from "../../faults/chaos/checks.js";
import type {Press} from "../../faults/chaos/records.js";
import type {Run} from "../../lib/gateway-api/index.js";

const run = (id: string, changes: Partial<Run> = {}) =>
  ({
    id,
    status: "done",
    variables: {mark: `m-${id}`},
    startedAt: "2026-01-01T00:00:00Z",
    data: null,
    ...changes
  }) as Run;
const runs = (...all: Run[]) => new Map(all.map((one) => [one.id, one]));
const press = (id: string, result: Partial<Press> = {}): Press => ({
  mark: `m-${id}`,
  viewer: "v",
  run: id,
  ...result
});

describe("lostRuns", () => {
  const whole: Found = {
    answered: runs(run("a")),
    journal: runs(run("a")),
    audit: new Map([["a", ["start", "end"]]])
  };
  it("finds nothing where all is there, and asks nothing of what wasn't accepted", () => {
    expect(lostRuns([press("a"), press("b", {run: null}), {mark: "m-c", viewer: "v"}], whole)).toEqual([]);
  });
  it.each<[string, Partial<Found>]>([
    ["run a was accepted, and is not in the history", {answered: runs()}],
    ["run a was accepted, and is not in the journal", {journal: runs()}],
    [
      "run a has the mark m-b in the history, not m-a",
      {answered: runs(run("a", {variables: {mark: "m-b"}}))}
    ],
    ["run a has no end in the journal: it is running", {journal: runs(run("a", {status: "running"}))}],
    ["run a has no end in the audit", {audit: new Map([["a", ["start"]]])}],
    ["run a has no start in the audit", {audit: new Map([["a", ["end"]]])}]
  ])("finds: %s", (problem, broken) => {
    expect(lostRuns([press("a")], {...whole, ...broken})).toEqual([problem]);
  });
});

describe("wrongRuns", () => {
  it.each<[string[], Press[], string[]]>([
    [["m-a", "m-b"], [press("a"), press("b", {run: undefined})], []],
    [["m-a", "m-a"], [press("a")], ["m-a was run 2 times"]],
    [["m-x", "m-a"], [press("a")], ["m-x was run, and not asked for"]],
    [["m-a"], [press("a", {run: null})], ["m-a was refused, and run all the same"]],
    [[], [press("a")], ["m-a is said to be done, and was never run"]]
  ])("of the ledger %j and %j finds %j", (ledger, presses, problems) => {
    expect(wrongRuns(presses, ledger, runs(run("a")))).toEqual(problems);
  });
});

it("stuck finds runs that go on, data that is being published, and flows that aren't idle", () => {
  expect(stuck([], {Orders: "IDLE"})).toEqual([]);
  const publishing = run("b", {data: {status: "publishing", message: "", at: null}});
  expect(stuck([run("a", {status: "running"}), publishing], {Orders: "RUNNING"})).toEqual([
    "run a is still running, its data none",
    "run b is still done, its data publishing",
    "the platform's flow Orders is still RUNNING"
  ]);
});

it("wrongSaves finds flows that are gone, and flows that are still there", () => {
  const save = (name: string, deleted: boolean | undefined) => ({
    key: `saved:${name}`,
    name,
    viewer: "v",
    deleted
  });
  const saves = [save("kept", false), save("gone", true), save("unknown", undefined)];
  expect(wrongSaves(saves, new Set(["saved:kept"]), new Set(["kept"]))).toEqual([]);
  expect(wrongSaves(saves, new Set(["saved:gone"]), new Set(["gone"]))).toEqual([
    "kept was saved, and isn't in the list",
    "kept was saved, and isn't on the platform",
    "gone was deleted, and is in the list",
    "gone was deleted, and is on the platform"
  ]);
});

it("wrongOrders finds a site without what the last run wrote", () => {
  const presses = [press("a"), press("b"), press("c"), press("d")];
  const known = runs(run("a"), run("b"), run("c", {status: "lost"}), run("d", {status: "failed"}));
  const ledger = ["m-a", "m-b", "m-c", "m-d"];
  expect(wrongOrders("m-b", ledger, presses, known)).toEqual([]);
  expect(wrongOrders("m-c", ledger, presses, known)).toEqual([]);
  for (const old of ["none", "m-a", "m-d"])
    expect(wrongOrders(old, ledger, presses, known)).toEqual([
      `the site has the orders of ${old}, not of m-b`
    ]);
});

it("grownMemory finds growth that goes on, but not a moment's", () => {
  const samples = (megabytes: (i: number) => number) =>
    Array.from({length: 60}, (_, at) => ({at, megabytes: megabytes(at)}));
  expect(grownMemory(samples((i) => 200 + (i % 7) * 10))).toEqual([]);
  expect(grownMemory(samples((i) => (i === 50 ? 900 : 200)))).toEqual([]);
  expect(grownMemory(samples((i) => 200 + 3 * i))).toEqual([
    "the gateway grew from 230 MB to 350 MB in 59 s"
  ]);
  expect(grownMemory([])).toEqual(["the gateway's memory was measured only 0 times"]);
});
