// Definitions as they are read: from the platform, from a file, and from older versions.
import {describe, expect, it} from "vitest";
import {FlowBuilder, FlowDefinition} from "../../lib/definition/index.js";
import {createFlow, encodeRequest} from "../../lib/wire/index.js";
import {facets} from "./platform-specs.js";

const built = () =>
  new FlowBuilder()
    .facet({facetType: facets.INPUT.IMPORTED, name: "in", arguments: {header: true, fileType: "csv"}})
    .variables({dataset: "dataset_id"})
    .facet({facetType: facets.OUTPUT.EXPORTED})
    .build();

describe("a flow definition", () => {
  it("reads what was written, as an object and as text", () => {
    const json = built().toJSON();
    expect(FlowDefinition.from(json).toJSON()).toEqual(json);
    expect(FlowDefinition.from(JSON.stringify(json, null, 2)).toJSON()).toEqual(json);
    expect(FlowDefinition.from(built()).equals(built())).toBe(true);
  });

  it("shares nothing with what it was read from", () => {
    const json = built().toJSON();
    FlowDefinition.from(json).facets[0]!.arguments["header"] = false;
    expect(json.facets[0]!.arguments["header"]).toBe(true);
  });

  it("is sent as it stands", () => {
    const flow = {appId: "a", name: "f", directory: null, highVolumePreference: false, schedule: null};
    const {body} = encodeRequest(createFlow, {flow: {...flow, definition: built()}});
    expect((JSON.parse(body!) as {pipeline: {definition: unknown}}).pipeline.definition).toEqual(
      built().toJSON()
    );
  });

  it("reads what the platform left out or added", () => {
    const bare = FlowDefinition.from({facets: [{facet_id: "a", facet_uid: "I_005", colour: "red"}]});
    expect(bare.toJSON()).toEqual({
      facets: [{facet_id: "a", facet_uid: "I_005", name: "", arguments: {}, colour: "red"}],
      arrows: [],
      arguments: {},
      variables: {},
      model_variables: {}
    });
  });

  it.each<[string, object | string, string]>([
    ["text that isn't JSON", "{facets", "A flow definition must be JSON: "],
    ["something else", "[1]", "Flow definition: the whole of it is [1]: expected an object."],
    [
      "a facet without an id",
      {facets: [{facet_uid: "I_005"}]},
      "facets[0].facet_id is missing: expected a string."
    ],
    [
      "an arrow to nowhere",
      {arrows: [{source: "a", destination: 3}]},
      "arrows[0].destination is 3: expected a string."
    ]
  ])("refuses %s", (_, source, message) => {
    expect(() => FlowDefinition.from(source)).toThrow(message);
  });

  it("equals one that does the same", () => {
    const {
      facets: [input, output],
      ...rest
    } = built().toJSON();
    const renumbered = {
      ...rest,
      facets: [
        {...input!, facet_id: "e64b5624", arguments: {file_type: "csv", header: true}},
        {...output!, facet_id: "31376ee2"}
      ],
      arrows: [{source: "e64b5624", destination: "31376ee2", arguments: {}}]
    };
    expect(FlowDefinition.from(renumbered).equals(built())).toBe(true);
    const other = {...renumbered, facets: [{...renumbered.facets[0]!, arguments: {}}, renumbered.facets[1]!]};
    expect(FlowDefinition.from(other).equals(built())).toBe(false);
    expect(FlowDefinition.from({...renumbered, arrows: []}).equals(built())).toBe(false);
  });

  it("is a graph to draw", () => {
    expect(built().graph(facets)).toEqual({
      facets: [
        {facetId: "0", name: "in", type: "IMPORTED", chain: "INPUT"},
        {facetId: "1", name: "", type: "EXPORTED", chain: "OUTPUT"}
      ],
      arrows: [{source: "0", destination: "1"}]
    });
    expect(built().graph().facets[0]).toEqual({facetId: "0", name: "in", type: "I_005", chain: ""});
  });
});

describe("an older definition", () => {
  const read = (uid: string, args: object, name = "") =>
    FlowDefinition.from({facets: [{facet_id: "7", facet_uid: uid, name, arguments: args}]}, facets);

  it("has its arguments renamed, and those that are gone dropped with a warning", () => {
    const definition = read("M_016", {
      model_name: "m",
      submodel_type: "Lasso",
      experiment_selection: {},
      shuffle: true
    });
    expect(definition.facets[0]!.arguments).toEqual({model_name: "m", sub_model_type: "Lasso"});
    expect(definition.warnings).toEqual([
      'Dropped the argument "experiment_selection" of the PREDICT facet with id 7: it has no such argument any more.',
      'Dropped the argument "shuffle" of the PREDICT facet with id 7: it has no such argument any more.'
    ]);
  });

  it("has a map out of a list where the spec has a map, and keeps lists of maps", () => {
    const metrics = [{metric: "mean_absolute_error"}];
    const definition = read("M_043", {processing: [{type: "base"}], model_selection: [], metrics}, "cast");
    expect(definition.facets[0]!.arguments).toEqual({
      processing: {type: "base"},
      model_selection: {},
      metrics
    });
    expect(definition.warnings).toEqual([]);
    expect(read("M_043", {processing: [{type: "base"}, {}]}, "cast").warnings).toEqual([
      'Kept only the first map of the argument "processing" of the AI_CAST facet "cast": it takes a single one now.'
    ]);
  });

  it("keeps a facet whose type isn't known, but for what was renamed everywhere", () => {
    const definition = read("X_001", {submodel_type: "Lasso", experiment_selection: {}});
    expect(definition.facets[0]!.arguments).toEqual({sub_model_type: "Lasso", experiment_selection: {}});
    expect(definition.warnings).toEqual([]);
  });

  it("is upgraded only when facet types are at hand", () => {
    const old = {facets: [{facet_id: "0", facet_uid: "M_003", arguments: {submodel_type: "x"}}]};
    const definition = FlowDefinition.from(old);
    expect(definition.facets[0]!.arguments).toEqual({submodel_type: "x"});
    expect(definition.upgrade(facets).facets[0]!.arguments).toEqual({});
  });
});
