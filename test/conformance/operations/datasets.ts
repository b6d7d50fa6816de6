// Datasets: up and down, and everything about them but their rows.
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

export const datasets: Area = {
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
      gives: {
        columns: ["store", "week", "units", "price"],
        rows: [
          ["North", "2024-01-01", 1, 1.5],
          ["South", "2024-01-08", 2, null],
          ['Größe, "XL"', "2024-01-15", 3, 3.25],
          [null, "2024-01-22", 4, 4]
        ]
      },
      asks: ["GET /component/get-dataset-download-url", matching(/^GET \/object-store\//)]
    },
    {
      does: "downloads with pandas' own options",
      python: 'dataset.df(usecols=["units"], nrows=2)',
      gives: {columns: ["units"], rows: [[1], [2]]}
    },
    {
      does: "creates a dataset from a CSV file",
      python: `
        Path(folder, "stores.csv").write_text("store,open\\nNorth,True\\nSouth,False\\n")
        stores = app.dataset.new("Stores").csv(f"{folder}/stores.csv").build()
        [stores.agent_access, stores.size, stores.df()["store"].tolist()]
      `,
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
      ]
    },
    {
      does: "refuses empty data before it asks for anything",
      python: 'app.dataset.new("Nothing").build()',
      raises: {type: "ValueError", message: "Dataset is empty"},
      asks: []
    },
    {
      does: "removes the record of a dataset that can't be uploaded",
      python: `
        try:
            app.dataset.new("Broken").df(pd.DataFrame({"a": [1]}).rename(columns={"a": ""})).build()
        except RuntimeError as error:
            failure = str(error)
        [failure, sorted(app.datasets())]
      `,
      gives: [containing("FAILED"), ["Sales by store", "Stores"]]
    },
    {
      does: "aborts an upload that breaks off, and removes the record",
      python: `
        builder = app.dataset.new("Cut off").df(pd.DataFrame({"a": [1]}))
        with mock.patch("requests.Session.put", side_effect=ConnectionError("cut off")):
            builder.build()
      `,
      raises: {type: "ConnectionError", message: "cut off"},
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
      gives: ["Stores"]
    },
    {
      does: "says that there is no dataset of a name",
      python: 'app.datasets["Sales by store"]',
      raises: {type: "RuntimeError", message: containing("Dataset was not found")}
    }
  ]
};
