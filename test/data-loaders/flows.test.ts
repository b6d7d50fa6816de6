// The files that tell pages of flows: what each does, and what definitions can be built of.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {pull} from "../../data-loaders/index.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig, type Config} from "../../lib/config/index.js";
import {facetTypes, FlowBuilder, modelTypes} from "../../lib/definition/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {apps} from "./apps.js";

let folder: string;
let platform: RunningPlatform;
let client: Ikigai;
let historyId: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-flows-"));
  platform = await startPlatform({data: join(folder, "platform"), seed: apps});
  client = new Ikigai(platform);
  const app = await client.apps.get("Jobs");
  const [history] = [await app.datasets.get("History")];
  historyId = history.datasetId;
  const {INPUT, MID, OUTPUT} = await client.facetTypes();
  const builder = client.builder;
  const source = {datasetId: history.datasetId, fileType: "csv", header: true, useRawFile: false};
  const [first, second] = ["old", "new"].map((name) =>
    builder.facet({facetType: INPUT.IMPORTED, name, arguments: source})
  ) as [ReturnType<typeof builder.facet>, ReturnType<typeof builder.facet>];
  const union = builder
    .facet({facetType: MID.UNION, arguments: {option: "full"}})
    .addArrow(first, {tableSide: "top"})
    .addArrow(second, {tableSide: "bottom"})
    .facet({
      facetType: OUTPUT.EXPORTED,
      name: 'the "end" <b>',
      arguments: {datasetName: "Both", fileType: "csv", header: true}
    });
  await app.flow.new("Put together").definition(union).build();
});
afterAll(async () => {
  await client.close();
  await platform.close();
  await rm(folder, {recursive: true});
});

async function pulled(file: string, flows: NonNullable<Config["flows"]>): Promise<unknown> {
  const [one] = await pull({config: checkConfig({app: "Jobs", flows}), client, files: [file], into: folder});
  return JSON.parse(await readFile(one!.path, "utf8"));
}

describe("flows.json", () => {
  it("says what each flow of the config is, and what its definition looks like", async () => {
    const variables = {side: {type: "choice" as const, options: ["old", "new"]}};
    expect(
      await pulled("flows.json", {
        both: {flow: "Put together", label: "Both", help: "One below the other.", variables},
        plain: {flow: "Put together"}
      })
    ).toEqual([
      {
        key: "both",
        app: "Jobs",
        name: "Put together",
        label: "Both",
        help: "One below the other.",
        variables,
        graph: {
          facets: [
            {facetId: "0", name: "old", type: "IMPORTED", chain: "INPUT"},
            {facetId: "1", name: "new", type: "IMPORTED", chain: "INPUT"},
            {facetId: "2", name: "", type: "UNION", chain: "MID"},
            {facetId: "3", name: 'the "end" <b>', type: "EXPORTED", chain: "OUTPUT"}
          ],
          arrows: [
            {source: "0", destination: "2", label: "top"},
            {source: "1", destination: "2", label: "bottom"},
            {source: "2", destination: "3"}
          ]
        },
        reads: [historyId],
        writes: ["Both"]
      },
      expect.objectContaining({key: "plain", label: "Put together", help: null, variables: {}})
    ]);
  });

  it("is empty where the config has none", async () => {
    expect(await pulled("flows.json", {})).toEqual([]);
  });

  it("names the entry whose flow isn't there, and the flow that is", async () => {
    await expect(pulled("flows.json", {both: {flow: "Put apart"}})).rejects.toThrow(
      /^flows\.both: there is no flow of app "Jobs" called "Put apart".*"Put together"/
    );
  });
});

describe("specs.json", () => {
  it("holds what the builder of definitions needs", async () => {
    const specs = (await pulled("specs.json", {})) as {
      facets: Parameters<typeof facetTypes>[0];
      models: Parameters<typeof modelTypes>[0];
    };
    const [{INPUT, MID}, models] = [facetTypes(specs.facets), modelTypes(specs.models)];
    const definition = new FlowBuilder()
      .facet({facetType: INPUT.IMPORTED, arguments: {datasetId: "x", useRawFile: false}})
      .modelFacet({facetType: MID.AI_CAST, modelType: models.AI_CAST.Base})
      .hyperparameters({intervalToPredict: 12})
      .build();
    expect(definition.facets[1]!.arguments).toEqual({metrics: [{interval_to_predict: 12}]});
  });
});
