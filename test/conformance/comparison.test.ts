// What counts as the same request, and what a declared difference explains and what it doesn't.
import {describe, expect, it} from "vitest";
import {claims, comparable, compare, type Difference} from "./comparison.js";
import type {RecordedRequest} from "./recorder.js";

const headers = {user: "bob@example.com", "api-key": "<key>"};

/** `GET /path?name=value`, and a body. */
function ask(text: string, body?: unknown): RecordedRequest {
  const [method = "", url = ""] = text.split(" ");
  const [path = "", query] = url.split("?");
  const fields = Object.fromEntries(new URLSearchParams(query));
  return {method, path, query: fields, headers, ...(body !== undefined && {body})};
}

const at = ["apps", "gets an app"] as const;
const agreement = (
  python: RecordedRequest[],
  typescript: RecordedRequest[],
  differences: Difference[] = []
) => compare({python, typescript}, differences, at);
const same = {python: [], typescript: []};

describe("comparable requests", () => {
  const now = Math.floor(Date.now() / 1000);
  const requests = (app: string, dataset: string, time: number): RecordedRequest[] => [
    ask(`GET /component/get-dataset?project_id=${app}&dataset_id=${dataset}`),
    ask("POST /component/edit-dataset", {
      dataset: {dataset_id: dataset, name: `Sales ${now}`},
      start_time: String(time),
      end_time: "1893456000",
      etags: {1: `"${"a".repeat(32)}"`}
    }),
    ask(`GET /object-store/datasets/${dataset}?Expires=${time}&Signature=${time}${app}`)
  ];
  const [a, b, c] = ["A", "B", "C"].map((letter) => letter.repeat(27)) as [string, string, string];

  it("are without ids, times of today, ETags and signatures", () => {
    const compared = comparable(requests(a, b, now));
    expect(compared).toEqual(comparable(requests(b, c, now + 99)));
    expect(compared).not.toEqual(comparable(requests(a, a, now)));
    expect(compared[1]!.body).toEqual({
      dataset: {dataset_id: "<id 2>", name: `Sales ${now}`},
      start_time: "<now>",
      end_time: "1893456000",
      etags: {1: "<etag>"}
    });
    expect(compared[2]).toMatchObject({path: "/object-store/datasets/<id 2>", query: {}});
  });

  it("call an id by what was made with it, in whatever order they come", () => {
    const made = new Map([
      [a, "project 1"],
      [b, "dataset 7"]
    ]);
    const [first, , last] = comparable(requests(a, b, now), made);
    expect(first!.query).toEqual({project_id: "<project 1>", dataset_id: "<dataset 7>"});
    expect(last!.path).toBe("/object-store/datasets/<dataset 7>");
  });
});

describe("two clients", () => {
  it("agree when they ask the same, whatever the order of fields and of reads between two writes", () => {
    const write = (body: object) => ask("POST /edit", body);
    const [one, two] = [ask("GET /one?a=1&b=2"), ask("GET /two")];
    const python = [one, two, write({a: 1, b: {c: 2, d: 3}}), one];
    const typescript = [two, ask("GET /one?b=2&a=1"), write({b: {d: 3, c: 2}, a: 1}), one];
    expect(agreement(python, typescript)).toEqual({...same, shown: []});
  });

  it("disagree over a value, a field, a header, a call more, and the order of writes", () => {
    const write = ask("POST /edit", {a: 1});
    for (const other of [
      ask("POST /edit", {a: "1"}),
      ask("POST /edit", {a: 1, b: null}),
      ask("POST /edit?a=1", {a: 1}),
      {...write, headers: {}}
    ]) {
      expect(agreement([write], [other])).toMatchObject({python: [write], typescript: [other]});
    }
    expect(agreement([write], [write, write])).toMatchObject({python: [], typescript: [write]});
    const another = ask("POST /delete");
    expect(agreement([write, another], [another, write])).toMatchObject({
      python: [write],
      typescript: [write]
    });
    const read = ask("GET /one");
    expect(agreement([read, write], [write, read])).toMatchObject({python: [read], typescript: [read]});
    expect(agreement([read, write], [read, write, read])).toMatchObject({python: [], typescript: [read]});
  });

  it("may ask as often as they like whether something has ended", () => {
    const [poll, other] = ["a", "b"].map((id) => ask(`GET /component/is-pipeline-running?pipeline_id=${id}`));
    expect(agreement([poll!, poll!, poll!], [poll!])).toMatchObject(same);
    expect(agreement([poll!, poll!], [other!])).toMatchObject({python: [poll], typescript: [other]});
    expect(agreement([poll!], [])).toMatchObject({python: [poll]});
  });
});

describe("a declared difference", () => {
  const byName = ask("GET /component/get-dataset?project_id=p&name=Sales");
  const listed = ask("GET /component/get-datasets-for-project?project_id=p&fetch_all=True");
  const instead: Difference = {
    why: "",
    instead: [
      [
        "GET /component/get-dataset?project_id=*&name=*",
        "GET /component/get-datasets-for-project?project_id=*&fetch_all=True"
      ]
    ]
  };

  it("explains one call for another, one by one and with the same values", () => {
    expect(agreement([byName], [listed], [instead])).toEqual({...same, shown: claims([instead])});
    expect(agreement([byName], [listed, listed], [instead])).toMatchObject({
      python: [],
      typescript: [listed]
    });
    const elsewhere = ask("GET /component/get-datasets-for-project?project_id=q&fetch_all=True");
    expect(agreement([byName], [elsewhere], [instead])).toMatchObject({shown: [], python: [byName]});
    const more = ask("GET /component/get-dataset?project_id=p&name=Sales&extra=1");
    expect(agreement([more], [listed], [instead])).toMatchObject({shown: [], python: [more]});
  });

  it("explains calls of one client only where it is declared", () => {
    const only = (...places: string[]): Difference => ({
      why: "",
      only: "typescript",
      asks: ["GET /component/get-dataset?project_id=*&name=*"],
      in: places
    });
    expect(agreement([], [byName], [only("apps")])).toEqual({...same, shown: claims([only("apps")])});
    expect(agreement([], [byName], [only("gets an app")])).toMatchObject(same);
    expect(agreement([], [byName], [only("flows")])).toMatchObject({typescript: [byName], shown: []});
    expect(agreement([byName], [], [only("apps")])).toMatchObject({python: [byName], shown: []});
  });

  it("explains a blank field of a body, and no other", () => {
    const blank: Difference = {why: "", bodies: ["POST /create"], blanks: ["flow.definition.arguments"]};
    const create = (definition: object) => ask("POST /create", {flow: {definition}});
    const [python, typescript] = [create({facets: []}), create({facets: [], arguments: {}})];
    expect(agreement([python], [typescript], [blank])).toEqual({...same, shown: claims([blank])});
    expect(agreement([python], [python], [blank])).toEqual({...same, shown: []});
    expect(agreement([typescript], [typescript], [blank])).toEqual({...same, shown: []});
    expect(agreement([python], [create({facets: [1], arguments: {}})], [blank]).python).toHaveLength(1);
    expect(agreement([python], [create({facets: [], arguments: {a: 1}})], [blank]).python).toHaveLength(1);
    expect(agreement([ask("POST /create", {})], [ask("POST /create", {})], [blank])).toMatchObject(same);
  });
});
