// Every message as the platform writes it, and what it decodes to.
import {describe, expect, it} from "vitest";
import * as wire from "../../lib/wire/index.js";
import {decodeAnswer, encodeRequest} from "../../lib/wire/index.js";

const seconds = (text: string) => new Date(Number(text) * 1000);

const dataset = {
  project_id: "p1",
  dataset_id: "d1",
  name: "Sales",
  filename: "Sales.csv",
  data_types: {
    project_id: {data_type: "CATEGORICAL", data_formats: {}},
    Quantity: {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}}
  },
  directory: {directory_id: "", name: "", type: "DATASET", parent_id: "", project_id: "", size: "0"},
  is_optimized: false,
  file_extension: "csv",
  size: "311",
  is_visible: true,
  created_at: "1704139255",
  modified_at: "1704146455"
};

const flow = {
  project_id: "p1",
  pipeline_id: "f1",
  name: "Forecast",
  directory: {},
  definition: {
    facets: [{facet_id: "0", facet_uid: "I_005", name: "", arguments: {dataset_id: "d1"}}],
    arrows: [{source: "0", destination: "0", arguments: {table_side: "top"}}],
    arguments: {},
    variables: {pipeline_rows: {facet_name: "load", name: "rows"}},
    model_variables: {}
  },
  trigger_downstream_pipelines: true,
  high_volume_preference: false,
  schedule: {name: "", start_time: "", end_time: "", cron: ""},
  last_run: {},
  next_run: {},
  created_at: "1704139255",
  modified_at: "1704146455"
};

const model = {
  project_id: "p1",
  model_id: "m1",
  name: "aiCast",
  latest_version_id: "",
  directory: {directory_id: "x", name: "Old", type: "MODEL"},
  model_type: "Ai Cast",
  sub_model_type: "Base",
  description: "",
  created_at: 1704139255,
  modified_at: "1704146455"
};

/** What is told of words that aren't known. */
function unknownWords<Request, Answer>(call: wire.Call<Request, Answer>, body: unknown) {
  const told: wire.Problem[] = [];
  const answer = decodeAnswer(call, body, (words) => told.push(...words));
  return {answer, told: told.map(({path, message}) => `${path} ${message}`)};
}

describe("an app", () => {
  const app = {
    project_id: "p1",
    name: "Demand",
    owner: "bob@example.com",
    description: "",
    icon: "",
    images: [],
    directory: {},
    created_at: "1734120052",
    modified_at: "1734120052",
    last_used_at: "0"
  };

  it("has our names, dates, and undefined for none", () => {
    expect(decodeAnswer(wire.getApp, {project: app}).app).toEqual({
      appId: "p1",
      name: "Demand",
      owner: "bob@example.com",
      description: "",
      icon: "",
      images: [],
      createdAt: new Date("2024-12-13T20:00:52Z"),
      modifiedAt: new Date("2024-12-13T20:00:52Z")
    });
  });

  it("comes in lists with a warning when the list was cut", () => {
    const whole = decodeAnswer(wire.listApps, {projects: [app], limit_warning: ""});
    expect(whole.limitWarning).toBeUndefined();
    const cut = decodeAnswer(wire.listApps, {projects: [app], limit_warning: "Only 100 are shown"});
    expect(cut.limitWarning).toBe("Only 100 are shown");
    expect(cut.apps.map(({appId}) => appId)).toEqual(["p1"]);
  });

  it("lists its components in outline, whatever the platform leaves out", () => {
    const {appComponents} = decodeAnswer(wire.getComponents, {
      project_components: {
        p1: {
          charts: [{chart_id: "c1", name: "A chart", project_id: "p1", superset_chart_id: "40929"}],
          datasets: [dataset, {dataset_id: "d2"}],
          pipelines: [flow],
          models: [model],
          pipeline_directories: [
            {directory_id: "x", name: "[OUT]", type: "PIPELINE", project_id: "p1", parent_id: "", size: "0"}
          ],
          connector_directories: [{directory_id: "y", name: "C", type: "CONNECTOR"}]
        }
      }
    });
    const components = appComponents.p1!;
    expect(components.charts).toEqual([
      {chart_id: "c1", name: "A chart", appId: "p1", superset_chart_id: "40929"}
    ]);
    expect(components.datasets[0]?.createdAt).toEqual(seconds("1704139255"));
    expect(components.datasets[1]).toEqual({datasetId: "d2"});
    expect(components.flows[0]?.flowId).toBe("f1");
    expect(components.flowDirectories).toEqual([
      {directoryId: "x", name: "[OUT]", type: "FLOW", appId: "p1", size: 0}
    ]);
    expect(components.connectorDirectories[0]?.type).toBe("CONNECTOR");
    expect(components.dashboards).toEqual([]);
  });

  it("is asked for and changed under the wire's names", () => {
    expect(encodeRequest(wire.getApp, {name: "Demand & supply"})).toEqual({
      path: "/component/get-project?name=Demand+%26+supply"
    });
    expect(encodeRequest(wire.listApps, {fetchAll: true}).path).toBe(
      "/component/get-projects-for-user?fetch_all=True"
    );
    expect(
      JSON.parse(encodeRequest(wire.createApp, {app: {name: "A", description: "", directory: null}}).body!)
    ).toEqual({project: {name: "A", description: "", directory: {}}});
    expect(
      JSON.parse(
        encodeRequest(wire.shareApp, {
          app: {appId: "p1"},
          user: {email: "ann@example.com", appAccessLevel: "VIEWER"}
        }).body!
      )
    ).toEqual({
      project: {project_id: "p1"},
      user: {email: "ann@example.com", project_access_level: "VIEWER"}
    });
  });
});

