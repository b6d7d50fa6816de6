// Mistakes that people make in ikigai.config.ts: each gets one line, which names the key, the value and the fix.
import {expect, it} from "vitest";
import {checkConfig, ConfigError} from "../../lib/config/index.js";

const app = "Shop";
const dataset = (rest: object) => ({datasets: {d: {dataset: "D", ...rest}}});
const flow = (rest: object) => ({flows: {f: {flow: "F", ...rest}}});
const variable = (v: unknown) => flow({variables: {v}});
const summary = (rest: object) => dataset({summary: {by: ["x"], measures: ["count"], ...rest}});

/** What is wrong, and the whole line. */
const mistakes: [config: object, line: string][] = [
  // A misspelled key, which is a missing one, too.
  [{models: {m: {modle: "M"}}}, 'models.m: unknown key "modle"; did you mean "model"?'],
  [{datasets: {d: {datset: "D"}}}, 'datasets.d: unknown key "datset"; did you mean "dataset"?'],
  [{flows: {f: {flwo: "F"}}}, 'flows.f: unknown key "flwo"; did you mean "flow"?'],
  [{app: undefined, App: "Shop"}, 'the config: unknown key "App"; did you mean "app"?'],
  [{dataset: {}}, 'the config: unknown key "dataset"; did you mean "datasets"?'],
  [{gateway: {query: {file: ["d"]}}}, 'gateway.query: unknown key "file"; did you mean "files"?'],
  [
    summary({measures: undefined, mesures: ["count"]}),
    'datasets.d.summary: unknown key "mesures"; did you mean "measures"?'
  ],
  [
    variable({type: "choice", option: ["a"]}),
    'flows.f.variables.v: unknown key "option"; did you mean "options"?'
  ],
  [
    variable({typ: "integer"}),
    'flows.f.variables.v.type: is missing, and "typ" is an unknown key; did you mean "type"?'
  ],
  // A key of another section.
  [
    {models: {m: {dataset: "D"}}},
    'models.m: unknown key "dataset", and "model" is missing; the keys here are model, app'
  ],
  // A value of another form.
  [{datasets: {d: "D"}}, 'datasets.d: should be an object, such as {dataset: "D"} (it is "D")'],
  [{models: ["M"]}, 'models: ["M"] should be an object with an entry for each name, such as {demand: {…}}'],
  [flow({writes: "d"}), 'flows.f.writes: "d" should be an array, such as ["d"]'],
  [{publish: {keep: "3"}}, 'publish.keep: "3" should be a number'],
  [variable({type: "int"}), 'flows.f.variables.v.type: is unknown; did you mean "integer"? (it is "int")'],
  [
    variable({min: 1}),
    "flows.f.variables.v.type: is missing; the types are integer, number, text, boolean, date, choice"
  ],
  // One of several forms, with a mistake in it.
  [{notify: [{comand: ["mail"]}]}, 'notify[0]: unknown key "comand"; did you mean "command"?'],
  [{notify: [{command: "mail"}]}, 'notify[0].command: "mail" should be an array, such as ["mail"]'],
  [
    {notify: [{webhook: "example.com"}]},
    'notify[0].webhook: is not an http(s) address (it is "example.com")'
  ],
  [
    {notify: [{webhook: "https://example.com", on: ["failures"]}]},
    'notify[0].on[0]: should be "failure", "recovery" or "edition" (it is "failures")'
  ],
  [
    {notify: [{webhook: "https://a.example", command: ["mail"]}]},
    'notify[0]: should have one of command: ["program", "argument"], webhook: "https://…" and webhookVariable: "NAME" ' +
      '(it is {"webhook":"https://a.example","command":["mail"]})'
  ],
  [
    dataset({partition: {by: "x", evry: "year"}}),
    'datasets.d.partition: unknown key "evry"; did you mean "every"?'
  ],
  [
    dataset({partition: {by: "x", every: "years"}}),
    'datasets.d.partition.every: should be "year", "quarter" or "month" (it is "years")'
  ],
  [
    dataset({sort: true}),
    'datasets.d.sort: should be columns to sort by, such as ["sku", "month"], or false to keep the platform\'s order (it is true)'
  ],
  [{allowDefinitions: [{ap: "x"}]}, 'allowDefinitions[0]: unknown key "ap"; did you mean "app"?'],
  [
    summary({level: 90}),
    "datasets.d.summary.level: should be a column's name or a share between 0 and 1, such as 0.9 (it is 90)"
  ]
];

it.each(mistakes)("%j", (config, line) => {
  const given = JSON.parse(JSON.stringify({app, ...config})) as object; // without what is undefined
  expect(() => checkConfig(given)).toThrow(new ConfigError(`ikigai.config.ts needs fixing:\n  ${line}`));
});

it("mistakes in one object are all named", () => {
  const config = {app, datasets: {d: {datset: "D", sqll: "SELECT 1", keep: 0}}};
  expect(() => checkConfig(config)).toThrow(
    new ConfigError(
      "ikigai.config.ts needs fixing:\n  datasets.d.keep: should be 1 or more: how many contents are kept (it is 0)\n" +
        '  datasets.d: unknown key "datset"; did you mean "dataset"?; unknown key "sqll"; did you mean "sql"?'
    )
  );
});
