// How our client means to differ from Python's in what it asks the platform, and why. What isn't here must not differ; what
// is here must show. docs/conformance.md shows this list (differences.test.ts).
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
      "What is got by name is looked for in the list, so that an error can name the most similar names, or distinguish " +
      "several with the name. Where the platform cuts the list short, it is asked for the name as Python asks."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-project-directories-for-user?fetch_all=True"],
    in: ["is refused one of two apps by their name"],
    why: "Several things with one name are distinguished by their directories' names."
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
    why: "A constructor of TypeScript's can't wait. `check()` asks for the heartbeats; without it the first call finds out."
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
    why: "`app.describe()` fetches the app's own fields again with its components; Python gives those that it has."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-dataset-log?dataset_id=*&project_id=*&limit=5"],
    in: ["replaces the rows"],
    why:
      "Before new data goes up, the log is asked for the last upload: what is newer is this one's, by the platform's clock alone. " +
      "Python compares the platform's clock with its own."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-dataset-log?dataset_id=*&project_id=*&limit=5"],
    in: ["removes the record of a dataset that can't be uploaded"],
    why: "Before the record of a refused dataset is removed, and its log with it, the reason is read there for the error."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-dataset?project_id=*&dataset_id=*"],
    in: ["replaces the rows"],
    why: "`editData` fetches the dataset's size and column types, which the new data has changed."
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
      "Before a run the log is asked for its newest entry: the run's own is the next one, whatever the clocks say. Python looks for " +
      "an entry that is younger than the run by its own clock."
  },
  {
    instead: [
      [
        "GET /component/get-pipeline-log?pipeline_id=*&project_id=*&limit=1",
        "GET /component/get-pipeline-log?pipeline_id=*&project_id=*&limit=20"
      ]
    ],
    why: "After a run the log is read back to that entry, since somebody else's run may have ended in between."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-pipeline?pipeline_id=*"],
    in: ["gives a run that fails with the facet to blame"],
    why: "The error of a run that failed calls the facet by its name, which the log doesn't."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-pipeline?pipeline_id=*"],
    in: ["removes a schedule by setting one that ended long ago"],
    why: "`removeSchedule` asks every 5 s whether the schedule is gone. Python waits for 90 s and takes it for granted."
  },
  {
    only: "python",
    asks: ["GET /component/get-facet-specs"],
    in: ["flows", "custom facets"],
    why: "The specs are asked for once by each client. Python's `flow.describe()` asks each time, and so does a user's first custom facet."
  },
  {
    only: "typescript",
    asks: ["GET /component/get-custom-facet?custom_facet_id=*"],
    in: ["saves versions of the draft as it changes"],
    why: "A version is saved from the draft as the platform has it, which somebody else may have changed. Python saves what it has."
  },
  {
    blanks: ["pipeline.definition.arguments"],
    bodies: ["POST /component/create-pipeline", "POST /component/edit-pipeline"],
    why:
      "A definition has arguments of its own, which are always empty. The platform's answers and the older document have them; " +
      "Python's newer client no longer sends them."
  },
  {
    blanks: ["pipeline.definition.variables", "pipeline.definition.model_variables"],
    bodies: ["POST /component/create-pipeline"],
    why: "A plain object is read as a definition, and a definition is sent whole. Python sends a dictionary as it is."
  }
];
