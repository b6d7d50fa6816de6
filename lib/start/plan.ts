// What a new project consists of, by what was found in an app.
import {datasetEntries, flowEntries, modelEntries, type Entries, type Reference} from "./entries.js";
import {linkText, markdownText, plainText, yamlString} from "./escape.js";
import type {FoundApp, FoundDataset} from "./found.js";
import {Keys} from "./keys.js";
import {configText} from "./config-text.js";
import {pageText, type Page} from "./pages.js";
import type {PlannedFile} from "./planned-file.js";
import {projectFiles, type ProjectOptions} from "./project-files.js";
import {forecastShape} from "./shape.js";
import {isWellFormed} from "./well-formed.js";

/** How many datasets, models and flows a project starts with, unless all are wanted: more make a build long and a menu useless. */
export const most = {datasets: 12, models: 6, flows: 6};

/** What a project takes of an app, and what it leaves out. */
export interface Choice {
  app: FoundApp;
  /** How many of each kind were left out since there are more than {@link most}. */
  leftOut: Record<keyof typeof most, number>;
  /** Names of datasets without columns: there is nothing to read yet. */
  empty: string[];
  /** Names of models without versions: there is nothing to compare yet. */
  untrained: string[];
}

/** Chooses what a project shows: datasets of forecasts before others, and the newest first. */
export function choose(app: FoundApp, all = false): Choice {
  const datasets = app.datasets.filter(({columns}) => columns.length > 0);
  const models = app.models.filter(({versions}) => versions > 0);
  const sorted = datasets.toSorted((a, b) => Number(isForecast(b)) - Number(isForecast(a)));
  const first = <T>(items: T[], kind: keyof typeof most) => (all ? items : items.slice(0, most[kind]));
  const leftOut = (items: unknown[], kind: keyof typeof most) =>
    all ? 0 : Math.max(0, items.length - most[kind]);
  return {
    app: {
      ...app,
      datasets: first(sorted, "datasets"),
      models: first(models, "models"),
      flows: first(app.flows, "flows")
    },
    leftOut: {
      datasets: leftOut(sorted, "datasets"),
      models: leftOut(models, "models"),
      flows: leftOut(app.flows, "flows")
    },
    empty: app.datasets.filter(({columns}) => columns.length === 0).map(({name}) => name),
    untrained: app.models.filter(({versions}) => versions === 0).map(({name}) => name)
  };
}

const isForecast = (dataset: FoundDataset) => forecastShape(dataset) !== undefined;

/** Something with a name and an id. */
interface Identified {
  id: string;
  name: string;
}

/** What finds one of them: its name, or its id where others have the name or the config would trim it. */
export const referenceTo = ({id, name}: Identified, all: readonly Identified[]): string =>
  isWellFormed(name) &&
  name === name.trim() &&
  name !== "" &&
  all.every((other) => other.id === id || (other.name !== name && other.id !== name))
    ? name
    : id;

/** The entries and pages of an app's chosen parts. `all` is the app with what wasn't chosen, too, in which names may be ambiguous. */
export function appEntries({app}: Choice, all: FoundApp, keys = new Keys()): Entries[] {
  const keysByDataset = new Map<string, string[]>();
  const reference = (item: Identified, items: readonly Identified[]): Reference => ({
    name: referenceTo(item, items)
  });
  const datasets = app.datasets.map((dataset) => {
    const entries = datasetEntries(dataset, reference(dataset, all.datasets), keys);
    keysByDataset.set(dataset.name, [
      ...(keysByDataset.get(dataset.name) ?? []),
      ...Object.keys(entries.datasets ?? {})
    ]);
    return entries;
  });
  return [
    ...datasets,
    ...app.models.map((model) => modelEntries(model, reference(model, all.models), keys)),
    // The keys of flows name no files.
    ...withOwnKeys((flowKeys) =>
      app.flows.map((flow) =>
        flowEntries(flow, reference(flow, all.flows), flowKeys, (name) => keysByDataset.get(name) ?? [])
      )
    )
  ];
}

const withOwnKeys = <T>(work: (keys: Keys) => T): T => work(new Keys());

/** The files of a new project, except package.json and .gitignore, which may be there already. */
export function plannedFiles(
  entries: readonly Entries[],
  app: string,
  options: ProjectOptions
): PlannedFile[] {
  const pages = entries.flatMap((one) => one.pages);
  return [
    {path: "ikigai.config.ts", content: configText(app, entries)},
    ...projectFiles(options),
    pageFile(indexPage(options.title, pages), options.source),
    ...pages.map((page) => pageFile(page, options.source))
  ];
}

/** A page as a file. */
export const pageFile = (page: Page, source: string): PlannedFile => ({
  path: `${source}/${page.path}.md`,
  content: pageText(page)
});

/** Framework lists the pages of a folder by the names of their files, and so finds pages that are added later, too. */
const asInSidebar = (a: Page, b: Page) => (`${a.path}.md` < `${b.path}.md` ? -1 : 1);

function indexPage(name: string, pages: readonly Page[]): Page {
  const title = plainText(name);
  const links = [...pages].sort(asInSidebar).map((page) => `- ${linkText(page.title, page.path)}`);
  return {
    template: "index",
    path: "index",
    title,
    values: {title: markdownText(title), yamlTitle: yamlString(title), links: links.join("\n")}
  };
}
