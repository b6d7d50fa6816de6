// The generated declarations, as TypeScript itself reads them.
import {describe, expect, it} from "vitest";
import {declarations, facetTypes} from "../../lib/definition/index.js";
import {compile} from "./compile.js";
import {decodedFacetSpecs, decodedModelSpecs} from "./platform-specs.js";

const preamble = `
import {FlowBuilder, type FacetTypes, type ModelTypes} from "ikigai-kit/definition";
declare const facetTypes: FacetTypes;
declare const modelTypes: ModelTypes;
const {INPUT, MID, OUTPUT} = facetTypes;
const imported = new FlowBuilder().facet({facetType: INPUT.Imported, name: "in"});
`;

const right = `${preamble}
imported.arguments({datasetId: "x", use_raw_file: false, fileType: "csv", libraries: ["pandas"], script: null});
imported.arguments({dataTypes: [{columnName: "a", data_type: "TIME", dataFormats: [{key: "k", value: "v"}]}]});
imported.variables({dataset: "dataset_id", sheet: "sheetName"});
const union = imported.facet({facetType: MID.UNION, arguments: {option: "full"}, arrowArguments: {tableSide: "top"}});
union.addArrow(imported, {table_side: "bottom"}).addArrow(union);
imported.modelFacet({facetType: MID.AI_CAST, modelType: modelTypes.AI_CAST.Base, arguments: {modelName: "m"}})
  .hyperparameters({metric: "mean_absolute_error", fineTune: [{filter: ["a"]}], modelsToInclude: ["Sma"]})
  .parameters({timeColumn: "t"})
  .facet({facetType: OUTPUT.EXPORTED}).arguments({datasetName: "d"}).build();
modelTypes.Linear.Lasso.help() + MID.COUNT.help() + MID.FreeFormSql.help();
const names: readonly string[] = [...MID.types, ...modelTypes.types, ...modelTypes["Ai Cast"].types];
`;

/** Each of these lines is wrong. */
const wrong = [
  "imported.arguments({dataset: 'x'});",
  "imported.arguments({datasetId: 7});",
  "imported.arguments({datasetId: null});",
  "imported.arguments({fileType: 'parquet'});",
  "imported.arguments({libraries: 'pandas'});",
  "imported.arguments({dataTypes: [{column: 'a'}]});",
  "imported.variables({dataset: 'dataset'});",
  "imported.facet({facetType: MID.COUNT, arguments: {sorted: true}});",
  "imported.facet({facetType: MID.UNION, arrowArguments: {tableSide: 'left'}});",
  "imported.facet({facetType: MID.COUNT}).addArrow(imported, {tableSide: 'top'});",
  "imported.modelFacet({facetType: MID.PREDICT, modelType: modelTypes.Linear.Lasso}).hyperparameters({beta: 1});",
  "imported.modelFacet({facetType: MID.PREDICT, modelType: modelTypes.Linear.Lasso}).parameters({targetColumn: 1});",
  "imported.facet({facetType: MID.CUONT});",
  "modelTypes.Linear.Laso.help();"
];
const flagged = wrong.map((line) => `// @ts-expect-error\n${line}`).join("\n");

// TypeScript reads its libraries and zod for each of these.
describe("generated declarations", {timeout: 120_000}, () => {
  const text = declarations(decodedFacetSpecs, decodedModelSpecs);

  it("let everything right pass, and flag everything wrong", () => {
    expect(compile(`${right}\n${flagged}`, {declared: text})).toEqual([]);
  });

  it("aren't needed: without them names are all that is known", () => {
    expect(compile(right)).toEqual([]);
    const unused = compile(`${preamble}\n${flagged}`).filter((message) => message.includes("Unused"));
    // Of the lines above only the last is wrong by itself: it uses what may be undefined.
    expect(unused).toHaveLength(wrong.length - 1);
  });

  it("are the same in whatever order the platform gives its specs", () => {
    const reversed = (value: unknown): unknown =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, inner]) => [name, reversed(inner)])
          )
        : value;
    const specs = [reversed(decodedFacetSpecs), reversed(decodedModelSpecs)];
    expect(declarations(...(specs as Parameters<typeof declarations>))).toBe(text);
  });

  it("say what help says, and can hold any name", () => {
    expect(text).toContain(`
      COUNT: {
        arguments: {
          /** Default: "count" */
          output_column_name?: string | null;
          /** Default: true */
          sort?: boolean | null;
          target_columns: string[];
        };
        inArrow: Nothing;
        outArrow: Nothing;
      };`);
    const specs = structuredClone(decodedFacetSpecs);
    const {COUNT} = specs["MID"]!["WRANGLING"]!;
    const [first] = COUNT!.facetArguments;
    COUNT!.facetArguments = [
      {...first!, name: "a-b", defaultValue: "*/ } /*", isDeprecated: true},
      {...first!, name: 'quo"te', isList: true, options: ["a", 1, true]}
    ];
    expect(compile("export {};", {declared: declarations({MID: {ONLY: {COUNT: COUNT!}}}, {})})).toEqual([]);
    expect(facetTypes({MID: {ONLY: {COUNT: COUNT!}}}).MID.types).toEqual(["COUNT"]);
  });
});
