// What is wrong with a flow is said before anything runs, with the facet's id and the mend.
import {describe, expect, it} from "vitest";
import {FlowFailure} from "../../../lib/platform/engine/index.js";
import {arrow, definitionOf, exportOf, facet, importOf, run} from "./flows.js";

const table = "a,b\n1,x\n2,y";
const given = {in: table};

async function failure(promise: Promise<unknown>): Promise<{facetId: string; message: string}> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(FlowFailure);
  const {facetId, message} = error as FlowFailure;
  return {facetId, message};
}

const simple = (middle: ReturnType<typeof facet>, variables = {}) =>
  definitionOf(
    [importOf("in", "in"), middle, exportOf("out")],
    [arrow(`in > ${middle.facet_id}`), arrow(`${middle.facet_id} > out`)],
    variables
  );

describe("a definition that can't run", () => {
  it.each<[string, unknown, string, string]>([
    ["is none", {facets: "none"}, "", "broken at facets"],
    ["has no facets", definitionOf([], []), "", "The flow has no facets: add"],
    [
      "uses an unknown uid",
      definitionOf([{...importOf("in", "in"), facet_uid: "I_999", name: "start"}], []),
      "in",
      "Facet 'start' has the uid 'I_999', which no facet type has"
    ],
    [
      "uses an id twice",
      definitionOf([importOf("in", "in"), importOf("in", "in")], []),
      "in",
      "Two facets have the id 'in'"
    ],
    [
      "has an arrow to nowhere",
      definitionOf([importOf("in", "in")], [arrow("in > uot")]),
      "",
      "An arrow's destination is 'uot', and no facet has this id; there is: 'in'"
    ],
    [
      "runs in a circle",
      definitionOf(
        [importOf("in", "in"), facet("a", "UNION"), facet("b", "COPY")],
        [arrow("in > a", {table_side: "top"}), arrow("b > a", {table_side: "bottom"}), arrow("a > b")]
      ),
      "a",
      "The arrows run in a circle"
    ],
    [
      "starts in the middle",
      definitionOf([facet("a", "COPY", {}, "lonely")], []),
      "a",
      "COPY 'lonely' needs one table and gets 0"
    ],
    [
      "gives a facet too many tables",
      definitionOf(
        [importOf("in", "in"), importOf("i2", "in"), facet("a", "COPY")],
        [arrow("in > a"), arrow("i2 > a")]
      ),
      "a",
      "COPY takes at most one table and gets 2"
    ],
    [
      "doesn't say which table is which",
      definitionOf(
        [importOf("in", "in"), importOf("i2", "in"), facet("a", "UNION")],
        [arrow("in > a"), arrow("i2 > a")]
      ),
      "a",
      "UNION needs the argument 'table_side' (top or bottom) on its arrow from 'in'"
    ],
    [
      "gives two tables one side",
      definitionOf(
        [importOf("in", "in"), importOf("i2", "in"), facet("a", "UNION")],
        [arrow("in > a", {table_side: "top"}), arrow("i2 > a", {table_side: "top"})]
      ),
      "a",
      "two tables as its top one"
    ],
    [
      "names a dataset that isn't there",
      definitionOf([importOf("in", "gone")], []),
      "in",
      "no dataset with the id 'gone'"
    ],
    [
      "leaves nothing behind",
      definitionOf([importOf("in", "in"), facet("a", "COPY")], [arrow("in > a")]),
      "",
      "The flow has no facet that leaves something behind: add an OUTPUT facet"
    ],
    [
      "leaves a required argument out",
      simple(facet("it", "SELECT")),
      "it",
      "argument 'target_columns' is missing: it takes a list of texts"
    ],
    [
      "gives a list where one is wanted",
      simple(facet("it", "TRANSPOSE", {header_column: ["a"]})),
      "it",
      `takes text, got ["a"]`
    ],
    [
      "gives one where a list is wanted",
      simple(facet("it", "SELECT", {target_columns: "a"})),
      "it",
      `takes a list of texts, got "a"`
    ],
    [
      "gives text for a number",
      simple(facet("it", "SAMPLE", {number_of_rows: "3"})),
      "it",
      `argument 'number_of_rows' takes a number, got "3"`
    ],
    [
      "takes an option that isn't one",
      simple(facet("it", "DEDUPLICATE", {keep: "best"})),
      "it",
      `'keep' is "best": give one of "first", "last"`
    ],
    [
      "misspells an argument of a map",
      simple(facet("it", "SORT", {sort_by: [{colum_name: "a"}]})),
      "it",
      "argument 'sort_by[0]' has no 'colum_name'; it has: 'column_name', 'order'"
    ],
    [
      "names a column that isn't there",
      simple(facet("it", "SELECT", {target_columns: ["A1"]}, "pick")),
      "it",
      "SELECT 'pick': the table has no column 'A1'; it has: 'a', 'b'"
    ],
    [
      "names a column twice",
      simple(facet("it", "SELECT", {target_columns: ["a", "A"]})),
      "it",
      "column 'a' is named twice"
    ],
    [
      "adds a column that is there",
      simple(facet("it", "ADD_PRIMARY_KEY", {output_column_name: "B"})),
      "it",
      "has a column 'B' already"
    ],
    [
      "sums text",
      simple(facet("it", "SUMMARY", {aggregations: [{column_name: "b", function: "sum"}]})),
      "it",
      "column 'b' holds no numbers"
    ],
    [
      "compares a number with a word",
      simple(facet("it", "FILTER", {conditions: [{column_name: "a", operator: "equals", value: "x"}]})),
      "it",
      "column 'a' holds numbers, and 'x' isn't one"
    ],
    [
      "exports twice under one name",
      definitionOf(
        [importOf("in", "in"), exportOf("o1"), exportOf("o2")],
        [arrow("in > o1"), arrow("in > o2")]
      ),
      "o2",
      "another EXPORTED facet writes the dataset 'out' too"
    ]
  ])("%s", async (_, definition, facetId, message) => {
    const failed = await failure(run(definition, given));
    expect(failed.message).toContain(message);
    expect(failed.facetId).toBe(facetId);
  });
});

