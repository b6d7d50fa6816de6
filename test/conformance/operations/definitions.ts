// Facet types, model types, and definitions built of them: all that the client does with the platform's specs.
import {containing, including, matching} from "./matchers.js";
import type {Area} from "./operation.js";

export const definitions: Area = {
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
      gives: [true, true, true, false, "IMPORTED", true, false]
    },
    {
      does: "says that there is no facet type of a name",
      python: "types.MID.NO_SUCH_FACET",
      raises: {type: "AttributeError", message: "No_Such_Facet facet does not exist"}
    },
    {
      does: "asks for the specs once",
      python: "[len(ikigai.facet_types.MID.types) > 40, len(ikigai.model_types.types) > 20]",
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
      gives: [true, true, true, including("Base", "Lasso"), true, "Linear", "Linear", "Lasso"]
    },
    {
      does: "says that there is no sub-model type of a name",
      python: "models.Linear.NoSuchModel",
      raises: {type: "AttributeError", message: "Nosuchmodel sub-model does not exist"}
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
      asks: []
    }
  ]
};
