// Facet types, model types, and definitions built of them: all that the client does with the platform's specs.
import type {FacetTypes, FlowBuilder, ModelTypes} from "../../../lib/definition/index.js";
import {titleName} from "../../../lib/definition/name.js";
import {containing, including, matching} from "./matchers.js";
import type {Area} from "./operation.js";

interface Kept {
  types: FacetTypes;
  models: ModelTypes;
}

export const definitions: Area<Kept> = {
  title: "definitions",
  operations: [
    {
      does: "finds facet types in any spelling",
      python: `
        types = ikigai.facet_types
        [
            types.MID.COUNT == types.MID.count == types.MID["Count"],
            types.MID.FREE_FORM_SQL.name == types.MID["Free Form Sql"].name,
            "Free_form_SQL" in types.MID,
            "IMPORTED" in types.MID,
            types.find_by_uid("I_005").name,
            types.MID.PREDICT.is_ml_facet(),
            types.MID.COUNT.is_ml_facet(),
        ]
      `,
      typescript: async (at) => {
        const types = (at.types = await at.ikigai.facetTypes());
        const {MID} = types;
        return [
          MID.COUNT === MID.count && MID.count === MID["Count"],
          MID.FREE_FORM_SQL.name === MID["Free Form Sql"]!.name,
          "Free_form_SQL" in MID,
          "IMPORTED" in MID,
          types.byUid("I_005")?.name,
          MID.PREDICT.isModelFacet,
          MID.COUNT.isModelFacet
        ];
      },
      gives: [true, true, true, false, "IMPORTED", true, false]
    },
    {
      does: "says that there is no facet type of a name",
      python: "types.MID.NO_SUCH_FACET",
      typescript: ({types}) => types.MID.NO_SUCH_FACET,
      raises: {type: "AttributeError", message: "No_Such_Facet facet does not exist"},
      throws: {name: "ValidationError", message: containing('no MID facet type "NO_SUCH_FACET"')}
    },
    {
      does: "asks for the specs once",
      python: "[len(ikigai.facet_types.MID.types) > 40, len(ikigai.model_types.types) > 20]",
      typescript: async ({ikigai}) => [
        (await ikigai.facetTypes()).MID.types.length > 40,
        (await ikigai.modelTypes()).types.length > 20
      ],
      gives: [true, true],
      asks: []
    },
    {
      does: "finds model types in any spelling",
      python: `
        models = ikigai.model_types
        [
            models.AI_CAST == models.AiCast == models["Ai Cast"],
            "linear" in models,
            len(models) >= len(models.types),
            models.Linear.types,
            "lasso" in models.Linear,
            models.Linear.Lasso.model_type,
            models.Linear.model_type,
            models.Linear.Lasso.sub_model_type,
        ]
      `,
      typescript: async (at) => {
        const models = (at.models = await at.ikigai.modelTypes());
        const {Linear} = models;
        return [
          models.AI_CAST === models.AiCast && models.AiCast === models["Ai Cast"],
          "linear" in models,
          Object.keys(models).length >= models.types.length,
          Linear.types,
          "lasso" in Linear,
          Linear.Lasso.modelType,
          Linear.name,
          Linear.Lasso.subModelType
        ];
      },
      gives: [true, true, true, including("Base", "Lasso"), true, "Linear", "Linear", "Lasso"]
    },
    {
      does: "says that there is no sub-model type of a name",
      python: "models.Linear.NoSuchModel",
      typescript: ({models}) => models.Linear.NoSuchModel,
      raises: {type: "AttributeError", message: "Nosuchmodel sub-model does not exist"},
      throws: {name: "ValidationError", message: containing('no sub-model type of Linear "NoSuchModel"')}
    },
    {
      does: "prints help for everything there is",
      python: `
        help = types.help()
        [
            help.splitlines()[0],
            all(f"{name.title()}:" in help for name in types.MID.types),
            types.MID.help() in help.replace("\\n  ", "\\n"),
            all(f"{name.title()}:" in models.help() for name in models.types),
            models.Linear.help().splitlines()[:2],
        ]
      `,
      typescript: ({types, models}) => {
        const help = types.help();
        return [
          help.split("\n")[0],
          types.MID.types.every((name) => help.includes(`${titleName(name)}:`)),
          help.replaceAll("\n  ", "\n").includes(types.MID.help()),
          models.types.every((name) => models.help().includes(`${name}:`)),
          models.Linear.help().split("\n").slice(0, 2)
        ];
      },
      gives: ["INPUT", true, true, true, ["Linear:", containing("keywords")]]
    },
    {
      does: "groups aiCast's hyperparameters as its facet takes them",
      python: `
        definition = (
            ikigai.builder.facet(types.INPUT.IMPORTED, args={"dataset_id": "x", "use_raw_file": False})
            .model_facet(types.MID.AI_CAST, models.AI_CAST.Base, arrow_args={"input_type": "primary"})
            .arguments(model_name="Demand", model_version="v1")
            .parameters(time_column="week", value_column="units", identifier_columns=["store"])
            .hyperparameters(type="base", best_model_only=True, interval_to_predict=12)
            .build()
        )
        definition.to_dict()
      `,
      typescript: ({ikigai, types, models}) =>
        ikigai.builder
          .facet({facetType: types.INPUT.IMPORTED, arguments: {datasetId: "x", useRawFile: false}})
          .modelFacet({
            facetType: types.MID.AI_CAST,
            modelType: models.AI_CAST.Base,
            arrowArguments: {inputType: "primary"}
          })
          .arguments({modelName: "Demand", modelVersion: "v1"})
          .parameters({timeColumn: "week", valueColumn: "units", identifierColumns: ["store"]})
          .hyperparameters({type: "base", bestModelOnly: true, intervalToPredict: 12})
          .build(),
      gives: {
        facets: [
          {facet_uid: "I_005"},
          {
            arguments: {
              model_name: "Demand",
              model_version: "v1",
              parameters: {time_column: "week", value_column: "units", identifier_columns: ["store"]},
              processing: {type: "base"},
              model_selection: {best_model_only: true},
              metrics: [{interval_to_predict: 12}]
            }
          }
        ],
        arrows: [{source: "0", destination: "1", arguments: {input_type: "primary"}}]
      }
    },
    {
      does: "merges arguments that are given bit by bit",
      python: `
        facet = ikigai.builder.facet(types.INPUT.IMPORTED, name="input").arguments(dataset_id="x", header=True)
        facet.arguments(header=False).variables(file="file_type", dataset="dataset_id")
        built = facet.build()
        [built.facets[0].arguments, built.to_dict()["variables"], facet.facet_id]
      `,
      typescript: ({ikigai, types}) => {
        const {IMPORTED} = types.INPUT;
        const facet = ikigai.builder.facet({facetType: IMPORTED, name: "input"});
        facet.arguments({datasetId: "x", header: true}).arguments({header: false});
        facet.variables({file: "file_type", dataset: "dataset_id"});
        // Nothing comes in and nothing goes out of the only facet of a flow, which ours doesn't let pass.
        const built = facet.facet({facetType: types.OUTPUT.EXPORTED}).build();
        return [built.facets[0]!.arguments, built.toJSON().variables, facet.facetId];
      },
      gives: [
        {dataset_id: "x", header: false},
        {
          file: {facet_name: "input", name: "file_type"},
          dataset: {facet_name: "input", name: "dataset_id"}
        },
        "0"
      ]
    },
    {
      does: "refuses what the specs don't allow, and says why",
      python: `
        def refusal(build):
            try:
                build(ikigai.builder)
            except Exception as error:
                return f"{type(error).__name__}: {error}"

        [
            refusal(lambda new: new.facet(types.INPUT.IMPORTED).arguments(nonsense=1)),
            refusal(lambda new: new.facet(types.INPUT.IMPORTED).arguments(dataset_id=None)),
            refusal(lambda new: new.facet(types.INPUT.IMPORTED).arguments(file_type="pdf")),
            refusal(lambda new: new.facet(types.INPUT.IMPORTED).arguments(header="yes")),
            refusal(lambda new: new.facet(types.MID.COUNT).arguments(target_columns="store")),
            refusal(lambda new: new.facet(types.INPUT.IMPORTED).variables(file="file_type")),
            refusal(lambda new: new.facet(types.INPUT.IMPORTED, name="input").variables(names="column_names")),
            refusal(lambda new: new.model_facet(types.MID.COUNT, models.Linear.Lasso)),
            refusal(lambda new: new.model_facet(types.MID.PREDICT, models.Linear.Lasso).hyperparameters(nonsense=1)),
            refusal(lambda new: new.model_facet(types.MID.PREDICT, models.Linear.Lasso).hyperparameters(alpha="much")),
            refusal(lambda new: new.model_facet(types.MID.PREDICT, models.Linear.Lasso).parameters(target_column=None)),
        ]
      `,
      typescript: ({ikigai, types, models}) => {
        const {IMPORTED} = types.INPUT;
        const {COUNT, PREDICT} = types.MID;
        const {Lasso} = models.Linear;
        const refusal = (build: (flow: FlowBuilder) => unknown) => {
          try {
            return build(ikigai.builder);
          } catch (error) {
            return `${(error as Error).name}: ${(error as Error).message}`;
          }
        };
        const lasso = (flow: FlowBuilder) => flow.modelFacet({facetType: PREDICT, modelType: Lasso});
        return [
          refusal((flow) => flow.facet({facetType: IMPORTED}).arguments({nonsense: 1})),
          refusal((flow) => flow.facet({facetType: IMPORTED}).arguments({dataset_id: null})),
          refusal((flow) => flow.facet({facetType: IMPORTED}).arguments({file_type: "pdf"})),
          refusal((flow) => flow.facet({facetType: IMPORTED}).arguments({header: "yes"})),
          refusal((flow) => flow.facet({facetType: COUNT}).arguments({target_columns: "store"})),
          refusal((flow) => flow.facet({facetType: IMPORTED}).variables({file: "file_type"})),
          refusal((flow) =>
            flow.facet({facetType: IMPORTED, name: "input"}).variables({names: "column_names"})
          ),
          refusal((flow) => flow.modelFacet({facetType: COUNT, modelType: Lasso})),
          refusal((flow) => lasso(flow).hyperparameters({nonsense: 1})),
          refusal((flow) => lasso(flow).hyperparameters({alpha: "much"})),
          refusal((flow) => lasso(flow).parameters({target_column: null}))
        ];
      },
      gives: [
        "ValueError: Argument 'nonsense' is not valid for Imported facet",
        "ValueError: Argument 'dataset_id' for facet 'Imported' is required, got 'None'",
        "ValueError: Argument 'file_type' for facet 'Imported' must be one of ['csv', 'xlsx', 'xls'], got str('pdf')",
        "TypeError: Argument 'header' for facet 'Imported' must be boolean, got str('yes')",
        "TypeError: Argument 'target_columns' for facet 'Count' must be list, got str('store')",
        matching(/^ValueError: .*name/),
        matching(/^ValueError: .*not supported/),
        "ValueError: Count is not a known Model Facet",
        "ValueError: Hyperparameter 'nonsense' is not valid for Lasso models",
        matching(/^TypeError: Hyperparameter 'alpha'/),
        matching(/^ValueError: Parameter 'target_column'.*required/)
      ],
      givesHere: [
        matching(/^ValidationError: Argument "nonsense" of the IMPORTED facet/),
        matching(/^ValidationError: Argument "dataset_id" .* is required, got null/),
        matching(/^ValidationError: Argument "file_type" .* must be one of csv, xlsx or xls, got "pdf"/),
        matching(/^ValidationError: Argument "header" .* must be a boolean, got "yes"/),
        matching(/^ValidationError: Argument "target_columns" .* must be a list, got "store"/),
        matching(/^ValidationError: .*facet with a name/),
        matching(/^ValidationError: .*column_names.* is a list/),
        matching(/^ValidationError: COUNT is not a model facet/),
        matching(/^ValidationError: Hyperparameter "nonsense" .*Linear Lasso/),
        matching(/^ValidationError: Hyperparameter "alpha" .* must be a number, got "much"/),
        matching(/^ValidationError: Parameter "target_column" .* is required, got null/)
      ],
      asks: []
    }
  ]
};
