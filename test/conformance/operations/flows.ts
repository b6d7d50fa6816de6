// Flows: built, changed, scheduled and run.
import {expect, vi} from "vitest";
import type {App, Dataset, Directory, Flow, FlowError, RunLog} from "../../../lib/client/index.js";
import {FlowDefinition} from "../../../lib/definition/index.js";
import {frame, sorted} from "./here.js";
import {containing, including, matching, someText, someTime} from "./matchers.js";
import type {Area} from "./operation.js";

interface Kept {
  app: App;
  outer: Directory<Flow>;
  inner: Directory<Flow>;
  sales: Dataset;
  definition: FlowDefinition;
  /** One that asks for a column that isn't there. */
  broken: FlowDefinition;
  flow: Flow;
  before: Date;
  log: RunLog;
}

export const flows: Area<Kept> = {
  title: "flows",
  operations: [
    {
      does: "creates directories, one in another",
      python: `
        app = ikigai.app.new("Flows").build()
        outer = app.flow_directory.new("Daily").build()
        inner = app.flow_directory.new("Old").parent(outer).build()
        [outer.to_dict()["type"], sorted(app.flow_directories()), list(outer.directories()), list(inner.directories())]
      `,
      typescript: async (at) => {
        at.app = await at.ikigai.app.new("Flows").build();
        at.outer = await at.app.flowDirectory.new("Daily").build();
        at.inner = await at.app.flowDirectory.new("Old").parent(at.outer).build();
        return [
          at.outer.ref.type,
          sorted(await at.app.flowDirectories()),
          (await at.outer.directories()).names(),
          (await at.inner.directories()).names()
        ];
      },
      gives: ["PIPELINE", ["Daily", "Old"], ["Old"], []],
      givesHere: ["FLOW", ["Daily", "Old"], ["Old"], []]
    },
    {
      does: "creates a flow from a definition with variables",
      python: `
        sales = app.dataset.new("Sales").df(
            pd.DataFrame({"store": ["North", "South", "North"], "units": [1, 2, 3]})
        ).build()
        types = ikigai.facet_types
        definition = (
            ikigai.builder.facet(types.INPUT.IMPORTED, name="input")
            .arguments(dataset_id=sales.dataset_id, file_type="csv", header=True, use_raw_file=False)
            .facet(types.MID.COUNT)
            .arguments(output_column_name="rows", sort=True, target_columns=["store"])
            .facet(types.OUTPUT.EXPORTED, name="output")
            .arguments(dataset_name="Counts", file_type="csv", header=True)
            .variables(name="dataset_name")
            .build()
        )
        flow = app.flow.new("Count").definition(definition).directory(outer).agent_access(True).build()
        flow
      `,
      typescript: async (at) => {
        const {ikigai, app} = at;
        const rows = [
          {store: "North", units: 1},
          {store: "South", units: 2},
          {store: "North", units: 3}
        ];
        at.sales = await app.dataset.new("Sales").rows(rows).build();
        const {INPUT, MID, OUTPUT} = await ikigai.facetTypes();
        at.definition = ikigai.builder
          .facet({facetType: INPUT.IMPORTED, name: "input"})
          .arguments({datasetId: at.sales.datasetId, fileType: "csv", header: true, useRawFile: false})
          .facet({facetType: MID.COUNT})
          .arguments({outputColumnName: "rows", sort: true, targetColumns: ["store"]})
          .facet({facetType: OUTPUT.EXPORTED, name: "output"})
          .arguments({datasetName: "Counts", fileType: "csv", header: true})
          .variables({name: "dataset_name"})
          .build();
        at.flow = await app.flow
          .new("Count")
          .definition(at.definition)
          .directory(at.outer)
          .agentAccess(true)
          .build();
        return {...at.flow, schedule: at.flow.schedule ?? null};
      },
      gives: {
        app_id: someText,
        flow_id: someText,
        name: "Count",
        agent_access: true,
        schedule: null,
        created_at: someText,
        modified_at: someText
      }
    },
    {
      does: "gets a flow by name, by searching and from the lists",
      python: `
        [
            app.flows["Count"].flow_id == flow.flow_id,
            list(app.flows.search("oun")),
            list(app.flows()),
            list(outer.flows()),
            list(inner.flows()),
        ]
      `,
      typescript: async ({app, flow, outer, inner}) => [
        (await app.flows.get("Count")).flowId === flow.flowId,
        (await app.flows.search("oun")).names(),
        (await app.flows.list()).names(),
        (await outer.contents()).names(),
        (await inner.contents()).names()
      ],
      gives: [true, ["Count"], ["Count"], ["Count"], []],
      asks: [
        "GET /component/get-pipeline",
        "GET /search/search-pipelines-for-project",
        "GET /component/get-pipelines-for-project",
        "GET /component/get-pipelines-for-project",
        "GET /component/get-pipelines-for-project"
      ]
    },
    {
      does: "describes a flow with its definition",
      python: "flow.describe()",
      typescript: ({flow}) => flow.describe(),
      gives: {
        name: "Count",
        definition: {
          facets: [{facet_uid: "I_005"}, {facet_uid: "M_003"}, {facet_uid: "O_005"}],
          arrows: [
            {source: "0", destination: "1"},
            {source: "1", destination: "2"}
          ],
          variables: {name: {facet_name: "output", name: "dataset_name"}}
        },
        schedule: {name: "", start_time: "", end_time: "", cron: ""},
        high_volume_preference: false,
        trigger_downstream_pipelines: false
      },
      givesHere: {
        name: "Count",
        definition: {
          facets: [{facet_uid: "I_005"}, {facet_uid: "M_003"}, {facet_uid: "O_005"}],
          arrows: [
            {source: "0", destination: "1"},
            {source: "1", destination: "2"}
          ],
          variables: {name: {facet_name: "output", name: "dataset_name"}}
        },
        high_volume_preference: false,
        trigger_downstream_flows: false
      }
    },
    {
      does: "is idle and without logs before it runs",
      python: "[flow.status(), flow.run_logs(max_count=3)]",
      typescript: async ({flow}) => [await flow.status(), await flow.runLogs({maxCount: 3})],
      gives: [{status: "IDLE", progress: null, message: ""}, []],
      givesHere: [{status: "IDLE", message: ""}, []]
    },
    {
      does: "runs a flow with a variable",
      python: `
        before = datetime.now().astimezone()
        log = flow.run(name="Counts by store", _reserved="ignored")
        log
      `,
      typescript: async (at) => {
        at.before = new Date();
        at.log = await at.flow.run({name: "Counts by store"});
        return {...at.log, erroneousFacetId: at.log.erroneousFacetId ?? null};
      },
      gives: {
        log_id: someText,
        status: "SUCCESS",
        user: "analyst@example.com",
        erroneous_facet_id: null,
        data: "",
        timestamp: someText
      },
      asks: including(
        "POST /component/run-pipeline",
        "GET /component/is-pipeline-running",
        "GET /component/get-pipeline-log"
      )
    },
    {
      does: "finds what the run wrote, under the variable's name",
      python: '[app.datasets["Counts by store"].df(), "Counts" in app.datasets()]',
      typescript: async ({app}) => [
        frame(await (await app.datasets.get("Counts by store")).table()),
        (await app.datasets.list()).has("Counts")
      ],
      gives: [
        {
          columns: ["store", "rows"],
          rows: including(["North", 2], ["South", 1])
        },
        false
      ]
    },
    {
      does: "is idle again, with a log since the start and none since later",
      python: `
        [
            flow.status(),
            [one.log_id == log.log_id for one in flow.run_logs(max_count=5, since=before)],
            flow.run_logs(max_count=5, since=datetime.now().astimezone() + timedelta(minutes=1)),
        ]
      `,
      typescript: async ({flow, log, before}) => [
        await flow.status(),
        (await flow.runLogs({maxCount: 5, since: before})).map(({logId}) => logId === log.logId),
        await flow.runLogs({maxCount: 5, since: new Date(Date.now() + 60_000)})
      ],
      gives: [{status: "IDLE"}, [true], []]
    },
    {
      does: "gives a run that fails with the facet to blame",
      python: `
        broken = (
            ikigai.builder.facet(types.INPUT.IMPORTED)
            .arguments(dataset_id=sales.dataset_id, file_type="csv", header=True, use_raw_file=False)
            .facet(types.MID.COUNT)
            .arguments(output_column_name="rows", sort=True, target_columns=["no such column"])
            .facet(types.OUTPUT.EXPORTED)
            .arguments(dataset_name="Never", file_type="csv", header=True)
            .build()
        )
        failing = app.flow.new("Fail").definition(broken).build()
        [failing.run(), "Never" in app.datasets()]
      `,
      typescript: async (at) => {
        const {ikigai, app, sales} = at;
        const {INPUT, MID, OUTPUT} = await ikigai.facetTypes();
        at.broken = ikigai.builder
          .facet({facetType: INPUT.IMPORTED})
          .arguments({datasetId: sales.datasetId, fileType: "csv", header: true, useRawFile: false})
          .facet({facetType: MID.COUNT})
          .arguments({outputColumnName: "rows", sort: true, targetColumns: ["no such column"]})
          .facet({facetType: OUTPUT.EXPORTED})
          .arguments({datasetName: "Never", fileType: "csv", header: true})
          .build();
        const failing = await app.flow.new("Fail").definition(at.broken).build();
        const log: unknown = await failing.run().catch((error: FlowError) => error.log);
        return [log, (await app.datasets.list()).has("Never")];
      },
      gives: [{status: "FAILED", erroneous_facet_id: "1", data: containing("no such column")}, false]
    },
    {
      does: "refuses a variable that the flow doesn't have",
      python: 'flow.run(horizon="12")',
      typescript: ({flow}) => flow.run({horizon: "12"}),
      raises: {type: "RuntimeError", message: containing("horizon")},
      throws: {name: "RequestError", message: containing("horizon")}
    },
    {
      does: "refuses to run a flow for who may only look",
      python: `
        app.access.grant(other_email, AppAccessLevel.VIEWER)
        theirs = other.apps["Flows"].flows["Count"]
        theirs.run()
      `,
      typescript: async ({app, other, otherEmail}) => {
        await app.access.grant(otherEmail, "VIEWER");
        const theirs = await (await other.apps.get("Flows")).flows.get("Count");
        return theirs.run();
      },
      raises: {type: "RuntimeError", message: containing("[403]")},
      throws: {name: "AuthenticationError", message: containing("[403]")}
    },
    {
      does: "creates flows from a flow and from a plain definition",
      python: `
        copy = app.flow.new("Copy").definition(flow).build()
        plain = app.flow.new("Plain").definition(definition.to_dict()).build()
        empty = app.flow.new("Empty").build()
        [one.describe()["definition"]["facets"] == flow.describe()["definition"]["facets"] for one in (copy, plain, empty)]
      `,
      typescript: async ({app, flow, definition}) => {
        const made = [
          await app.flow.new("Copy").definition(flow).build(),
          await app.flow.new("Plain").definition(definition.toJSON()).build(),
          await app.flow.new("Empty").build()
        ];
        const same = [];
        for (const one of made) {
          const [ours, theirs] = [await one.describe(), await flow.describe()];
          same.push(JSON.stringify(ours.definition?.facets) === JSON.stringify(theirs.definition?.facets));
        }
        return same;
      },
      gives: [true, true, false]
    },
    {
      does: "upgrades a definition that an older version wrote",
      python: `
        lasso = ikigai.model_types.Linear.Lasso
        predict = types.MID.PREDICT.facet_uid
        old = {
            "facets": [{
                "facet_id": "a",
                "facet_uid": predict,
                "name": "",
                "arguments": {
                    "experiment_selection": {},
                    "model_name": "Price",
                    "submodel_type": "Lasso",
                    "parameters": [{"target_column": "price"}],
                    "forgotten": 1,
                },
            }],
            "arrows": [],
        }
        aged = app.flow.new("Old").definition(old).build()
        aged.describe()["definition"]["facets"][0]["arguments"]
      `,
      typescript: async ({ikigai, app}) => {
        const types = await ikigai.facetTypes();
        const old = {
          facets: [
            {
              facet_id: "a",
              facet_uid: types.MID.PREDICT.facetUid,
              name: "",
              arguments: {
                experiment_selection: {},
                model_name: "Price",
                submodel_type: "Lasso",
                parameters: [{target_column: "price"}],
                forgotten: 1
              }
            }
          ],
          arrows: []
        };
        const aged = await app.flow.new("Old").definition(FlowDefinition.from(old)).build();
        const {definition} = await aged.describe();
        return FlowDefinition.from(new FlowDefinition(definition!), types).facets[0]!.arguments;
      },
      gives: {model_name: "Price", sub_model_type: "Lasso", parameters: {target_column: "price"}}
    },
    {
      does: "renames and moves a flow, and changes its definition, its volume and its agents' access",
      python: `
        flow.rename("Count rows").move(inner).update_high_volume_preference(True).update_agent_access(False)
        flow.update_definition(broken).update_definition(definition.to_dict())
        described = flow.describe()
        [flow.to_dict()["name"], list(inner.flows()), described["high_volume_preference"], described["agent_access"]]
      `,
      typescript: async ({flow, inner, broken, definition}) => {
        await flow.rename("Count rows");
        await flow.move(inner);
        await flow.updateHighVolumePreference(true);
        await flow.updateAgentAccess(false);
        await flow.updateDefinition(broken);
        await flow.updateDefinition(definition.toJSON());
        const described = await flow.describe();
        return [
          flow.name,
          (await inner.contents()).names(),
          described.highVolumePreference,
          described.agentAccess
        ];
      },
      gives: ["Count rows", ["Count rows"], true, false]
    },
    {
      does: "creates a flow with a schedule, for high volume",
      python: `
        nightly = app.flow.new("Nightly").definition(definition).high_volume_preference(True).schedule("30 2 * * *").build()
        [nightly.schedule, nightly.to_dict()["schedule"], nightly.describe()["high_volume_preference"]]
      `,
      typescript: async ({app, definition}) => {
        const nightly = await app.flow
          .new("Nightly")
          .definition(definition)
          .highVolumePreference(true)
          .schedule("30 2 * * *")
          .build();
        return [nightly.schedule, (await nightly.describe()).highVolumePreference];
      },
      gives: [
        {name: "Nightly", start_time: someTime, end_time: "", cron: "30 2 * * *"},
        {name: "Nightly", start_time: someTime, end_time: "", cron: "30 2 * * *"},
        true
      ],
      givesHere: [{name: "Nightly", start_time: matching(/\+00:00$/), cron: "30 2 * * *"}, true]
    },
    {
      does: "takes a schedule in each form",
      python: `
        start, end = datetime(2030, 1, 1, tzinfo=timezone.utc), datetime(2031, 1, 1, tzinfo=timezone.utc)
        whole = Schedule(name="Weekly", start_time=start, end_time=end, cron="0 6 * * 1")
        seen = []
        for schedule in ("15 4 * * *", whole.to_dict(), whole):
            flow.update_schedule(schedule)
            seen.append(app.flows["Count rows"].schedule)
        given = app.flow.new("Weekly").schedule(whole).build(), app.flow.new("Weekly too").schedule(whole.to_dict()).build()
        [seen, [one.schedule for one in given]]
      `,
      typescript: async ({app, flow}) => {
        const startTime = new Date(Date.UTC(2030, 0, 1));
        const endTime = new Date(Date.UTC(2031, 0, 1));
        const whole = {name: "Weekly", startTime, endTime, cron: "0 6 * * 1"};
        const seen = [];
        for (const schedule of ["15 4 * * *", {...whole}, whole]) {
          await flow.updateSchedule(schedule);
          seen.push((await app.flows.get("Count rows")).schedule);
        }
        const given = [
          await app.flow.new("Weekly").schedule(whole).build(),
          await app.flow
            .new("Weekly too")
            .schedule({...whole})
            .build()
        ];
        return [seen, given.map(({schedule}) => schedule)];
      },
      gives: [
        [
          {name: "Count rows", start_time: someTime, end_time: "", cron: "15 4 * * *"},
          {name: "Weekly", start_time: "1893456000", end_time: "1924992000", cron: "0 6 * * 1"},
          {name: "Weekly", start_time: "1893456000", end_time: "1924992000", cron: "0 6 * * 1"}
        ],
        [{name: "Weekly"}, {name: "Weekly"}]
      ],
      givesHere: [
        [
          {name: "Count rows", start_time: matching(/\+00:00$/), cron: "15 4 * * *"},
          ...Array<object>(2).fill({
            name: "Weekly",
            start_time: "2030-01-01T00:00:00.000+00:00",
            end_time: "2031-01-01T00:00:00.000+00:00",
            cron: "0 6 * * 1"
          })
        ],
        [{name: "Weekly"}, {name: "Weekly"}]
      ]
    },
    {
      does: "removes a schedule by setting one that ended long ago",
      python: "flow.update_schedule(None).schedule is None",
      typescript: async ({flow, asked, putClockAhead}) => {
        const removed = flow.removeSchedule();
        // It asks whether the schedule is gone once the platform has been told.
        await vi.waitFor(() => expect(asked()).toContain("GET /component/get-pipeline"));
        putClockAhead(90);
        return (await removed).schedule === undefined;
      },
      gives: true,
      asks: ["POST /component/edit-pipeline"]
    },
    {
      does: "has no schedule 90 seconds later",
      python: '[app.flows["Count rows"].schedule, app.flows["Nightly"].schedule is None]',
      typescript: async ({app}) => [
        (await app.flows.get("Count rows")).schedule ?? null,
        (await app.flows.get("Nightly")).schedule === undefined
      ],
      gives: [null, false],
      clockAhead: 90
    },
    {
      does: "refuses a schedule that runs more than once an hour before it asks for anything",
      python: 'flow.update_schedule("*/5 * * * *")',
      typescript: ({flow}) => flow.updateSchedule("*/5 * * * *"),
      raises: {type: "TypeError", message: containing("Minute field must be an integer")},
      throws: {name: "ValidationError", message: containing("plain number from 0 to 59")},
      asks: []
    },
    {
      does: "deletes a flow",
      python: `
        for one in app.flows().values():
            one.delete()
        list(app.flows())
      `,
      typescript: async ({app}) => {
        for (const one of await app.flows.list()) await one.delete();
        return (await app.flows.list()).names();
      },
      gives: []
    }
  ]
};
