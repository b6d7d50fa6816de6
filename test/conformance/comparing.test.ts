// The comparisons themselves: what they let pass, and what they don't.
import {describe, expect, it} from "vitest";
import {sections, titleKey} from "./document.js";
import {keys, lines, listed, rows, text, type Check} from "./output.js";
import type {Outcome} from "./session.js";
import {missing, type Shape} from "./shape.js";

const flow: Shape = {name: "Flow", fields: {name: "text", schedule: "None", created_at: "a time"}};

describe("missing", () => {
  it("lets a value have more than the document shows", () => {
    expect(missing({items: [flow]}, {items: [flow, flow]})).toEqual([]);
    expect(missing(flow, {name: "Flow", fields: {...flow.fields, agent_access: "a truth value"}})).toEqual(
      []
    );
  });

  it("names what isn't there, or is of another kind", () => {
    const other: Shape = {name: "Flow", fields: {name: "text", created_at: "text"}};
    expect(missing(flow, other)).toEqual(["Flow.schedule", "Flow.created_at"]);
    expect(missing(flow, {name: "Model", fields: flow.fields})).toEqual(["Flow"]);
    expect(missing({items: [flow]}, {items: []})).toEqual([""]);
    expect(
      missing({name: "", fields: {a: {name: "", fields: {b: "text"}}}}, {name: "", fields: {a: "text"}})
    ).toEqual(["a"]);
  });

  it("compares a short list's last item with what is left", () => {
    const status = (name: string): Shape => ({name: "RunLog", fields: {status: name}});
    expect(missing({items: [status("SUCCESS"), status("SUCCESS")]}, {items: [status("SUCCESS")]})).toEqual(
      []
    );
    expect(missing({items: [status("SUCCESS")]}, {items: [status("FAILED")]})).toEqual(["RunLog.status"]);
  });

  it("compares only the values under keys that are data", () => {
    const types = (...columns: string[]): Shape => ({
      name: "",
      fields: {types: {name: "", fields: Object.fromEntries(columns.map((column) => [column, flow]))}}
    });
    expect(missing(types("Quantity"), types("Age", "Name"), ["types"])).toEqual([]);
    expect(missing(types("Quantity"), types(), ["types"])).toEqual(["types.*"]);
    expect(missing(types("Quantity"), types("Age"))).toEqual(["types.Quantity"]);
  });
});

/** Whether a check lets an output pass for a document's block. */
const passes = (check: Check, document: string, printed: string, value: unknown = null) => {
  const outcome: Outcome = {printed, value, warned: "", error: null};
  const given = {document, outcome} as Parameters<Check>[0];
  return Promise.resolve()
    .then(() => check(given))
    .then(
      () => true,
      () => false
    );
};

describe("outputs", () => {
  it("compares texts but for spaces, facet ids and what is left out", async () => {
    const document = "{'facet_id': '873e0503',\n 'name': ''}\n...\n{'source': '873e0503'}";
    expect(
      await passes(text(), document, "{'facet_id': '0', 'name': ''} {'arrows': 1} {'source': '0'}")
    ).toBe(true);
    expect(
      await passes(text(), document, "{'facet_id': '0', 'name': ''} {'arrows': 1} {'source': '1'}")
    ).toBe(false);
    expect(await passes(text(), document, "{'source': '0'} {'facet_id': '0', 'name': ''}")).toBe(false);
    expect(await passes(text(["old", "new"]), "old", "new")).toBe(true);
    expect(await passes(text(["old", "new"]), "old", "old")).toBe(false);
  });

  it("compares lines in their order", async () => {
    expect(await passes(lines, "a: TEXT\nb: NUMBER\n...", "a: TEXT\nextra\nb: NUMBER = 1")).toBe(true);
    expect(await passes(lines, "a: TEXT\nb: NUMBER", "b: NUMBER\na: TEXT")).toBe(false);
  });

  it("looks for each key and each listed value", async () => {
    expect(await passes(keys(), "{'a': 1, 'b': {'c': 2}}", "a: 1\n{'b': 2, 'c': 3}")).toBe(true);
    expect(await passes(keys(), "{'a': 1, 'b': 2}", "{'a': 1}")).toBe(false);
    expect(await passes(keys({b: "a reason"}), "{'a': 1, 'b': 2}", "{'a': 1}")).toBe(true);
    expect(
      await passes(keys({b: "a reason that no longer holds"}), "{'a': 1, 'b': 2}", "{'a': 1, 'b': 2}")
    ).toBe(false);
    expect(await passes(listed, "['Linear', 'Svm']", "['Ai Cast', 'Linear', 'Svm']")).toBe(true);
    expect(await passes(listed, "['Linear', 'Svm']", "['Linear']")).toBe(false);
  });

  it("compares tables cell by cell", async () => {
    const table = "| name | n |\n|------|---|\n| a    | 1 |";
    expect(await passes(rows, table, "", {columns: ["name", "n"], rows: [["a", 1]]})).toBe(true);
    expect(await passes(rows, table, "", {columns: ["name", "n"], rows: [["a", 2]]})).toBe(false);
    expect(await passes(rows, table, "", {columns: ["name"], rows: [["a"]]})).toBe(false);
  });
});

describe("sections", () => {
  it("cuts a document into blocks of Python and tables, and takes no comment for a heading", () => {
    const markdown = [
      "# Title",
      "```sh\npip install ikigai\n```",
      "## One",
      "```py\n# not a heading\nx = 1\n```",
      "The output:",
      "| a |\n|---|\n| 1 |",
      "### Two",
      "```py\ny = 2\n```"
    ].join("\n\n");
    expect(sections(markdown)).toEqual([
      {title: "One", blocks: ["# not a heading\nx = 1", "| a |\n|---|\n| 1 |"]},
      {title: "Two", blocks: ["y = 2"]}
    ]);
  });

  it("knows a section by its title in each edition", () => {
    expect(titleKey("Flow Builder & Facet Builder Objects")).toBe(
      titleKey("Flow Builder and Facet Builder Objects")
    );
    expect(titleKey("Showing Details of Model Version")).toBe(titleKey("Showing Details of a Model Version"));
    expect(titleKey("Showing Details of a Model")).not.toBe(titleKey("Showing Details of a Model Version"));
  });
});
