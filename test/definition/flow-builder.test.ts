// Building flows: the document's own samples in TypeScript, and what a builder refuses.
import {describe, expect, it} from "vitest";
import {FlowBuilder, ValidationError, type FacetType} from "../../lib/definition/index.js";
import {facets} from "./platform-specs.js";

const {IMPORTED} = facets.INPUT;
const {COUNT, UNION} = facets.MID;
const {EXPORTED} = facets.OUTPUT;

const imported = {datasetId: "my-input-dataset-id", fileType: "csv", header: true, useRawFile: false};
const count = {outputColumnName: "count", sort: true, targetColumns: ["col1", "col2"]};
const exported = {datasetName: "my-output-dataset-name", fileType: "csv", header: true};

/** What the document prints for both of its samples of three facets, but with the ids that clients send now. */
const threeFacets = {
  facets: [
    {
      facet_id: "0",
      facet_uid: "I_005",
      name: "",
      arguments: {dataset_id: "my-input-dataset-id", file_type: "csv", header: true, use_raw_file: false}
    },
    {
      facet_id: "1",
      facet_uid: "M_003",
      name: "",
      arguments: {output_column_name: "count", sort: true, target_columns: ["col1", "col2"]}
    },
    {
      facet_id: "2",
      facet_uid: "O_005",
      name: "",
      arguments: {dataset_name: "my-output-dataset-name", file_type: "csv", header: true}
    }
  ],
  arrows: [
    {source: "0", destination: "1", arguments: {}},
    {source: "1", destination: "2", arguments: {}}
  ],
  arguments: {},
  variables: {},
  model_variables: {}
};

/** The problems of what a function throws, which must be a `ValidationError`. */
function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ValidationError) return error.problems;
    throw error;
  }
  return [];
}

describe("a flow builder", () => {
  it("chains facets in one go", () => {
    const definition = new FlowBuilder()
      .facet({facetType: IMPORTED})
      .arguments(imported)
      .facet({facetType: COUNT})
      .arguments(count)
      .facet({facetType: EXPORTED})
      .arguments(exported)
      .build();
    expect(JSON.stringify(definition)).toBe(JSON.stringify(threeFacets));
  });

  it("chains facets one by one, and builds from the builder or any facet", () => {
    const builder = new FlowBuilder();
    const first = builder.facet({facetType: IMPORTED, arguments: imported});
    const second = first.facet({facetType: COUNT, arguments: count});
    const third = second.facet({facetType: EXPORTED, arguments: exported});
    expect(builder.build().toJSON()).toEqual(threeFacets);
    for (const facet of [first, second, third]) expect(facet.build().equals(builder.build())).toBe(true);
  });

  it("joins branches with arrows that say which side is theirs", () => {
    const builder = new FlowBuilder();
    const import1 = builder.facet({facetType: IMPORTED}).arguments(imported);
    const import2 = import1.facet({facetType: IMPORTED}).arguments(imported);
    const union = builder
      .facet({facetType: UNION, name: "union"})
      .addArrow(import1, {tableSide: "top"})
      .addArrow(import2, {table_side: "bottom"})
      .arguments({option: "full"});
    const {facets, arrows} = union.facet({facetType: EXPORTED}).arguments(exported).build().toJSON();
    expect(facets[2]).toEqual({
      facet_id: "2",
      facet_uid: "M_019",
      name: "union",
      arguments: {option: "full"}
    });
    expect(arrows).toEqual([
      {source: "0", destination: "1", arguments: {}},
      {source: "0", destination: "2", arguments: {table_side: "top"}},
      {source: "1", destination: "2", arguments: {table_side: "bottom"}},
      {source: "2", destination: "3", arguments: {}}
    ]);
  });

  it("says on a chained facet what its arrow says", () => {
    const builder = new FlowBuilder();
    const top = builder.facet({facetType: IMPORTED});
    const union = top.facet({facetType: UNION, arrowArguments: {tableSide: "top"}});
    union.addArrow(builder.facet({facetType: IMPORTED}), {tableSide: "bottom"});
    expect(union.build().toJSON().arrows[0]).toEqual({
      source: "0",
      destination: "1",
      arguments: {table_side: "top"}
    });
  });

  it("merges arguments: maps at every depth, anything else is replaced", () => {
    const facet = new FlowBuilder().facet({facetType: IMPORTED});
    facet.arguments({libraries: ["pandas"], header: true});
    facet.arguments({libraries: ["numpy"], script: undefined, sheetName: null});
    expect(facet.build().toJSON().facets[0]!.arguments).toEqual({
      libraries: ["numpy"],
      header: true,
      sheet_name: null
    });
  });

  it("takes a copy of what it is given, and gives copies", () => {
    const columns = ["a"];
    const facet = new FlowBuilder().facet({facetType: IMPORTED}).arguments({columnNames: columns});
    columns.push("b");
    facet.build().facets[0]!.arguments["column_names"] = ["c"];
    expect(facet.build().facets[0]!.arguments).toEqual({column_names: ["a"]});
  });

  it("spells names inside maps as well", () => {
    const facet = new FlowBuilder().facet({facetType: IMPORTED}).arguments({
      dataTypes: [{columnName: "month", dataType: "TIME", dataFormats: [{key: "format", value: "%Y"}]}]
    });
    expect(facet.build().facets[0]!.arguments).toEqual({
      data_types: [{column_name: "month", data_type: "TIME", data_formats: [{key: "format", value: "%Y"}]}]
    });
  });

  it("goes on after a build", () => {
    const builder = new FlowBuilder();
    const facet = builder.facet({facetType: IMPORTED});
    expect(builder.build().facets).toHaveLength(1);
    facet.arguments({header: false}).facet({facetType: EXPORTED});
    expect(builder.build().facets.map((f) => f.arguments)).toEqual([{header: false}, {}]);
  });

  it("warns of a facet type that is on its way out", () => {
    const old = Object.assign(Object.create(COUNT) as FacetType, {isDeprecated: true});
    const {warnings} = new FlowBuilder().facet({facetType: IMPORTED}).facet({facetType: old}).build();
    expect(warnings).toContain("The COUNT facet with id 1 is of a deprecated type.");
  });

  it("warns of required arguments that nobody gives, nor a run", () => {
    const input = new FlowBuilder()
      .facet({facetType: IMPORTED, name: "in"})
      .variables({dataset: "dataset_id"});
    const output = input.facet({facetType: COUNT, arguments: {sort: false}});
    expect(output.build().warnings).toEqual([
      'The IMPORTED facet "in" has no use_raw_file yet, which it requires.',
      "The COUNT facet with id 1 has no target_columns yet, which it requires."
    ]);
    input.arguments({useRawFile: false});
    output.arguments(count);
    expect(output.build().warnings).toEqual([]);
  });
});

