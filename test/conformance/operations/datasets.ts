// Datasets: up and down, and everything about them but their rows.
import {tableFromArrays} from "apache-arrow";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {vi} from "vitest";
import {UploadError, type App, type Dataset, type Directory} from "../../../lib/client/index.js";
import {Transport} from "../../../lib/client/transport.js";
import {frame, sorted} from "./here.js";
import {containing, matching, someNumber, someText} from "./matchers.js";
import type {Area} from "./operation.js";

const upload = [
  "GET /component/get-dataset-multipart-upload-urls",
  matching(/^PUT \/object-store\//),
  "POST /component/complete-dataset-multipart-upload",
  "GET /component/verify-dataset-upload",
  "GET /component/confirm-dataset-upload",
  "GET /component/get-dataset-log"
];

interface Kept {
  app: App;
  outer: Directory<Dataset>;
  inner: Directory<Dataset>;
  dataset: Dataset;
}

export const datasets: Area<Kept> = {
  title: "datasets",
  operations: [
    {
      does: "creates directories, one in another",
      python: `
        app = ikigai.app.new("Datasets").build()
        outer = app.dataset_directory.new("[INPUT]").build()
        inner = app.dataset_directory.new("Old").parent(outer).build()
        [outer.to_dict()["type"], sorted(app.dataset_directories()), list(outer.directories()), list(inner.directories())]
      `,
      typescript: async (at) => {
        at.app = await at.ikigai.app.new("Datasets").build();
        at.outer = await at.app.datasetDirectory.new("[INPUT]").build();
        at.inner = await at.app.datasetDirectory.new("Old").parent(at.outer).build();
        return [
          at.outer.ref.type,
          sorted(await at.app.datasetDirectories()),
          (await at.outer.directories()).names(),
          (await at.inner.directories()).names()
        ];
      },
      gives: ["DATASET", ["Old", "[INPUT]"], ["Old"], []]
    },
    {
      does: "creates a dataset from a frame",
      python: `
        rows = {
            "store": ["North", "South", "Größe, \\"XL\\"", None],
            "week": ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"],
            "units": [1, 2, 3, 4],
            "price": [1.5, None, 3.25, 4.0],
        }
        dataset = app.dataset.new("Sales").df(pd.DataFrame(rows)).directory(outer).agent_access(True).build()
        dataset
      `,
      typescript: async (at) => {
        const rows = tableFromArrays({
          store: ["North", "South", 'Größe, "XL"', null],
          week: ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"],
          units: Int32Array.of(1, 2, 3, 4),
          price: [1.5, null, 3.25, 4]
        });
        at.dataset = await at.app.dataset
          .new("Sales")
          .table(rows)
          .directory(at.outer)
          .agentAccess(true)
          .build();
        return at.dataset;
      },
      gives: {
        app_id: someText,
        dataset_id: someText,
        name: "Sales",
        filename: "Sales.csv",
        file_extension: "csv",
        data_types: {
          store: {data_type: matching(/^(TEXT|CATEGORICAL)$/)},
          week: {data_type: "TIME"},
          units: {data_type: "NUMERIC"},
          price: {data_type: "NUMERIC"}
        },
        size: someNumber,
        agent_access: true,
        created_at: someText,
        modified_at: someText
      },
      asks: ["POST /component/create-dataset", ...upload, "GET /component/get-dataset"]
    },
    {
      does: "downloads the rows as they were",
      python: "dataset.df()",
      typescript: async ({dataset}) => frame(await dataset.table()),
      gives: {
        columns: ["store", "week", "units", "price"],
        rows: [
          ["North", "2024-01-01", 1, 1.5],
          ["South", "2024-01-08", 2, null],
          ['Größe, "XL"', "2024-01-15", 3, 3.25],
          [null, "2024-01-22", 4, 4]
        ]
      },
      givesHere: {
        columns: ["store", "week", "units", "price"],
        rows: [
          ["North", Date.UTC(2024, 0, 1), 1, 1.5],
          ["South", Date.UTC(2024, 0, 8), 2, null],
          ['Größe, "XL"', Date.UTC(2024, 0, 15), 3, 3.25],
          [null, Date.UTC(2024, 0, 22), 4, 4]
        ]
      },
      asks: ["GET /component/get-dataset-download-url", matching(/^GET \/object-store\//)]
    },
    {
      does: "downloads with pandas' own options",
      python: 'dataset.df(usecols=["units"], nrows=2)',
      typescript: async ({dataset}) => frame((await dataset.table()).select(["units"]).slice(0, 2)),
      gives: {columns: ["units"], rows: [[1], [2]]}
    },
    {
      does: "creates a dataset from a CSV file",
      python: `
        Path(folder, "stores.csv").write_text("store,open\\nNorth,True\\nSouth,False\\n")
        stores = app.dataset.new("Stores").csv(f"{folder}/stores.csv").build()
        [stores.agent_access, stores.size, stores.df()["store"].tolist()]
      `,
      typescript: async ({app, folder}) => {
        const path = join(folder, "our-stores.csv");
        await writeFile(path, "store,open\nNorth,True\nSouth,False\n");
        const stores = await app.dataset.new("Stores").file(path).build();
        return [stores.agentAccess, stores.size, [...(await stores.table()).getChild("store")!]];
      },
      gives: [false, 34, ["North", "South"]]
    },
    {
      does: "gets a dataset by name, by searching and from the lists",
      python: `
        [
            app.datasets["Sales"].dataset_id == dataset.dataset_id,
            list(app.datasets.search("ale")),
            sorted(app.datasets()),
            list(outer.datasets()),
            list(inner.datasets()),
        ]
      `,
      typescript: async ({app, dataset, outer, inner}) => [
        (await app.datasets.get("Sales")).datasetId === dataset.datasetId,
        (await app.datasets.search("ale")).names(),
        sorted(await app.datasets.list()),
        (await outer.contents()).names(),
        (await inner.contents()).names()
      ],
      gives: [true, ["Sales"], ["Sales", "Stores"], ["Sales"], []],
      asks: [
        "GET /component/get-dataset",
        "GET /search/search-datasets-for-project",
        "GET /component/get-datasets-for-project",
        "GET /component/get-datasets-for-project",
        "GET /component/get-datasets-for-project"
      ]
    },
    {
      does: "replaces the rows",
      python: `
        dataset.edit_data(pd.DataFrame({"store": ["North"], "units": [7]}))
        [dataset.df(), sorted(app.datasets["Sales"].data_types)]
      `,
      typescript: async ({app, dataset}) => {
        await dataset.editData({rows: [{store: "North", units: 7}]});
        const types = (await app.datasets.get("Sales")).dataTypes;
        return [frame(await dataset.table()), Object.keys(types).sort()];
      },
      gives: [{columns: ["store", "units"], rows: [["North", 7]]}, ["store", "units"]],
      asks: [
        ...upload,
        "GET /component/get-dataset-download-url",
        matching(/^GET \/object-store\//),
        "GET /component/get-dataset"
      ]
    },
    {
      does: "renames and moves a dataset, and shuts agents out",
      python: `
        dataset.rename("Sales by store").move(inner).update_agent_access(False)
        [dataset.to_dict()["name"], list(outer.datasets()), list(inner.datasets()), dataset.describe()]
      `,
      typescript: async ({dataset, outer, inner}) => {
        await dataset.rename("Sales by store");
        await dataset.move(inner);
        await dataset.updateAgentAccess(false);
        return [
          dataset.name,
          (await outer.contents()).names(),
          (await inner.contents()).names(),
          await dataset.describe()
        ];
      },
      gives: [
        "Sales by store",
        [],
        ["Sales by store"],
        {
          name: "Sales by store",
          filename: "Sales.csv",
          agent_access: false,
          is_visible: true,
          is_optimized: false,
          directory: {type: "DATASET", directory_id: matching(/./)},
          size: 20,
          modified_at: matching(/^\d{10}$/)
        }
      ],
      givesHere: [
        "Sales by store",
        [],
        ["Sales by store"],
        {
          name: "Sales by store",
          filename: "Sales.csv",
          agent_access: false,
          is_visible: true,
          is_optimized: false,
          directory: {type: "DATASET", directory_id: matching(/./)},
          size: 20,
          modified_at: someText
        }
      ]
    },
    {
      does: "refuses empty data before it asks for anything",
      python: 'app.dataset.new("Nothing").build()',
      typescript: ({app}) => app.dataset.new("Nothing").build(),
      raises: {type: "ValueError", message: "Dataset is empty"},
      throws: {name: "ValidationError", message: containing('dataset "Nothing" has no data')},
      asks: []
    },
    {
      does: "removes the record of a dataset that can't be uploaded",
      python: `
        try:
            wide = pd.DataFrame([[1] * 10_001]).rename(columns=str)
            app.dataset.new("Broken").df(wide).build()
        except RuntimeError as error:
            failure = str(error)
        [failure, sorted(app.datasets())]
      `,
      typescript: async ({app}) => {
        let failure: unknown;
        try {
          const names = Array.from({length: 10_001}, (_, i) => i);
          await app.dataset
            .new("Broken")
            .csv(`${names.join()}\n${names.map(() => 1).join()}\n`)
            .build();
        } catch (error) {
          failure = (error as Error).message;
        }
        return [failure, sorted(await app.datasets.list())];
      },
      gives: [containing("FAILED"), ["Sales by store", "Stores"]]
    },
    {
      does: "aborts an upload that breaks off, and removes the record",
      python: `
        builder = app.dataset.new("Cut off").df(pd.DataFrame({"a": [1]}))
        with mock.patch("requests.Session.put", side_effect=ConnectionError("cut off")):
            builder.build()
      `,
      typescript: async ({app}) => {
        const put = vi.spyOn(Transport.prototype, "putObject").mockRejectedValue(new UploadError("cut off"));
        try {
          await app.dataset
            .new("Cut off")
            .rows([{a: 1}])
            .build();
        } finally {
          put.mockRestore();
        }
      },
      raises: {type: "ConnectionError", message: "cut off"},
      throws: {name: "UploadError", message: "cut off"},
      asks: [
        "POST /component/create-dataset",
        "GET /component/get-dataset-multipart-upload-urls",
        "POST /component/complete-dataset-multipart-upload",
        "POST /component/delete-dataset"
      ]
    },
    {
      does: "deletes a dataset",
      python: `
        dataset.delete()
        sorted(app.datasets())
      `,
      typescript: async ({app, dataset}) => {
        await dataset.delete();
        return sorted(await app.datasets.list());
      },
      gives: ["Stores"]
    },
    {
      does: "says that there is no dataset of a name",
      python: 'app.datasets["Sales by store"]',
      typescript: ({app}) => app.datasets.get("Sales by store"),
      raises: {type: "RuntimeError", message: containing("Dataset was not found")},
      throws: {name: "NotFoundError", message: containing('called "Sales by store"')}
    }
  ]
};