describe("a run's variables", () => {
  const definition = simple(facet("it", "ADD_PRIMARY_KEY", {output_column_name: "id"}, "number"), {
    key: {facet_name: "number", name: "output_column_name"},
    lost: {facet_name: "nobody", name: "x"},
    wrong: {facet_name: "number", name: "no_such"}
  });

  it("set arguments", async () => {
    expect((await run(definition, given, {variables: {key: "row"}})).csv.out).toMatch(/^row,a,b/);
    expect((await run(definition, given)).csv.out).toMatch(/^id,a,b/);
  });

  it.each([
    ["kye", "x", "", "no run variable 'kye'; it has: 'key'"],
    ["lost", "x", "", "for a facet called 'nobody', and no facet is"],
    ["wrong", "x", "it", "sets 'no_such' of ADD_PRIMARY_KEY 'number', which has no such argument"],
    ["key", 7, "it", "argument 'output_column_name' takes text, got 7"]
  ])("fail: %s = %s", async (name, value, facetId, message) => {
    const failed = await failure(run(definition, given, {variables: {[name]: value}}));
    expect(failed.message).toContain(message);
    expect(failed.facetId).toBe(facetId);
  });
});

describe("a definition of an older form", () => {
  it("runs, and unknown arguments are noted", async () => {
    const {csv, notes} = await run(simple(facet("it", "COPY", {experiment_selection: [1], gone: 1})), given);
    expect(csv.out).toBe(table + "\n");
    expect(notes).toEqual([expect.stringContaining("COPY: argument 'gone' is unknown and was ignored")]);
  });

  it("may leave out what is empty, and wrap a map in a list", async () => {
    const {csv} = await run(
      {facets: [importOf("in", "in"), exportOf("out")], arrows: [{source: "in", destination: "out"}]},
      given
    );
    expect(csv.out).toBe(table + "\n");
  });
});

describe("a flow of several branches", () => {
  it("runs each facet after those it reads, however the definition orders them", async () => {
    const definition = definitionOf(
      [
        exportOf("o1", "joined"),
        facet("join", "JOIN", {left_columns: ["b"], right_columns: ["b"]}),
        facet("sum", "SUMMARY", {group_columns: ["b"], aggregations: [{column_name: "a", function: "sum"}]}),
        exportOf("o2", "sums"),
        importOf("in", "in")
      ],
      [
        arrow("join > o1"),
        arrow("sum > join", {table_side: "right"}),
        arrow("in > join", {table_side: "left"}),
        arrow("in > sum"),
        arrow("sum > o2")
      ]
    );
    const {csv, datasets} = await run(definition, {in: "a,b\n1,x\n2,y\n3,x"});
    expect(csv.joined).toBe("a,b,a_sum\n1,x,4\n2,y,2\n3,x,4\n");
    expect(csv.sums).toBe("b,a_sum\nx,4\ny,2\n");
    expect(datasets.map(({name, rows}) => [name, rows])).toEqual([
      ["joined", 3],
      ["sums", 2]
    ]);
  });

  it("lets an arrow between imports only say what comes first", async () => {
    const definition = definitionOf(
      [importOf("a", "a"), importOf("b", "b"), facet("u", "UNION", {option: "full"}), exportOf("out")],
      [
        arrow("a > b"),
        arrow("a > u", {table_side: "top"}),
        arrow("b > u", {table_side: "bottom"}),
        arrow("u > out")
      ]
    );
    expect((await run(definition, {a: "n\n1", b: "n\n2"})).csv.out).toBe("n\n1\n2\n");
  });

  it("goes on after an export", async () => {
    const definition = definitionOf(
      [importOf("in", "in"), exportOf("o1", "one"), exportOf("o2", "two")],
      [arrow("in > o1"), arrow("o1 > o2")]
    );
    const {csv} = await run(definition, given);
    expect(csv.two).toBe(csv.one);
  });

  it("blames the facet whose rows can't be worked out, not the one that reads them", async () => {
    const definition = definitionOf(
      [
        importOf("in", "in"),
        facet("bad", "NEW_COLUMNS", {new_columns: [{column_name: "n", formula: "b::INTEGER"}]}, "cast"),
        facet("next", "COPY"),
        exportOf("out")
      ],
      [arrow("in > bad"), arrow("bad > next"), arrow("next > out")]
    );
    const failed = await failure(run(definition, given));
    expect(failed.facetId).toBe("bad");
    expect(failed.message).toContain("NEW_COLUMNS 'cast': Could not convert string 'x' to INT32");
  });
});
