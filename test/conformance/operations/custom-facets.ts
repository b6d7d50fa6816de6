// Custom facets: scripts that a user shares, their versions, and flows that use them.
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {App, CustomFacet, Flow, IkigaiError, PinnedCustomFacet} from "../../../lib/client/index.js";
import {frame, sorted} from "./here.js";
import {containing, including, matching, someText} from "./matchers.js";
import type {Area} from "./operation.js";

interface Kept {
  custom: CustomFacet;
  /** Made from files. */
  filed: CustomFacet;
  second: PinnedCustomFacet;
  app: App;
  flow: Flow;
}

export const customFacets: Area<Kept> = {
  title: "custom facets",
  operations: [
    {
      does: "creates a custom facet with arguments of every type",
      python: `
        types = ikigai.facet_types
        custom = (
            ikigai.custom_facet.new("Threshold", types.MID.CUSTOM_FACET)
            .description("Keeps rows above a threshold")
            .script(
                """
                result = data[data["units"] > threshold]
                """,
                requirements=["pandas>=2"],
                arguments={"threshold": 2, "factor": 1.5, "column": "units", "strict": True},
            )
            .build()
        )
        custom
      `,
      typescript: async (at) => {
        const types = await at.ikigai.facetTypes();
        at.custom = await at.ikigai.customFacet
          .new("Threshold", types.MID.CUSTOM_FACET)
          .description("Keeps rows above a threshold")
          .script(
            `
            result = data[data["units"] > threshold]
            `,
            {
              requirements: ["pandas>=2"],
              arguments: {threshold: 2, factor: 1.5, column: "units", strict: true}
            }
          )
          .build();
        return at.custom;
      },
      gives: {
        custom_facet_id: someText,
        name: "Threshold",
        description: "Keeps rows above a threshold",
        script: '\nresult = data[data["units"] > threshold]\n',
        requirements: ["pandas>=2"],
        rootkit_token: someText,
        facet_type: {facet_info: {chain_group: "MID", facet_type: "CUSTOM_FACET"}},
        arguments: {
          threshold: {argument_type: "int", value: 2},
          factor: {argument_type: "float", value: 1.5},
          column: {argument_type: "str", value: "units"},
          strict: {argument_type: "bool", value: true}
        }
      },
      givesHere: {
        custom_facet_id: someText,
        name: "Threshold",
        description: "Keeps rows above a threshold",
        script: '\nresult = data[data["units"] > threshold]\n',
        requirements: ["pandas>=2"],
        chain_group: "MID",
        arguments: [
          {name: "threshold", type: "int", value: 2},
          {name: "factor", type: "float", value: 1.5},
          {name: "column", type: "str", value: "units"},
          {name: "strict", type: "bool", value: true}
        ]
      }
    },
    {
      does: "creates one from files",
      python: `
        Path(folder, "script.py").write_text("result = data")
        Path(folder, "requirements.txt").write_text("numpy\\n")
        script = {"script": Path(folder, "script.py"), "requirements": Path(folder, "requirements.txt")}
        filed = ikigai.custom_facet.new("From files", types.OUTPUT.CUSTOM_FACET).script(**script).build()
        [filed.script, filed.requirements, filed.facet_type.facet_info.chain_group]
      `,
      typescript: async (at) => {
        const [script, requirements] = ["our-script.py", "our-requirements.txt"].map((name) =>
          join(at.folder, name)
        );
        await writeFile(script!, "result = data");
        await writeFile(requirements!, "numpy\n");
        const types = await at.ikigai.facetTypes();
        at.filed = await at.ikigai.customFacet
          .new("From files", types.OUTPUT.CUSTOM_FACET)
          .script(await readFile(script!, "utf8"), {
            requirements: (await readFile(requirements!, "utf8")).split(/(?<=\n)/)
          })
          .build();
        return [at.filed.script, at.filed.requirements, at.filed.chainGroup];
      },
      gives: ["result = data", ["numpy\n"], "OUTPUT"]
    },
    {
      does: "gets a custom facet by name, by searching and from the list",
      python: `
        [
            ikigai.custom_facets["Threshold"].custom_facet_id == custom.custom_facet_id,
            list(ikigai.custom_facets.search("hresh")),
            sorted(ikigai.custom_facets()),
        ]
      `,
      typescript: async ({ikigai, custom}) => [
        (await ikigai.customFacets.get("Threshold")).customFacetId === custom.customFacetId,
        (await ikigai.customFacets.search("hresh")).names(),
        sorted(await ikigai.customFacets.list())
      ],
      gives: [true, ["Threshold"], ["From files", "Threshold"]]
    },
    {
      does: "says that there is no custom facet of a name",
      python: 'ikigai.custom_facets["No such facet"]',
      typescript: ({ikigai}) => ikigai.customFacets.get("No such facet"),
      raises: {type: "RuntimeError", message: containing("Custom facet was not found")},
      throws: {name: "NotFoundError", message: containing('called "No such facet"')}
    },
    {
      does: "is unpinned on the draft while there is no version",
      python: `
        unpinned = custom.unpinned()
        [len(custom.versions()), unpinned.version_id, unpinned.description, sorted(unpinned.arguments)]
      `,
      typescript: async ({custom}) => {
        const unpinned = await custom.unpinned();
        return [
          (await custom.versions()).size,
          unpinned.versionId,
          unpinned.arguments.map(({name}) => name).sort()
        ];
      },
      gives: [0, "", "Keeps rows above a threshold", ["column", "factor", "strict", "threshold"]],
      givesHere: [0, "", ["column", "factor", "strict", "threshold"]]
    },
    {
      does: "saves versions of the draft as it changes",
      python: `
        first = custom.create_version("v1")
        custom.rename("Cut-off").update_description("Keeps rows up to a limit")
        custom.update_script('result = data[data["units"] <= limit]', requirements=[], arguments={"limit": 3})
        second = custom.create_version("v2")
        [custom.name, first, second, sorted(custom.versions()), custom.versions()["v1"].version_id == first.version_id]
      `,
      typescript: async (at) => {
        const {custom} = at;
        const first = await custom.createVersion("v1");
        await custom.rename("Cut-off");
        await custom.updateDescription("Keeps rows up to a limit");
        await custom.updateScript('result = data[data["units"] <= limit]', {arguments: {limit: 3}});
        at.second = await custom.createVersion("v2");
        return [
          custom.name,
          first,
          at.second,
          sorted(await custom.versions()),
          (await custom.versions()).get("v1").versionId === first.versionId
        ];
      },
      gives: [
        "Cut-off",
        {name: "v1", description: "Keeps rows above a threshold", arguments: {threshold: {value: 2}}},
        {name: "v2", description: "Keeps rows up to a limit", arguments: {limit: {value: 3}}},
        ["v1", "v2"],
        true
      ],
      givesHere: [
        "Cut-off",
        {
          name: "v1",
          description: "Keeps rows above a threshold",
          arguments: including({name: "threshold", type: "int", value: 2})
        },
        {name: "v2", description: "Keeps rows up to a limit", arguments: [{name: "limit", value: 3}]},
        ["v1", "v2"],
        true
      ]
    },
    {
      does: "describes the draft as the platform has it",
      python: "custom.describe()",
      typescript: ({custom}) => custom.describe(),
      gives: {
        name: "Cut-off",
        chain_group: "MID",
        description: "Keeps rows up to a limit",
        python_script: 'result = data[data["units"] <= limit]',
        libraries: [],
        arguments: [{name: "limit", type: "int", value: "3"}],
        tags: []
      },
      givesHere: {
        name: "Cut-off",
        chain_group: "MID",
        description: "Keeps rows up to a limit",
        script: 'result = data[data["units"] <= limit]',
        requirements: [],
        arguments: [{name: "limit", type: "int", value: 3}],
        tags: []
      }
    },
    {
      does: "builds a flow with a pinned and an unpinned use",
      python: `
        app = ikigai.app.new("Custom facets").build()
        sales = app.dataset.new("Sales").df(pd.DataFrame({"units": [1, 2, 3]})).build()
        definition = (
            ikigai.builder.facet(types.INPUT.IMPORTED)
            .arguments(dataset_id=sales.dataset_id, file_type="csv", header=True, use_raw_file=False)
            .custom_facet(custom.versions()["v2"], name="pinned")
            .arguments(limit=2)
            .custom_facet(custom.unpinned())
            .facet(types.OUTPUT.EXPORTED)
            .arguments(dataset_name="Cut", file_type="csv", header=True)
            .build()
        )
        flow = app.flow.new("Cut").definition(definition).build()
        [facet["arguments"] for facet in flow.describe()["definition"]["facets"][1:3]]
      `,
      typescript: async (at) => {
        const {ikigai, custom} = at;
        at.app = await ikigai.app.new("Custom facets").build();
        const sales = await at.app.dataset
          .new("Sales")
          .rows([{units: 1}, {units: 2}, {units: 3}])
          .build();
        const {INPUT, OUTPUT} = await ikigai.facetTypes();
        const definition = ikigai.builder
          .facet({facetType: INPUT.IMPORTED})
          .arguments({datasetId: sales.datasetId, fileType: "csv", header: true, useRawFile: false})
          .customFacet({customFacetVersion: (await custom.versions()).get("v2"), name: "pinned"})
          .arguments({limit: 2})
          .customFacet({customFacetVersion: await custom.unpinned()})
          .facet({facetType: OUTPUT.EXPORTED})
          .arguments({datasetName: "Cut", fileType: "csv", header: true})
          .build();
        at.flow = await at.app.flow.new("Cut").definition(definition).build();
        return (await at.flow.describe()).definition!.facets.slice(1, 3).map((facet) => facet.arguments);
      },
      gives: [
        {
          custom_facet_id: someText,
          version_id: matching(/./),
          arguments: [{name: "limit", type: "NUMBER", value: 2}]
        },
        {version_id: "", arguments: []}
      ]
    },
    {
      does: "runs such a flow, each use with its own arguments",
      python: '[flow.run(), app.datasets["Cut"].df()]',
      typescript: async ({app, flow}) => [
        await flow.run(),
        frame(await (await app.datasets.get("Cut")).table())
      ],
      gives: [
        {status: "SUCCESS", erroneous_facet_id: null},
        {columns: ["units"], rows: [[1], [2]]}
      ],
      givesHere: [{status: "SUCCESS"}, {columns: ["units"], rows: [[1], [2]]}]
    },
    {
      does: "refuses an argument that the version doesn't have before it asks for anything",
      python: "ikigai.builder.custom_facet(second).arguments(threshold=1)",
      typescript: ({ikigai, second}) =>
        ikigai.builder.customFacet({customFacetVersion: second}).arguments({threshold: 1}),
      raises: {type: "ValueError", message: containing("'threshold' is not valid")},
      throws: {name: "ValidationError", message: matching(/"threshold" .* is unknown/)},
      asks: []
    },
    {
      does: "hides a custom facet from others",
      python: "len(other.custom_facets())",
      typescript: async ({other}) => (await other.customFacets.list()).size,
      gives: 0
    },
    {
      does: "grants, changes and revokes access",
      python: `
        seen = []
        custom.access.grant(other_email, CustomFacetAccessLevel.RUNNER)
        seen.append(other.custom_facets["Cut-off"].script)
        custom.access.update(other_email, CustomFacetAccessLevel.VIEWER)
        seen.append(other.custom_facets["Cut-off"].script)
        try:
            other.custom_facets["Cut-off"].rename("Mine now")
        except RuntimeError as error:
            seen.append(str(error)[:5])
        custom.access.update(other_email, CustomFacetAccessLevel.EDITOR)
        seen.append(other.custom_facets["Cut-off"].rename("Limit").name)
        custom.access.revoke(other_email)
        seen.append(len(other.custom_facets()))
        seen
      `,
      typescript: async ({custom, other, otherEmail}) => {
        const seen: unknown[] = [];
        const theirs = () => other.customFacets.get("Cut-off");
        await custom.access.grant(otherEmail, "RUN");
        seen.push((await theirs()).script);
        await custom.access.update(otherEmail, "VIEW");
        seen.push((await theirs()).script);
        await (
          await theirs()
        )
          .rename("Mine now")
          .catch((error: IkigaiError) => seen.push(`[${error.status}]`));
        await custom.access.update(otherEmail, "EDIT");
        seen.push((await (await theirs()).rename("Limit")).name);
        await custom.access.revoke(otherEmail);
        seen.push((await other.customFacets.list()).size);
        return seen;
      },
      gives: ["", 'result = data[data["units"] <= limit]', "[403]", "Limit", 0]
    },
    {
      does: "deletes custom facets",
      python: `
        for one in (custom, filed):
            one.delete()
        len(ikigai.custom_facets())
      `,
      typescript: async ({ikigai, custom, filed}) => {
        for (const one of [custom, filed]) await one.delete();
        return (await ikigai.customFacets.list()).size;
      },
      gives: 0
    }
  ]
};
