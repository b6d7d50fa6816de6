// Models, their directories, and the versions that flows train.
import type {App, Directory, Model} from "../../../lib/client/index.js";
import {sorted} from "./here.js";
import {containing, someRecord, someText} from "./matchers.js";
import type {Area} from "./operation.js";

interface Kept {
  app: App;
  outer: Directory<Model>;
  inner: Directory<Model>;
  model: Model;
}

export const models: Area<Kept> = {
  title: "models",
  operations: [
    {
      does: "creates directories, one in another",
      python: `
        app = ikigai.app.new("Models").build()
        outer = app.model_directory.new("Regression").build()
        inner = app.model_directory.new("Old").parent(outer).build()
        [outer.to_dict()["type"], sorted(app.model_directories()), list(outer.directories()), list(inner.directories())]
      `,
      typescript: async (at) => {
        at.app = await at.ikigai.app.new("Models").build();
        at.outer = await at.app.modelDirectory.new("Regression").build();
        at.inner = await at.app.modelDirectory.new("Old").parent(at.outer).build();
        return [
          at.outer.ref.type,
          sorted(await at.app.modelDirectories()),
          (await at.outer.directories()).names(),
          (await at.inner.directories()).names()
        ];
      },
      gives: ["MODEL", ["Old", "Regression"], ["Old"], []]
    },
    {
      does: "creates a model",
      python: `
        Lasso = ikigai.model_types.Linear.Lasso
        model = app.model.new("Price").model_type(Lasso).description("By size").directory(outer).build()
        model
      `,
      typescript: async (at) => {
        const {Lasso} = (await at.ikigai.modelTypes()).Linear;
        at.model = await at.app.model
          .new("Price")
          .modelType(Lasso)
          .description("By size")
          .directory(at.outer)
          .build();
        return at.model;
      },
      gives: {
        app_id: someText,
        model_id: someText,
        name: "Price",
        model_type: "Linear",
        sub_model_type: "Lasso",
        description: "By size",
        created_at: someText,
        modified_at: someText
      },
      asks: ["GET /component/get-model-specs", "POST /component/create-model", "GET /component/get-model"]
    },
    {
      does: "gets a model by name, by searching and from the lists",
      python: `
        [
            app.models["Price"].model_id == model.model_id,
            list(app.models.search("rice")),
            list(app.models()),
            list(outer.models()),
            list(inner.models()),
        ]
      `,
      typescript: async ({app, model, outer, inner}) => [
        (await app.models.get("Price")).modelId === model.modelId,
        (await app.models.search("rice")).names(),
        (await app.models.list()).names(),
        (await outer.contents()).names(),
        (await inner.contents()).names()
      ],
      gives: [true, ["Price"], ["Price"], ["Price"], []],
      asks: [
        "GET /component/get-model",
        "GET /search/search-models-for-project",
        "GET /component/get-models-for-project",
        "GET /component/get-models-for-project",
        "GET /component/get-models-for-project"
      ]
    },
    {
      does: "renames, redescribes and moves a model",
      python: `
        model.rename("Price of houses").update_description("By size and age").move(inner)
        [list(outer.models()), list(inner.models()), model.describe()]
      `,
      typescript: async ({model, outer, inner}) => {
        await model.rename("Price of houses");
        await model.updateDescription("By size and age");
        await model.move(inner);
        const described = await model.describe();
        return [
          (await outer.contents()).names(),
          (await inner.contents()).names(),
          {...described, latestVersionId: described.latestVersionId ?? ""}
        ];
      },
      gives: [
        [],
        ["Price of houses"],
        {name: "Price of houses", description: "By size and age", latest_version_id: "", model_type: "Linear"}
      ]
    },
    {
      does: "has no versions before a flow trains it",
      python: "len(model.versions())",
      typescript: async ({model}) => (await model.versions()).size,
      gives: 0
    },
    {
      does: "trains a version by running a flow",
      python: `
        size = list(range(1, 41))
        frame = pd.DataFrame({"size": size, "age": [n * 7 % 11 for n in size]})
        frame["price"] = 3 * frame["size"] - 2 * frame["age"] + 10
        houses = app.dataset.new("Houses").df(frame).build()
        types = ikigai.facet_types
        definition = (
            ikigai.builder.facet(types.INPUT.IMPORTED)
            .arguments(dataset_id=houses.dataset_id, file_type="csv", header=True, use_raw_file=False)
            .model_facet(facet_type=types.MID.PREDICT, model_type=Lasso)
            .arguments(model_name="Price of houses", model_version="first")
            .hyperparameters(alpha=0.01)
            .parameters(target_column="price")
            .facet(types.OUTPUT.EXPORTED)
            .arguments(dataset_name="Predicted", file_type="csv", header=True)
            .build()
        )
        app.flow.new("Train").definition(definition).build().run()
      `,
      typescript: async ({ikigai, app}) => {
        const rows = Array.from({length: 40}, (_, i) => {
          const [size, age] = [i + 1, ((i + 1) * 7) % 11];
          return {size, age, price: 3 * size - 2 * age + 10};
        });
        const houses = await app.dataset.new("Houses").rows(rows).build();
        const {INPUT, MID, OUTPUT} = await ikigai.facetTypes();
        const {Lasso} = (await ikigai.modelTypes()).Linear;
        const definition = ikigai.builder
          .facet({facetType: INPUT.IMPORTED})
          .arguments({datasetId: houses.datasetId, fileType: "csv", header: true, useRawFile: false})
          .modelFacet({facetType: MID.PREDICT, modelType: Lasso})
          .arguments({modelName: "Price of houses", modelVersion: "first"})
          .hyperparameters({alpha: 0.01})
          .parameters({targetColumn: "price"})
          .facet({facetType: OUTPUT.EXPORTED})
          .arguments({datasetName: "Predicted", fileType: "csv", header: true});
        return (await app.flow.new("Train").definition(definition).build()).run();
      },
      gives: {status: "SUCCESS", erroneous_facet_id: null},
      givesHere: {status: "SUCCESS"}
    },
    {
      does: "lists and describes the version that was trained",
      python: `
        versions = model.versions()
        version = versions["first"]
        [list(versions), version, version.describe(), model.describe()["latest_version_id"] == version.version_id]
      `,
      typescript: async ({model}) => {
        const versions = await model.versions();
        const version = versions.get("first");
        return [
          versions.names(),
          version,
          await version.describe(),
          (await model.describe()).latestVersionId === version.versionId
        ];
      },
      gives: [
        ["first"],
        {
          version: "first",
          hyperparameters: {alpha: 0.01},
          metrics: {performance: someRecord}
        },
        {
          version: "first",
          hyperparameters: {alpha: 0.01},
          metrics: {
            feature_importance: someRecord,
            performance: someRecord
          }
        },
        true
      ],
      asks: [
        "GET /component/get-model-versions",
        "GET /component/get-model-version",
        "GET /component/get-model"
      ]
    },
    {
      does: "finds the predictions beside the rows",
      python: `
        predicted = app.datasets["Predicted"].df()
        [len(predicted), set(frame.columns) < set(predicted.columns)]
      `,
      typescript: async ({app}) => {
        const predicted = await (await app.datasets.get("Predicted")).table();
        const names = predicted.schema.fields.map(({name}) => name);
        return [predicted.numRows, ["size", "age", "price"].every((name) => names.includes(name))];
      },
      gives: [40, true]
    },
    {
      does: "refuses a model without a type before it asks for anything",
      python: 'app.model.new("Typeless").build()',
      typescript: ({app}) => app.model.new("Typeless").build(),
      raises: {type: "ValueError", message: "Model type must be specified"},
      throws: {name: "ValidationError", message: containing("needs a modelType")},
      asks: []
    },
    {
      does: "deletes a model",
      python: `
        model.delete()
        list(app.models())
      `,
      typescript: async ({app, model}) => {
        await model.delete();
        return (await app.models.list()).names();
      },
      gives: []
    }
  ]
};