describe("arguments", () => {
  const give = (values: object) =>
    problemsOf(() => new FlowBuilder().facet({facetType: IMPORTED}).arguments(values));

  it.each<[object, string]>([
    [{dataset: "x"}, "is unknown. Did you mean dataset_id? Known are dataset_id, use_raw_file, "],
    [{colour: "x"}, 'Argument "colour" of the IMPORTED facet with id 0 is unknown. Known are dataset_id, '],
    [{dataset_id: null}, "is required, got null."],
    [{dataset_id: 7}, "must be a string, got 7."],
    [{header: "yes"}, 'Argument "header" of the IMPORTED facet with id 0 must be a boolean, got "yes".'],
    [{headerRowNumber: "1"}, 'must be a number, got "1".'],
    [{header_row_number: NaN}, "must be a number, got NaN."],
    [{header_row_number: Infinity}, "must be a number, got Infinity."],
    [{libraries: "pandas"}, 'must be a list, got "pandas".'],
    [
      {libraries: ["pandas", 3]},
      'Argument "libraries[1]" of the IMPORTED facet with id 0 must be a string, got 3.'
    ],
    [{file_type: "xlx"}, 'must be one of csv, xlsx or xls (did you mean xlsx?), got "xlx".'],
    [{file_type: ["csv"]}, "must be one of csv, xlsx or xls, got a list."],
    [
      {data_types: [new Date()]},
      "must be an object with column_name, data_formats or data_type, got a Date."
    ],
    [
      {dataTypes: [{column: "a"}]},
      'Argument "dataTypes[0].column" of the IMPORTED facet with id 0 is unknown.'
    ],
    [{dataTypes: [{data_type: "TEX"}]}, "(did you mean TEXT?)"],
    [{datasetId: "a", dataset_id: "b"}, "is given twice, in two spellings of dataset_id."],
    [{script: "x".repeat(100), sheet_name: () => ""}, "must be a string, got a function."]
  ])("like %j are refused", (values, expected) => {
    const problems = give(values);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  it("are refused all at once, and then none is set", () => {
    const facet = new FlowBuilder().facet({facetType: IMPORTED, name: "sales"}).arguments({header: true});
    const problems = problemsOf(() => facet.arguments({header: false, dataset_id: 1, libraries: {}}));
    expect(problems).toEqual([
      'Argument "dataset_id" of the IMPORTED facet "sales" must be a string, got 1.',
      'Argument "libraries" of the IMPORTED facet "sales" must be a list, got an object.'
    ]);
    expect(facet.build().facets[0]!.arguments).toEqual({header: true});
  });

  it("must be given as an object", () => {
    expect(() => new FlowBuilder().facet({facetType: IMPORTED}).arguments("csv" as never)).toThrow(
      /^The arguments of the IMPORTED facet with id 0 must be an object with dataset_id, .*, got "csv"\.$/
    );
  });

  it("that fail keep their facet out of the flow", () => {
    const builder = new FlowBuilder();
    const first = builder.facet({facetType: IMPORTED});
    expect(() => first.facet({facetType: COUNT, arguments: {sort: "up"}})).toThrow(ValidationError);
    expect(() => first.facet({facetType: UNION, arrowArguments: {tableSide: "left"}})).toThrow(
      ValidationError
    );
    expect(builder.build().facets).toHaveLength(1);
  });

  it("never let a secret into an error", () => {
    const withKey = Object.assign(Object.create(COUNT) as FacetType, {
      arguments: {api_key: {...COUNT.arguments["sort"]!, name: "api_key"}}
    });
    const problems = problemsOf(() =>
      new FlowBuilder().facet({facetType: withKey, arguments: {apiKey: "s3cret"}})
    );
    expect(problems).toEqual([
      'Argument "apiKey" of the COUNT facet with id 0 must be a boolean, got a string.'
    ]);
  });
});

describe("arrows", () => {
  const join = () => {
    const builder = new FlowBuilder();
    const parent = builder.facet({facetType: IMPORTED, name: "left"});
    return {parent, union: builder.facet({facetType: UNION, name: "both"})};
  };

  it("say only what the specs know", () => {
    const {parent, union} = join();
    expect(problemsOf(() => union.addArrow(parent, {tableSide: "left"}))[0]).toBe(
      'Argument "tableSide" of the arrow from the IMPORTED facet "left" to the UNION facet "both" ' +
        'must be one of top or bottom, got "left".'
    );
    expect(problemsOf(() => union.addArrow(parent, {side: "top"}))[0]).toContain("is unknown.");
  });

  it("come from a facet", () => {
    expect(() => join().union.addArrow(undefined as never)).toThrow(
      'addArrow of the UNION facet "both" needs the facet that the arrow comes from.'
    );
  });

  it("stay within one builder", () => {
    expect(() => join().union.addArrow(join().parent)).toThrow(
      'There can\'t be an arrow from the IMPORTED facet "left" to the UNION facet "both": they are of different builders.'
    );
  });
});

describe("variables", () => {
  const named = (name: string) => new FlowBuilder().facet({facetType: IMPORTED, name});

  it("set an argument of a facet by its name", () => {
    const builder = new FlowBuilder();
    builder
      .facet({facetType: IMPORTED, name: "input"})
      .variables({dataset: "dataset_id", sheet: "sheetName"});
    expect(builder.build().toJSON().variables).toEqual({
      dataset: {facet_name: "input", name: "dataset_id"},
      sheet: {facet_name: "input", name: "sheet_name"}
    });
  });

  it("need a facet with a name, and an argument that takes a single value", () => {
    expect(() => named("").variables({a: "dataset_id"})).toThrow(
      "Variables need a facet with a name: give the IMPORTED facet with id 0 one"
    );
    expect(
      problemsOf(() =>
        named("in").variables({a: "dataset", b: "libraries", c: "data_types", "": "dataset_id"})
      )
    ).toEqual([
      expect.stringContaining('Variable "a": the IMPORTED facet "in" has no argument "dataset". '),
      'Variable "b": libraries of the IMPORTED facet "in" is a list; a run can set only single values.',
      'Variable "c": data_types of the IMPORTED facet "in" is a list; a run can set only single values.',
      'Variable "": choose another name.'
    ]);
  });

  it("have names of their own", () => {
    const input = named("in").variables({dataset: "dataset_id"});
    const output = input.facet({facetType: EXPORTED, name: "out"});
    expect(() => output.variables({dataset: "dataset_name"})).toThrow(
      'Variable "dataset": it is the IMPORTED facet "in"\'s already: choose another name.'
    );
    input.variables({dataset: "sheet_name"});
    expect(input.build().toJSON().variables).toEqual({dataset: {facet_name: "in", name: "sheet_name"}});
  });

  it("tell their facet from all others", () => {
    const input = named("data").variables({dataset: "dataset_id"});
    input.facet({facetType: EXPORTED, name: "data"});
    expect(() => input.build()).toThrow(
      'Variables set arguments by the facet\'s name, which the IMPORTED facet "data" and the EXPORTED facet "data" share'
    );
  });
});