describe("a dataset", () => {
  it("keeps its columns' own names, even those that look like the wire's", () => {
    const decoded = decodeAnswer(wire.getDataset, {dataset}).dataset;
    expect(decoded).toEqual({
      appId: "p1",
      datasetId: "d1",
      name: "Sales",
      filename: "Sales.csv",
      fileExtension: "csv",
      dataTypes: {
        project_id: {dataType: "CATEGORICAL", dataFormats: {}},
        Quantity: {dataType: "NUMERIC", dataFormats: {numeric_format: "INTEGER"}}
      },
      size: 311,
      isOptimized: false,
      isVisible: true,
      createdAt: seconds("1704139255"),
      modifiedAt: seconds("1704146455")
    });
  });

  it("keeps a field that this version doesn't know", () => {
    const decoded = decodeAnswer(wire.getDataset, {dataset: {...dataset, row_count: 7}}).dataset;
    expect(decoded).toMatchObject({row_count: 7});
  });

  it("is downloaded from a URL once the platform has it ready", () => {
    const answers = [{status: "IN_PROGRESS"}, {status: "SUCCESS", url: "https://s3/x"}, {status: "FAILED"}];
    expect(answers.map((answer) => decodeAnswer(wire.getDatasetDownload, answer))).toEqual(answers);
  });

  it("is uploaded in parts", () => {
    expect(
      decodeAnswer(wire.getDatasetUpload, {
        upload_id: "u",
        content_type: "text/csv",
        urls: {"1": "https://s3/1"}
      })
    ).toEqual({uploadId: "u", contentType: "text/csv", urls: {"1": "https://s3/1"}});
    const end = {abort: false, dataset: {datasetId: "d1", appId: "p1", filename: "a.csv"}, uploadId: "u"};
    expect(JSON.parse(encodeRequest(wire.endDatasetUpload, {...end, etags: {"1": '"e"'}}).body!)).toEqual({
      abort: false,
      dataset: {dataset_id: "d1", project_id: "p1", filename: "a.csv"},
      upload_id: "u",
      etags: {"1": '"e"'}
    });
  });
});

