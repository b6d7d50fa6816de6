// One client: does this and that with what it owns, and holds every answer against what must be there by its own books.
import {setTimeout as sleep} from "node:timers/promises";
import {isDeepStrictEqual} from "node:util";
import type {Answer, Caller, Json} from "./caller.js";
import type {Random} from "./random.js";
import {makeSales, salesTypes, totalsFlow, totalsTypes} from "./sales.js";

interface Dataset {
  name: string;
  directoryId: string;
  csv: string | undefined;
  dataTypes: Json;
  /** What a flow makes of it; only of what was uploaded. */
  totalsCsv?: string;
}

const most = 8;
const totalsName = "Totals";

export class Client {
  #app = {id: "", name: "", description: ""};
  #flowId = "";
  readonly #datasets = new Map<string, Dataset>();
  readonly #shared = new Map<string, string>();
  readonly #models = new Map<string, string>();
  readonly #directories = new Map<string, string>();
  readonly #deleted: string[] = [];
  #names = 0;
  #actions = 0;

  /**
   * @param sharedAppId an app in which every client builds
   * @param onWrong gets what was wrong, and what would have been right
   */
  constructor(
    private readonly label: string,
    private caller: Caller,
    private readonly sharedAppId: string,
    private readonly random: Random,
    private readonly onWrong: (description: string) => void
  ) {}

  /** How many datasets with data it has. */
  get stored(): number {
    return [...this.#datasets.values()].filter(({csv}) => csv !== undefined).length;
  }

  async begin(): Promise<void> {
    const project = {name: this.#name(), description: "", directory: {}};
    this.#app = {id: await this.#create("create-project", {project}), name: project.name, description: ""};
    const pipeline = {...this.#inApp, name: "Totals", directory: {}, definition: totalsFlow("", totalsName)};
    this.#flowId = await this.#create("create-pipeline", {pipeline});
    await this.#createDataset();
    await this.#upload();
  }

  /** Acts until the time has come. */
  async work(until: number): Promise<void> {
    while (performance.now() < until) {
      const action = this.random.pick(this.#choices);
      this.#actions++;
      await action().catch((error: unknown) => this.onWrong(`${this.label}: ${String(error)}`));
    }
  }

  /** Compares everything on the platform with the books, also after a restart. */
  async checkAll(caller = this.caller): Promise<void> {
    this.caller = caller;
    for (const check of [
      this.#readApp,
      this.#listApps,
      this.#listDatasets,
      this.#searchShared,
      this.#readComponents
    ])
      await check();
    for (const id of this.#datasets.keys()) {
      await this.#readDataset(id);
      await this.#download(id);
    }
  }

  readonly #readApp = async () => {
    const {project} = await this.#get("get-project", {project_id: this.#app.id});
    const {name, description} = project as Record<string, unknown>;
    this.#check(
      "get-project",
      {name, description},
      {name: this.#app.name, description: this.#app.description}
    );
  };

  readonly #listApps = async () => {
    const {projects} = await this.#get("get-projects-for-user", {fetch_all: "True"});
    const ids = (projects as Json[]).map(({project_id}) => project_id as string);
    this.#check("get-projects-for-user", ids.sort(), [this.#app.id, this.sharedAppId].sort());
  };

  readonly #editApp = async () => {
    const description = `after ${this.#actions} actions`;
    await this.#post("edit-project", {project: {...this.#inApp, description}});
    this.#app.description = description;
    await this.#readApp();
  };

  readonly #listDatasets = async () => {
    const {datasets} = await this.#get("get-datasets-for-project", {...this.#inApp, fetch_all: "True"});
    this.#checkDatasets("get-datasets-for-project", datasets as Json[]);
  };

  readonly #readComponents = async () => {
    const {project_components} = await this.#get("get-components-for-project", this.#inApp);
    const app = (project_components as Json)[this.#app.id] as Json;
    this.#checkDatasets("get-components-for-project", app.datasets as Json[]);
    const pairs = (list: Json[], id: string) => list.map((one) => [one[id], one.name] as unknown).sort();
    const {models, dataset_directories, pipelines} = app as Record<string, Json[]>;
    this.#check("models", pairs(models!, "model_id"), [...this.#models].sort());
    this.#check("directories", pairs(dataset_directories!, "directory_id"), [...this.#directories].sort());
    this.#check("pipelines", pairs(pipelines!, "pipeline_id"), [[this.#flowId, "Totals"]]);
  };

