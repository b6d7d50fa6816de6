// `ikigai-kit add`: a dataset, model or flow for a project that there is, with its pages.
import {join} from "node:path";
import {
  NotFoundError,
  type App,
  type Dataset,
  type Flow,
  type Model,
  type NamedMap
} from "../client/index.js";
import {dataFiles, loadConfig, type CheckedConfig} from "../config/index.js";
import {docsPage} from "../config/version.js";
import {checkWritable, writeWhole} from "../disk/index.js";
import {listedNearest} from "../names/index.js";
import {
  changeOf,
  datasetEntries,
  flowEntries,
  insertEntries,
  Keys,
  modelEntries,
  pageFile,
  plainText,
  readDataset,
  readFlow,
  readModel,
  referenceTo,
  sourceOf,
  textOf,
  writeChanges,
  type Entries,
  type FoundModel
} from "../start/index.js";
import {openAccount} from "./account.js";
import {changeLines, hasKept} from "./show-changes.js";

export interface AddOptions {
  kind: "dataset" | "model" | "flow";
  /** Its name or id. */
  name: string;
  /** The name or id of its app; the config's if left out. */
  app?: string;
  local?: boolean;
  data: string;
  signal: AbortSignal;
}

/** Exit codes: 0 added; 3 added, but a page stays as it is; 1 nothing was written. */
export async function add(options: AddOptions): Promise<void> {
  const root = process.cwd();
  await loadConfig(root); // without one nothing is written
  await checkWritable(root);
  const {signal} = options;
  const onWait = () => process.stderr.write("… waiting for another command that changes ikigai.config.ts\n");
  const {withConfigLock} = await import("../site/index.js");
  await withConfigLock(root, {signal, onWait}, () => addEntry(root, options));
}

async function addEntry(root: string, {kind, name, local, data, signal, ...options}: AddOptions) {
  const config = await loadConfig(root);
  const account = await openAccount({root, ...(local && {data}), signal});
  try {
    const wanted = options.app ?? config.app;
    const {apps} = account;
    const app = oneOf(apps, wanted, options.app === undefined ? otherApp : "");
    const others = [...apps].flatMap(({appId, name}) => (appId === app.appId ? [] : [name]));
    const hint =
      others.length > 0
        ? `. If it is in another app, add --app and its name: ${listedNearest(wanted, others, {most: 5, quote})}`
        : "";
    const {entries, remarks} = await readEntries(app, {kind, name, config, app: options.app, hint, signal});
    const file = join(root, "ikigai.config.ts");
    const before = (await textOf(file))!;
    const after = insertEntries(before, [entries]);
    if (after === undefined)
      throw new Error(
        `${file} isn't written so that this command can add to it: its sections should be object literals in defineConfig({…}). ` +
          `Add the entry by hand; see ${docsPage("configuration.md")}`
      );
    const source = sourceOf(root);
    const pages = await Promise.all(entries.pages.map((page) => changeOf(root, pageFile(page, source))));
    await writeWhole(file, after);
    try {
      await loadConfig(root);
    } catch (error) {
      await writeWhole(file, before);
      throw error;
    }
    await writeChanges(root, pages);
    const keys = [entries.datasets, entries.models, entries.flows].flatMap((section) =>
      Object.keys(section ?? {})
    );
    const lines = [
      ...alreadyThere(config, {kind, name, app: options.app}),
      `  ~ ikigai.config.ts: adds ${keys.join(", ")}`,
      ...changeLines(pages),
      ...remarks
    ];
    process.stderr.write(lines.map((line) => `${line}\n`).join(""));
    if (hasKept(pages)) process.exitCode = 3;
  } finally {
    await account.close();
  }
}

const otherApp = ". ikigai.config.ts names this app: correct it there, or name another with --app";

const quote = (name: string) => JSON.stringify(plainText(name));

/** By id or name. Throws NotFoundError with the names that exist, and with a hint. */
function oneOf<T extends {readonly name: string}>(items: NamedMap<T>, nameOrId: string, hint: string): T {
  try {
    return [...items.ids()].includes(nameOrId) ? items.byId(nameOrId) : items.get(nameOrId);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new NotFoundError(`${error.message}${hint}`, {cause: error});
  }
}

/** Says that the config has it under another key: somebody may have added it before, or want its pages. */
function alreadyThere(
  {datasets, models, flows, app: own}: CheckedConfig,
  {kind, name, app = own}: Pick<AddOptions, "kind" | "name" | "app">
): string[] {
  const entries = {
    dataset: Object.entries(datasets).map(([key, entry]) => [key, entry.app, entry.dataset] as const),
    model: Object.entries(models).map(([key, entry]) => [key, entry.app, entry.model] as const),
    flow: Object.entries(flows).map(([key, entry]) => [key, entry.app, entry.flow] as const)
  }[kind];
  const found = entries.find(([, of, named]) => named === name && of === app);
  return found
    ? [
        `  ! ikigai.config.ts had this ${kind} before, as ${found[0]}: remove one of the two, with its pages, unless you want both`
      ]
    : [];
}

interface Wanted extends Pick<AddOptions, "kind" | "name" | "app"> {
  config: CheckedConfig;
  /** What to say where the app has none of this name. */
  hint: string;
  signal: AbortSignal;
}

/** The entries, and lines on what their pages don't show yet. */
async function readEntries(
  app: App,
  {kind, name, config, app: other, hint, signal}: Wanted
): Promise<{entries: Entries; remarks: string[]}> {
  const keys = new Keys(dataFiles(config).keys());
  const list: NamedMap<Dataset | Model | Flow> = await app[`${kind}s`].list({signal});
  const item = oneOf(list, name, hint);
  const all = Array.from(list.entries(), ([id, {name}]) => ({id, name}));
  const of = (id: string) => ({
    name: referenceTo({id, name: item.name}, all),
    ...(other !== undefined && {app: other})
  });
  if ("datasetId" in item) {
    const dataset = await readDataset(item, signal);
    if (dataset.columns.length > 0)
      return {entries: datasetEntries(dataset, of(item.datasetId), keys), remarks: []};
    throw new Error(
      `the dataset ${JSON.stringify(name)} has no columns yet. Run the flow that writes it, then add it`
    );
  }
  if ("modelId" in item) {
    const model = await readModel(item, signal);
    return {entries: modelEntries(model, of(item.modelId), keys), remarks: noVersions(model)};
  }
  const flow = readFlow(item, [...(await app.datasets.list({signal}))]);
  const keysOf = (name: string) =>
    Object.entries(config.datasets).flatMap(([key, entry]) => (entry.dataset === name ? [key] : []));
  return {
    entries: flowEntries(flow, of(item.flowId), new Keys(Object.keys(config.flows)), keysOf),
    remarks: []
  };
}

const noVersions = ({name, versions}: FoundModel): string[] =>
  versions > 0
    ? []
    : [
        `  ! ${JSON.stringify(plainText(name))} has no versions yet: its page shows them when it has been trained`
      ];