describe("a flow", () => {
  it("has no schedule when every field of it is blank", () => {
    const decoded = decodeAnswer(wire.getFlow, {pipeline: flow}).flow;
    expect(decoded.schedule).toBeUndefined();
    expect(decoded.lastRun).toBeUndefined();
    expect(decoded.directory).toBeUndefined();
    expect(decoded.triggerDownstreamFlows).toBe(true);
  });

  it("keeps what arguments and variables are called", () => {
    const decoded = decodeAnswer(wire.getFlow, {pipeline: flow}).flow.definition!;
    expect(decoded.facets).toEqual([{facetId: "0", facetUid: "I_005", arguments: {dataset_id: "d1"}}]);
    expect(decoded.arrows[0]?.arguments).toEqual({table_side: "top"});
    expect(decoded.variables).toEqual({pipeline_rows: {facetName: "load", name: "rows"}});
  });

  it("has a schedule without an end", () => {
    const schedule = {name: "daily", start_time: "1704139255", end_time: "", cron: "0 6 * * *"};
    expect(decodeAnswer(wire.getFlow, {pipeline: {...flow, schedule}}).flow.schedule).toEqual({
      name: "daily",
      startTime: seconds("1704139255"),
      cron: "0 6 * * *"
    });
  });

  it("is idle whatever its progress says, when it doesn't run", () => {
    const status = (answer: unknown) => decodeAnswer(wire.getFlowStatus, answer);
    expect(status({status: false, progress: {status: "RUNNING", progress: 40}})).toEqual({
      status: "IDLE",
      message: ""
    });
    expect(status({status: true, progress: {status: "RUNNING", progress: 40, message: "half"}})).toEqual({
      status: "RUNNING",
      progress: 40,
      message: "half"
    });
    expect(status({status: false})).toEqual({status: "IDLE", message: ""});
    expect(status({status: true, progress: {}})).toEqual({status: "UNKNOWN", message: ""});
  });

  it("logs its runs", () => {
    const log = {log_id: "l", status: "FAILED", user: "b@c.de", message: "no such column", timestamp: "5"};
    const read = (erroneous_facet_id: string) =>
      decodeAnswer(wire.getFlowLog, {pipeline_log: [{...log, erroneous_facet_id}]}).flowLog[0];
    expect(read("")).toEqual({
      logId: "l",
      status: "FAILED",
      user: "b@c.de",
      data: "no such column",
      timestamp: seconds("5")
    });
    expect(read("0")?.erroneousFacetId).toBe("0");
  });

  it("is created with what the platform's own client sends", () => {
    const definition = {facets: [], arrows: [], arguments: {}, variables: {}, modelVariables: {}};
    const {body} = encodeRequest(wire.createFlow, {
      flow: {
        appId: "p1",
        name: "F",
        directory: {directoryId: "x", type: "FLOW", name: "In"},
        highVolumePreference: false,
        definition,
        schedule: null
      }
    });
    expect(JSON.parse(body!)).toEqual({
      pipeline: {
        project_id: "p1",
        name: "F",
        directory: {directory_id: "x", type: "PIPELINE", name: "In"},
        high_volume_preference: false,
        definition: {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}},
        schedule: null
      }
    });
  });

  it("is run with variables under their own names", () => {
    const {body} = encodeRequest(wire.runFlow, {
      flow: {appId: "p1", flowId: "f1"},
      variables: {flowRows: {value: 5}}
    });
    expect(JSON.parse(body!)).toEqual({
      pipeline: {project_id: "p1", pipeline_id: "f1"},
      variables: {flowRows: {value: 5}}
    });
  });
});

describe("a model", () => {
  it("is in a directory, or at the top level", () => {
    const decoded = decodeAnswer(wire.getModel, {model}).model;
    expect(decoded.directory).toEqual({directoryId: "x", name: "Old", type: "MODEL"});
    expect(decoded.latestVersionId).toBeUndefined();
    expect(decoded.createdAt).toEqual(seconds("1704139255"));
  });

  it("has versions whose metrics are as the model names them", () => {
    const metrics = {feature_importance: {}, performance: {accuracy: {average_test: 0.96}}};
    const {versions} = decodeAnswer(wire.listModelVersions, {
      versions: [
        {
          version_id: "v",
          model_id: "m1",
          version: "Demo",
          hyperparameters: {max_iter: 100, l1_ratio: null},
          metrics,
          created_at: "1661814764",
          modified_at: "1690303863"
        }
      ]
    });
    expect(versions[0]?.metrics).toEqual(metrics);
    expect(versions[0]?.hyperparameters).toEqual({max_iter: 100, l1_ratio: null});
  });
});

