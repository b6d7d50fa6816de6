// What must hold of every message: encoding undoes decoding, and nothing the platform sends is lost or renamed by mistake.
import fc from "fast-check";
import * as z from "zod";
import {describe, expect, it} from "vitest";
import * as wire from "../../lib/wire/index.js";
import {message} from "../../lib/wire/message.js";
import {wireName} from "../../lib/wire/names.js";

/** A moment that a string of whole epoch seconds can say. */
const moment = fc.integer({min: -1e9, max: 1e11}).map((s) => new Date(s * 1000));
const json = fc.jsonValue() as fc.Arbitrary<unknown>;
const key = fc.string().filter((name) => name !== "__proto__");
const freeMap = fc.dictionary(key, json, {noNullPrototype: true});
const text = fc.string();
const id = fc.string({minLength: 1});
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined});

const directory = optional(
  fc.record({directoryId: id, type: fc.constantFrom("APP", "FLOW", "DATASET", "MODEL"), name: id})
);

const messages: Record<string, [wire.Codec<unknown>, fc.Arbitrary<unknown>]> = {
  app: [
    wire.app,
    fc.record({
      appId: text,
      name: text,
      owner: text,
      description: text,
      icon: text,
      images: fc.array(text),
      directory,
      createdAt: moment,
      modifiedAt: moment,
      lastUsedAt: optional(moment.filter((time) => time.getTime() !== 0))
    })
  ],
  dataset: [
    wire.dataset,
    fc.record({
      appId: text,
      datasetId: text,
      name: text,
      filename: text,
      fileExtension: text,
      dataTypes: fc.dictionary(
        key,
        fc.record({
          dataType: fc.constantFrom("NUMERIC", "TEXT", "CATEGORICAL", "TIME"),
          dataFormats: fc.dictionary(key, id, {noNullPrototype: true})
        }),
        {noNullPrototype: true}
      ),
      directory,
      size: fc.nat(),
      isVisible: optional(fc.boolean()),
      createdAt: moment,
      modifiedAt: moment
    })
  ],
  model: [
    wire.model,
    fc.record({
      appId: text,
      modelId: text,
      name: text,
      latestVersionId: optional(id),
      directory,
      modelType: text,
      subModelType: text,
      description: text,
      createdAt: moment,
      modifiedAt: moment
    })
  ],
  modelVersion: [
    wire.modelVersion,
    fc.record({
      versionId: text,
      modelId: text,
      version: text,
      hyperparameters: freeMap,
      metrics: freeMap,
      createdAt: moment,
      modifiedAt: moment
    })
  ],
  flowDefinition: [
    wire.flowDefinition,
    fc.record({
      facets: fc.array(fc.record({facetId: id, facetUid: text, name: optional(id), arguments: freeMap})),
      arrows: fc.array(fc.record({source: text, destination: text, arguments: freeMap})),
      arguments: freeMap,
      variables: fc.dictionary(key, fc.record({facetName: optional(id), name: text}), {
        noNullPrototype: true
      }),
      modelVariables: fc.dictionary(key, freeMap, {noNullPrototype: true})
    })
  ],
  runLog: [
    wire.runLog,
    fc.record({
      logId: text,
      status: fc.constantFrom("SUCCESS", "FAILED", "STOPPED"),
      user: text,
      erroneousFacetId: optional(id),
      data: text,
      timestamp: moment
    })
  ],
  schedule: [
    wire.schedule,
    fc.record({
      name: text,
      startTime: moment,
      endTime: optional(moment.filter((time) => time.getTime() !== 0)),
      cron: text
    })
  ]
};

describe.each(Object.entries(messages))("%s", (_, [codec, arbitrary]) => {
  it("survives encoding and decoding, over JSON", () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const sent = JSON.parse(JSON.stringify(z.encode(codec, value))) as unknown;
        const expected = JSON.parse(JSON.stringify(value)) as unknown;
        expect(JSON.parse(JSON.stringify(z.decode(codec, sent)))).toEqual(expected);
      }),
      {numRuns: 60}
    );
  });

  it("is under the wire's names when encoded: none is in camel case", () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        for (const name of Object.keys(z.encode(codec, value) as object)) {
          expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
        }
      }),
      {numRuns: 10}
    );
  });
});

describe("a message", () => {
  const codec = message({appId: z.string(), data: z.string()}, {data: "message"});
  const known = ["appId", "data", "project_id", "message"];

  it("keeps whatever else is sent, under the name it came with", () => {
    const extras = fc.dictionary(
      key.filter((name) => !known.includes(name)),
      json,
      {noNullPrototype: true}
    );
    fc.assert(
      fc.property(extras, (extra) => {
        const sent = {...extra, project_id: "a", message: "m"};
        const decoded = z.decode(codec, sent);
        expect(decoded).toEqual({...extra, appId: "a", data: "m"});
        expect(z.encode(codec, decoded)).toEqual(sent);
      })
    );
  });

  it("prefers a field it knows to an unknown one of the same name", () => {
    expect(z.decode(codec, {project_id: "right", appId: "wrong", message: "m"})).toEqual({
      appId: "right",
      data: "m"
    });
  });
});

describe("a wire name", () => {
  it.each([
    ["appId", "project_id"],
    ["apps", "projects"],
    ["flowDirectories", "pipeline_directories"],
    ["triggerDownstreamFlows", "trigger_downstream_pipelines"],
    ["application", "application"],
    ["createdAt", "created_at"],
    ["name", "name"]
  ])("of %s is %s", (ours, theirs) => expect(wireName(ours)).toBe(theirs));
});
