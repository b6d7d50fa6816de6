// What a dataset, model or flow becomes: entries of the config, and pages.
import type {Variable} from "../config/index.js";
import {modelTables} from "../config/index.js";
import {
  linkText,
  markdownText,
  plainText,
  scriptKey,
  scriptString,
  templateLiteral,
  yamlString
} from "./escape.js";
import {accuracySql, describedSql, firstSql, rowsSql, seriesSql} from "./forecast-sql.js";
import type {FoundDataset, FoundFlow, FoundModel} from "./found.js";
import type {Keys} from "./keys.js";
import {forecastShape, type ForecastShape} from "./shape.js";
import type {Page} from "./pages.js";
import {variableOf} from "./variables.js";

/** Something of the platform that the site uses: what its config gets, by section and key, and its pages. */
export interface Entries {
  datasets?: Record<string, DatasetValue>;
  models?: Record<string, {model: string; app?: string}>;
  flows?: Record<string, FlowValue>;
  pages: Page[];
}

/** A dataset's entry. */
export interface DatasetValue {
  dataset: string;
  app?: string;
  sql?: string;
  sort?: string[];
}

/** A flow's entry. */
export interface FlowValue {
  flow: string;
  app?: string;
  label?: string;
  variables?: Record<string, Variable>;
  writes?: string[];
}

/** How the config names something: by its name where that finds it, else by its id. */
export interface Reference {
  name: string;
  /** The app, where it isn't the config's own. */
  app?: string;
}

const forecastEndings = ["-first", "-accuracy"];

/** A dataset of forecasts gets its rows under the names of the pages, a small file to draw first, and its accuracy. */
export function datasetEntries(dataset: FoundDataset, {name, app}: Reference, keys: Keys): Entries {
  const shape = forecastShape(dataset);
  const title = plainText(dataset.name);
  const source = {dataset: name, ...(app !== undefined && {app})};
  if (!shape) {
    const key = keys.claim(dataset.name, "dataset", ["-sample"]);
    return {
      datasets: {[key]: source, [`${key}-sample`]: {...source, sql: "SELECT * FROM dataset LIMIT 100"}},
      pages: [page("table", `tables/${key}`, title, {key})]
    };
  }
  const hasFacets = shape.facets.length > 0;
  const key = keys.claim(dataset.name, "forecast", [...forecastEndings, ...(hasFacets ? ["-series"] : [])]);
  // The navigation follows the files' names: "_" comes after ".md", so a forecast comes before its accuracy.
  const accuracyPage = `${key}_accuracy`;
  return {
    datasets: {
      [key]: {...source, sql: rowsSql(shape), sort: ["series", "time"]},
      [`${key}-first`]: {...source, sql: firstSql(shape)},
      [`${key}-accuracy`]: {...source, sql: accuracySql(shape)},
      ...(hasFacets && {[`${key}-series`]: {...source, sql: describedSql(shape)}})
    },
    pages: [
      page("forecast", `forecasts/${key}`, title, {
        key,
        ...pickerCode(key, shape.facets),
        ...levelCode(shape),
        seriesSql: templateLiteral(seriesSql(shape)),
        scriptTitle: scriptString(title),
        accuracyLink: linkText("Accuracy of these forecasts", accuracyPage)
      }),
      page("accuracy", `forecasts/${accuracyPage}`, `${title}: accuracy`, {
        key,
        forecastLink: linkText("The forecasts", key)
      })
    ]
  };
}

/** What a page of forecasts says of its picker of series, with facets where columns describe the series. */
function pickerCode(key: string, facets: readonly string[]): Record<string, string> {
  if (facets.length === 0)
    return {files: "", needed: "", picker: "seriesPicker(names, {value: first[0]?.series})", facets: ""};
  const columns = facets.map((name) => `${scriptKey(name)}: ${scriptString(labelOf(name))}`).join(", ");
  return {
    files: `const described = arrowRows(FileAttachment("../data/${key}-series.arrow"));\n`,
    needed: ", described",
    picker: `seriesPicker(described, {column: "series", facets: {${columns}}, value: first[0]?.series})`,
    facets:
      "for (const facet of seriesInput.facets) inAddress(facet.column, facet, {choices: facet.choices});\n"
  };
}

/** What a page says of the level of its interval: that of the columns' names, or that they have none. */
function levelCode({lower, upper, level}: ForecastShape): Record<string, string> {
  if (lower === undefined || upper === undefined || level !== undefined)
    return {level: level === undefined ? "" : `level: ${level}, `, levelNote: ""};
  const names = [lower, upper].map((name) => markdownText(name)).join(" and ");
  return {
    level: "",
    levelNote: `\n  <h3>The interval of the columns ${names}, whose level the data doesn't say</h3>`
  };
}

/** A column's name as a label: `store_id` is "Store id". */
function labelOf(column: string): string {
  const words = plainText(column.replaceAll("_", " "));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A model gets a page that compares its versions. */
export function modelEntries(model: FoundModel, {name, app}: Reference, keys: Keys): Entries {
  const key = keys.claim(
    model.name,
    "model",
    modelTables.map((table) => `-${table}`)
  );
  return {
    models: {[key]: {model: name, ...(app !== undefined && {app})}},
    pages: [page("model", `models/${key}`, `${plainText(model.name)}: versions`, {key})]
  };
}

/**
 * A flow gets a form for the variables that it has.
 * @param datasetKeys the keys of the config's datasets that come from a dataset, by its name
 */
export function flowEntries(
  flow: FoundFlow,
  {name, app}: Reference,
  keys: Keys,
  datasetKeys: (name: string) => string[]
): Entries {
  const key = keys.claim(flow.name, "flow");
  const variables = flow.variables.flatMap((variable) => {
    const found = variableOf(variable.value);
    return found && variable.name !== "__proto__" ? [[variable.name, found] as const] : [];
  });
  const writes = [...new Set(flow.writes)].flatMap(datasetKeys);
  return {
    flows: {
      [key]: {
        flow: name,
        ...(app !== undefined && {app}),
        ...(name !== flow.name && {label: plainText(flow.name)}),
        ...(variables.length > 0 && {variables: Object.fromEntries(variables)}),
        ...(writes.length > 0 && {writes})
      }
    },
    pages: [page("flow", `runs/${key}`, `${plainText(flow.name)}: run`, {scriptKey: scriptString(key)})]
  };
}

const page = (
  template: Page["template"],
  path: string,
  title: string,
  values: Record<string, string>
): Page => ({
  template,
  path,
  title,
  values: {...values, title: markdownText(title), yamlTitle: yamlString(title)}
});