describe("a custom facet", () => {
  const customFacet = {
    custom_facet_id: "c",
    name: "Clean",
    chain_group: "MID",
    facet_uid: "M_050",
    description: "",
    tags: [],
    python_script: "result = data",
    libraries: ["pandas"],
    rootkit_token: "",
    arguments: [
      {name: "rows", type: "int", value: "5"},
      {name: "share", type: "float", value: "0.5"},
      {name: "strict", type: "bool", value: "False"},
      {name: "label", type: "str", value: ""},
      {name: "limit", type: "int", value: ""}
    ],
    created_at: "5",
    modified_at: "5"
  };

  it("has a script, requirements, and arguments of their types", () => {
    const decoded = decodeAnswer(wire.getCustomFacet, {custom_facet: customFacet}).customFacet;
    expect(decoded).toMatchObject({script: "result = data", requirements: ["pandas"]});
    expect(decoded.rootkitToken).toBeUndefined();
    expect(decoded.arguments.map(({value}) => value)).toEqual([5, 0.5, false, "", undefined]);
  });

  it("sends the values of arguments as strings", () => {
    const {body} = encodeRequest(wire.editCustomFacet, {
      customFacet: {
        customFacetId: "c",
        chainGroup: "MID",
        script: "result = data",
        arguments: [{name: "strict", type: "bool", value: true}]
      },
      saveAsVersion: false
    });
    expect(JSON.parse(body!)).toEqual({
      custom_facet: {
        custom_facet_id: "c",
        chain_group: "MID",
        python_script: "result = data",
        arguments: [{name: "strict", type: "bool", value: "True"}]
      },
      save_as_version: false
    });
  });
});

describe("specs", () => {
  const argument = {
    name: "data_types",
    argument_type: "MAP",
    default_value: null,
    children: {},
    have_sub_arguments: true,
    is_deprecated: false,
    is_hidden: false,
    is_list: true,
    is_required: false,
    options: null
  };

  it("nest arguments under their own names", () => {
    const spec = {
      facet_info: {chain_group: "INPUT", facet_group: "FILE", facet_type: "IMPORTED", facet_uid: "I_005"},
      is_deprecated: false,
      is_hidden: false,
      facet_keywords: [],
      facet_requirement: {max_child_count: 1, min_child_count: 1, max_parent_count: 0, min_parent_count: 0},
      facet_arguments: [{...argument, children: {column_name: {...argument, argument_type: "TEXT"}}}],
      in_arrow_arguments: [],
      out_arrow_arguments: []
    };
    const specs = decodeAnswer(wire.getFacetSpecs, {INPUT: {FILE: {IMPORTED: spec}}});
    const imported = specs.INPUT?.FILE?.IMPORTED;
    expect(imported?.facetInfo.facetUid).toBe("I_005");
    expect(imported?.facetArguments[0]?.children.column_name?.argumentType).toBe("TEXT");
  });

  it("give hyperparameters their groups and requirements", () => {
    const hyperparameter = {
      name: "type",
      default_value: "base",
      have_options: true,
      have_sub_hyperparameters: true,
      hyperparameter_group: "processing",
      hyperparameter_type: "TEXT",
      is_deprecated: false,
      is_required: false,
      is_hidden: false,
      is_list: false,
      children: {},
      options: ["base", "hierarchical"],
      sub_hyperparameter_requirements: [["hierarchical", ["hierarchical_type"]]]
    };
    const specs = decodeAnswer(wire.getModelSpecs, {
      "0": {
        name: "Ai Cast",
        is_deprecated: false,
        is_hidden: false,
        keywords: [],
        sub_model_types: [
          {
            name: "Base",
            is_deprecated: false,
            is_hidden: false,
            keywords: [],
            metrics: {feature_importance: {}},
            parameters: {},
            hyperparameters: {type: hyperparameter, free: {...hyperparameter, hyperparameter_group: null}}
          }
        ]
      }
    });
    const {hyperparameters} = specs["0"]!.subModelTypes[0]!;
    expect(hyperparameters.type?.hyperparameterGroup).toBe("processing");
    expect(hyperparameters.type?.subHyperparameterRequirements).toEqual([
      ["hierarchical", ["hierarchical_type"]]
    ]);
    expect(hyperparameters.free?.hyperparameterGroup).toBeUndefined();
  });
});

