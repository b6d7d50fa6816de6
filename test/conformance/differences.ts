// The intended differences between the requests of our client and of Python's, and their reasons. The tests fail if another difference
// occurs, or if one of these no longer does. docs/conformance.md shows this list (differences.test.ts).
import type {Difference} from "./comparison.js";

export const differences: Difference[] = [
  {
    instead: [
      ["GET /component/get-project?name=*", "GET /component/get-projects-for-user?fetch_all=True"],
      [
        "GET /component/get-dataset?project_id=*&name=*",
        "GET /component/get-datasets-for-project?project_id=*&fetch_all=True"
      ],
      [
        "GET /component/get-pipeline?project_id=*&name=*",
        "GET /component/get-pipelines-for-project?project_id=*&fetch_all=True"
      ],
      [
        "GET /component/get-model?project_id=*&name=*",
        "GET /component/get-models-for-project?project_id=*&fetch_all=True"
      ],
      ["GET /component/get-custom-facet?name=*", "GET /component/get-custom-facets-for-user"]
    ],
    why:
      "TypeScript fetches the list and looks for the name there. So an error can show the most similar names, or how " +
      "several things with this name differ. If the platform cuts the list short, TypeScript asks for the name as " +
      "Python does."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-project-directories-for-user?fetch_all=True"],
    in: ["is refused one of two apps by their name"],
    why:
      "If several apps have the same name, the error says in which directory each one is. This fetches the names of " +
      "the directories."
  },
  {
    only: "python",
    asks: ["GET /access/heartbeat", "GET /search/heartbeat"],
    in: [
      "takes a base URL that ends in a slash",
      "takes each way of saying how to trust the platform",
      "is refused with a wrong key, at the first call that needs one",
      "is refused as somebody the platform doesn't know"
    ],
    why:
      "With these requests, Python's constructor tests whether the platform answers. A constructor in TypeScript can't wait for " +
      "an answer, so `check()` sends them instead. Without `check()`, the first call fails if the platform doesn't answer."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-project?project_id=*"],
    in: [
      "describes an app with its components",
      "grants somebody a look",
      "revokes access",
      "tells who lost access that there is no such app"
    ],
    why:
      "`app.describe()` fetches the app's own fields again, together with its components. Python returns the fields " +
      "that it fetched earlier."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-dataset-log?dataset_id=*&project_id=*&limit=5"],
    in: ["replaces the rows"],
    why:
      "Before an upload, TypeScript reads in the log when the last upload ended. A later entry then belongs to the new upload. So " +
      "it compares only times of the platform's clock; Python compares the platform's times with its own clock."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-dataset-log?dataset_id=*&project_id=*&limit=5"],
    in: ["removes the record of a dataset that can't be uploaded"],
    why:
      "If the platform refuses the data of a new dataset, TypeScript deletes the dataset, and its log with it. Before " +
      "that, it reads in the log why the data was refused, for the error."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-dataset?project_id=*&dataset_id=*"],
    in: ["replaces the rows"],
    why: "`editData` fetches the dataset's size and column types again, because the new data has changed them."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-pipeline-log?pipeline_id=*&project_id=*&limit=1"],
    in: [
      "trains a version by running a flow",
      "runs a flow with a variable",
      "gives a run that fails with the facet to blame",
      "refuses a variable that the flow doesn't have",
      "refuses to run a flow for who may only look",
      "runs such a flow, each use with its own arguments"
    ],
    why:
      "Before a run, TypeScript reads the newest entry of the log. The run's own entry is the next one, so it compares no times. " +
      "Python looks for an entry that is later than the start of the run by Python's own clock."
  },
  {
    instead: [
      [
        "GET /component/get-pipeline-log?pipeline_id=*&project_id=*&limit=1",
        "GET /component/get-pipeline-log?pipeline_id=*&project_id=*&limit=20"
      ]
    ],
    why:
      "After a run, TypeScript reads the log back to the entry that was the newest before it. It needs more than the last entry, " +
      "because a run that somebody else started may have ended later."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-pipeline?pipeline_id=*"],
    in: ["gives a run that fails with the facet to blame"],
    why: "The error of a failed run gives the facet's name, but the log has only its id. So TypeScript fetches the flow."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-pipeline?pipeline_id=*"],
    in: ["removes a schedule by setting one that ended long ago"],
    why:
      "`removeSchedule` asks every 5 seconds whether the schedule is gone. Python waits for 90 seconds and doesn't " +
      "check it."
  },
  {
    only: "python",
    asks: ["GET /component/get-facet-specs"],
    in: ["flows", "custom facets"],
    why:
      "TypeScript fetches the specs once for each client. Python fetches them again in each `flow.describe()`, and " +
      "also when it gets its first custom facet."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-custom-facet?custom_facet_id=*"],
    in: ["saves versions of the draft as it changes"],
    why:
      "A version is saved from the draft that the platform has now, because somebody else may have changed it. Python " +
      "saves the draft that it fetched earlier."
  },
  {
    blanks: ["pipeline.definition.arguments"],
    bodies: ["POST /component/create-pipeline", "POST /component/edit-pipeline"],
    why:
      "A definition itself has a field `arguments`, which is always empty. TypeScript sends it, because the platform's answers " +
      "and the older edition of Python's README have it. Python's newer client no longer sends it."
  },
  {
    blanks: ["pipeline.definition.variables", "pipeline.definition.model_variables"],
    bodies: ["POST /component/create-pipeline"],
    why:
      "TypeScript reads a plain object as a definition, and always sends all fields of a definition. Python sends a " +
      "dictionary as it is."
  }
];