  readonly #readDataset = async (id = this.random.pick([...this.#datasets.keys()])) => {
    const wanted = this.#datasets.get(id)!;
    const by: Record<string, string> = this.random.below(2) ? {dataset_id: id} : {name: wanted.name};
    const {dataset} = await this.#get("get-dataset", {...this.#inApp, ...by});
    this.#checkDataset("get-dataset", dataset as Json, id, wanted);
  };

  readonly #createDataset = async () => {
    if (this.#datasets.size >= most) return this.#deleteDataset();
    const name = this.#name();
    const directoryId = this.#directories.size > 0 ? this.random.pick([...this.#directories.keys()]) : "";
    const dataset = {...this.#inApp, name, directory: this.#directory(directoryId)};
    const id = await this.#create("create-dataset", {dataset});
    this.#datasets.set(id, {name, directoryId, csv: undefined, dataTypes: {}});
  };

  readonly #editDataset = async () => {
    const [id, old] = this.random.pick([...this.#datasets]);
    if (old.name === totalsName) return;
    const changed = {...old, name: this.#name(), directoryId: ""};
    const dataset = {...this.#inApp, dataset_id: id, name: changed.name, directory: {}};
    await this.#post("edit-dataset", {dataset});
    this.#datasets.set(id, changed);
    await this.#readDataset(id);
  };

  readonly #deleteDataset = async () => {
    // The first one stays, so that there always is one with data.
    const others = [...this.#datasets.keys()].slice(1);
    if (others.length === 0) return;
    const id = this.random.pick(others);
    await this.#post("delete-dataset", {dataset: {...this.#inApp, dataset_id: id}});
    this.#datasets.delete(id);
    this.#deleted.push(id);
  };

  readonly #upload = async () => {
    const uploadable = [...this.#datasets].filter(([, {name}]) => name !== totalsName);
    const [id, dataset] = this.random.pick(uploadable);
    const {csv, totalsCsv} = makeSales(this.random);
    const ids = {...this.#inApp, dataset_id: id};
    const filename = `${dataset.name}.csv`;
    const upload = await this.#get("get-dataset-multipart-upload-urls", {
      ...ids,
      filename,
      file_size: String(csv.length)
    });
    this.#check("upload urls", Object.keys(upload.urls as Json), ["1"]);
    const etag = await this.caller.put(
      (upload.urls as Json)["1"] as string,
      csv,
      upload.content_type as string
    );
    const upload_id = upload.upload_id as string;
    const completed = {abort: false, dataset: {...ids, filename}, upload_id, etags: {"1": etag}};
    await this.#post("complete-dataset-multipart-upload", completed);
    await this.#get("verify-dataset-upload", {...ids, filename});
    const verified = Date.now();
    let status: unknown;
    while ((status = (await this.#get("confirm-dataset-upload", ids)).status) === "RUNNING") await sleep(100);
    this.#check("confirm-dataset-upload", status, "SUCCESS");
    const [entry] = (await this.#get("get-dataset-log", {...ids, limit: "1"})).dataset_log as Json[];
    this.#check("dataset log", entry?.status, "SUCCESS");
    this.#check("time of the dataset log", Number(entry?.timestamp) * 1000 >= verified, true);
    this.#datasets.set(id, {...dataset, csv, totalsCsv, dataTypes: salesTypes});
  };

  readonly #download = async (id = this.random.pick([...this.#datasets.keys()])) => {
    const {csv} = this.#datasets.get(id)!;
    const {status, url} = await this.#get("get-dataset-download-url", {...this.#inApp, dataset_id: id});
    this.#check("download", status, csv === undefined ? "FAILED" : "SUCCESS");
    if (csv !== undefined) this.#check("downloaded bytes", await this.caller.download(url as string), csv);
  };

  readonly #runFlow = async () => {
    const [id, {totalsCsv}] = this.random.pick([...this.#datasets].filter(([, one]) => one.totalsCsv));
    const ids = {...this.#inApp, pipeline_id: this.#flowId};
    await this.#post("edit-pipeline", {pipeline: {...ids, definition: totalsFlow(id, totalsName)}});
    const start = Date.now();
    await this.#post("run-pipeline", {pipeline: ids});
    const again = await this.caller.post("run-pipeline", {pipeline: ids});
    this.#check("run-pipeline while it runs", again.status >= 400 && again.status < 500, true);
    while ((await this.#get("is-pipeline-running", ids)).status === true) await sleep(100);
    const [log] = (await this.#get("get-pipeline-log", {...ids, limit: "1"})).pipeline_log as Json[];
    this.#check("pipeline log", [log?.status, log?.message], ["SUCCESS", ""]);
    this.#check("time of the pipeline log", Number(log?.timestamp) * 1000 >= start, true);
    const {dataset} = await this.#get("get-dataset", {...this.#inApp, name: totalsName});
    const made = {name: totalsName, directoryId: "", csv: totalsCsv!, dataTypes: totalsTypes};
    const totalsId = (dataset as Json).dataset_id as string;
    this.#datasets.set(totalsId, made);
    this.#checkDataset("a run's output", dataset as Json, totalsId, made);
    await this.#download(totalsId);
  };

  readonly #createOrDeleteModel = async () => {
    if (this.#models.size < most) {
      const name = this.#name();
      const model = {
        ...this.#inApp,
        name,
        directory: {},
        model_type: "Linear",
        sub_model_type: "Lasso",
        description: ""
      };
      this.#models.set(await this.#create("create-model", {model}), name);
    } else {
      const model_id = this.random.pick([...this.#models.keys()]);
      await this.#post("delete-model", {model: {...this.#inApp, model_id}});
      this.#models.delete(model_id);
      const {status} = await this.caller.get("get-model", {...this.#inApp, model_id});
      this.#check("get-model of a deleted one", status, 404);
    }
  };

  readonly #createDirectory = async () => {
    if (this.#directories.size >= most) return;
    const name = this.#name();
    const directory = {...this.#inApp, name, parent_id: ""};
    this.#directories.set(await this.#create("create-dataset-directory", {directory}), name);
  };

  readonly #changeShared = async () => {
    const dataset = {project_id: this.sharedAppId};
    if (this.#shared.size < most) {
      const name = this.#name();
      const id = await this.#create("create-dataset", {dataset: {...dataset, name, directory: {}}});
      this.#shared.set(id, name);
    } else {
      const dataset_id = this.random.pick([...this.#shared.keys()]);
      await this.#post("delete-dataset", {dataset: {...dataset, dataset_id}});
      this.#shared.delete(dataset_id);
    }
    await this.#searchShared();
  };

  readonly #searchShared = async () => {
    const query = {project_id: this.sharedAppId, query: `${this.label}:`};
    const {datasets} = await this.#get("search-datasets-for-project", query);
    const found = (datasets as Json[]).map(({dataset_id, name}) => [dataset_id, name] as unknown);
    this.#check("search-datasets-for-project", found.sort(), [...this.#shared].sort());
  };

  readonly #beRefused = async () => {
    const dataset_id = this.#deleted.at(-1) ?? "none";
    const gone = await this.caller.get("get-dataset", {...this.#inApp, dataset_id});
    this.#check("get-dataset of a deleted one", gone, {
      status: 404,
      body: {message: "Dataset was not found"}
    });
    const blank = await this.caller.post("edit-project", {project: {...this.#inApp, name: ""}});
    this.#check("edit-project to no name", blank.status, 400);
    await this.#readApp();
  };

  /** By weight: mostly reads, as of people who look at dashboards while others build. */
  readonly #choices = (
    [
      [30, this.#readApp],
      [10, this.#listApps],
      [40, () => this.#readDataset()],
      [20, this.#listDatasets],
      [10, this.#readComponents],
      [10, this.#searchShared],
      [30, () => this.#download()],
      [10, this.#beRefused],
      [10, this.#editApp],
      [6, this.#createDataset],
      [6, this.#editDataset],
      [4, this.#deleteDataset],
      [6, this.#createOrDeleteModel],
      [2, this.#createDirectory],
      [6, this.#changeShared],
      [4, this.#upload],
      [2, this.#runFlow]
    ] as [number, () => Promise<void>][]
  ).flatMap(([weight, action]) => Array.from({length: weight}, () => action));

  get #inApp() {
    return {project_id: this.#app.id};
  }

  /** A name that only this client gives, once. */
  #name(): string {
    return `${this.label}: ${this.#names++}`;
  }

  #directory(directory_id: string): Json {
    return directory_id === ""
      ? {}
      : {directory_id, type: "DATASET", name: this.#directories.get(directory_id)};
  }

  #checkDatasets(call: string, answered: Json[]): void {
    const ids = answered.map(({dataset_id}) => dataset_id as string);
    this.#check(`${call}: ids`, ids.sort(), [...this.#datasets.keys()].sort());
    for (const dataset of answered) {
      const wanted = this.#datasets.get(dataset.dataset_id as string);
      if (wanted) this.#checkDataset(call, dataset, dataset.dataset_id as string, wanted);
    }
  }

  #checkDataset(
    call: string,
    answered: Json,
    id: string,
    {name, directoryId, csv, dataTypes}: Dataset
  ): void {
    const {project_id, dataset_id, data_types, size, directory} = answered as Record<string, unknown>;
    this.#check(
      call,
      {
        project_id,
        dataset_id,
        name: answered.name as unknown,
        data_types,
        size,
        directory: (directory as Json).directory_id as unknown
      },
      {
        project_id: this.#app.id,
        dataset_id: id,
        name,
        data_types: dataTypes,
        size: csv?.length ?? 0,
        directory: directoryId
      }
    );
  }

  #check(what: string, answered: unknown, wanted: unknown): void {
    if (isDeepStrictEqual(answered, wanted)) return;
    const show = (value: unknown) => JSON.stringify(value)?.slice(0, 300);
    this.onWrong(`${this.label}, ${what}: got ${show(answered)}, not ${show(wanted)}`);
  }

  async #get(call: string, query: Record<string, string>): Promise<Json> {
    return succeeded(call, await this.caller.get(call, query));
  }

  async #post(call: string, body: Json): Promise<Json> {
    return succeeded(call, await this.caller.post(call, body));
  }

  /** The id that a creating call answers. */
  async #create(call: string, body: Json): Promise<string> {
    return Object.values(await this.#post(call, body))[0] as string;
  }
}

function succeeded(call: string, {status, body}: Answer): Json {
  if (status !== 200) throw new Error(`${call} answered ${status}: ${JSON.stringify(body).slice(0, 300)}`);
  return body;
}