describe("a wrong answer", () => {
  it("is refused with the call, each field, what was expected and what came", () => {
    const {name: _, ...nameless} = dataset;
    expect(() =>
      decodeAnswer(wire.listDatasets, {
        datasets: [dataset, {...nameless, created_at: "yesterday", size: null}],
        limit_warning: ""
      })
    ).toThrow(
      "GET /component/get-datasets-for-project: the answer is not as expected: " +
        "datasets[1].name is missing: expected a string; " +
        "datasets[1].size is null: expected a number; " +
        'datasets[1].created_at is "yesterday": expected a timestamp, a string of epoch seconds'
    );
  });

  it.each([[undefined], [null], ["<html>"], [[]], [{}]])("says so of %j too", (answer) => {
    expect(() => decodeAnswer(wire.getModel, answer)).toThrow(/GET \/component\/get-model: /);
  });

  it("never repeats a long value whole", () => {
    const long = "x".repeat(5000);
    expect(() => decodeAnswer(wire.getModel, {model: long})).toThrow(/^.{1,250}$/);
  });

  it("is told from a wrong request", () => {
    expect(() => encodeRequest(wire.deleteApp, {app: {appId: 5 as never}})).toThrow(
      "POST /component/delete-project: the request is not as expected: project.project_id is wrong: expected a string"
    );
  });
});

describe("a refusal", () => {
  it.each([
    ['{"message":"Custom facet was not found"}', "Custom facet was not found"],
    ["plain text", "plain text"],
    ["<html><head><style>a{}</style></head><body><h1>502</h1>Bad  gateway</body></html>", "502 Bad gateway"],
    ['{"message":5}', '{"message":5}'],
    ["", ""]
  ])("%s says %s", (body, message) => expect(wire.rejectionMessage(body)).toBe(message));
});

describe("a word that isn't known", () => {
  it("as a column's type leaves the list readable, and is kept and told of", () => {
    const place = {data_type: "GEOGRAPHY", data_formats: {srid: 4326, unit: "m"}};
    const datasets = [dataset, {...dataset, dataset_id: "d2", data_types: {place, blank: {data_type: ""}}}];
    const {answer, told} = unknownWords(wire.listDatasets, {datasets, limit_warning: ""});
    expect(answer.datasets.map(({dataTypes}) => dataTypes)).toEqual([
      expect.objectContaining({project_id: {dataType: "CATEGORICAL", dataFormats: {}}}),
      {
        place: {dataType: "GEOGRAPHY", dataFormats: {srid: "4326", unit: "m"}},
        blank: {dataType: "", dataFormats: {}}
      }
    ]);
    const known = "expected one of NUMERIC, TEXT, CATEGORICAL, TIME";
    expect(told).toEqual([
      `datasets[1].data_types.place.data_type is "GEOGRAPHY": ${known}`,
      `datasets[1].data_types.blank.data_type is "": ${known}`
    ]);
  });

  it("in the outline of an app's components is kept and told of", () => {
    const data_types = {place: {data_type: "GEOGRAPHY"}};
    const components = {
      p1: {datasets: [{name: "Stores", data_types}], users: [{project_access_level: "GUEST"}]}
    };
    const {answer, told} = unknownWords(wire.getComponents, {project_components: components});
    expect(answer.appComponents.p1).toMatchObject({
      datasets: [{dataTypes: {place: {dataType: "GEOGRAPHY"}}}],
      users: [{appAccessLevel: "GUEST"}]
    });
    expect(told).toHaveLength(1);
  });

  it("as a flow's status is kept: it says only that the flow runs", () => {
    const {answer, told} = unknownWords(wire.getFlowStatus, {status: true, progress: {status: "PAUSED"}});
    expect(answer.status).toBe("PAUSED");
    expect(told).toEqual([expect.stringMatching(/^progress\.status is "PAUSED": expected one of SCHEDULED/)]);
  });

  it("as the status of a run in the log is kept", () => {
    const entry = {
      log_id: "1",
      status: "SKIPPED",
      user: "",
      erroneous_facet_id: "",
      message: "",
      timestamp: "1"
    };
    const {answer, told} = unknownWords(wire.getFlowLog, {pipeline_log: [entry]});
    expect(answer.flowLog[0]!.status).toBe("SKIPPED");
    expect(told).toEqual([expect.stringMatching(/^pipeline_log\[0\]\.status is "SKIPPED"/)]);
  });

  it("as the status of a download is kept", () => {
    const {answer, told} = unknownWords(wire.getDatasetDownload, {status: "LOST"});
    expect(answer).toEqual({status: "LOST"});
    expect(told).toEqual(['status is "LOST": expected one of SUCCESS, IN_PROGRESS, FAILED']);
  });

  it("as the type of a custom facet's argument is kept, with the value as it was sent", () => {
    const custom = {
      custom_facet_id: "c1",
      name: "Scale",
      chain_group: "MID",
      facet_uid: "M_1",
      description: "",
      python_script: "",
      arguments: [{name: "from", type: "date", value: "2024"}],
      created_at: "1",
      modified_at: "1"
    };
    const {answer, told} = unknownWords(wire.listCustomFacets, {custom_facets: [custom]});
    expect(answer.customFacets[0]!.arguments).toEqual([{name: "from", type: "date", value: "2024"}]);
    expect(told).toEqual([expect.stringMatching(/^custom_facets\[0\]\.arguments\[0\]\.type is "date"/)]);
  });

  it("as the type of a facet's argument, at any depth, or of a hyperparameter is kept", () => {
    const flags = {have_sub_arguments: false, is_deprecated: false, is_hidden: false, is_list: false};
    const argument = (name: string, argument_type: string, children = {}) =>
      ({name, argument_type, children, is_required: false, ...flags}) as const;
    const facet = {
      facet_info: {chain_group: "MID", facet_group: "G", facet_type: "F", facet_uid: "M_1"},
      is_deprecated: false,
      is_hidden: false,
      facet_requirement: {max_child_count: 0, min_child_count: 0, max_parent_count: 0, min_parent_count: 0},
      facet_arguments: [argument("map", "MAP", {day: argument("day", "DATE")})],
      in_arrow_arguments: [],
      out_arrow_arguments: []
    };
    const facets = unknownWords(wire.getFacetSpecs, {MID: {G: {F: facet}}});
    expect(facets.answer.MID!.G!.F!.facetArguments[0]!.children.day!.argumentType).toBe("DATE");
    expect(facets.told).toEqual([
      expect.stringMatching(/^MID\.G\.F\.facet_arguments\[0\]\.children\.day\.argument_type is "DATE"/)
    ]);

    const hyperparameter = {
      name: "when",
      have_options: false,
      have_sub_hyperparameters: false,
      hyperparameter_type: "DATE",
      is_deprecated: false,
      is_required: false,
      is_hidden: false,
      is_list: false,
      children: {}
    };
    const subModel = {name: "S", is_deprecated: false, is_hidden: false, metrics: {}, parameters: {}};
    const spec = {
      name: "M",
      is_deprecated: false,
      is_hidden: false,
      sub_model_types: [{...subModel, hyperparameters: {when: hyperparameter}}]
    };
    const models = unknownWords(wire.getModelSpecs, {0: spec});
    expect(models.answer[0]!.subModelTypes[0]!.hyperparameters.when!.hyperparameterType).toBe("DATE");
    expect(models.told).toHaveLength(1);
  });

  it("doesn't hide what is wrong beside it", () => {
    const wrong = {...dataset, size: "large", data_types: {place: {data_type: "GEOGRAPHY"}}};
    expect(() => unknownWords(wire.getDataset, {dataset: wrong})).toThrow(/dataset\.size is "large"/);
    expect(() => unknownWords(wire.getDataset, {dataset: wrong})).not.toThrow(/GEOGRAPHY/);
  });
});
