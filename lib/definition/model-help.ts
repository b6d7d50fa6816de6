// Help on models, as the platform's document prints it: narrow for a sub-model by itself (Lasso), and with other indents
// among the sub-models of its model type (Ai Cast).
import {modelArgumentHelp, visible, type Layout} from "./argument-help.js";
import type {Arguments} from "./argument.js";
import {titleName} from "./name.js";
import {pad, pythonLayout, pythonLiteral} from "./python.js";

interface SubModel {
  readonly name: string;
  readonly keywords: readonly string[];
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly parameters: Arguments;
  readonly hyperparameters: Arguments;
}

interface Model {
  name: string;
  keywords: readonly string[];
  /** The sub-models to show. */
  subModels: readonly SubModel[];
}

/** Help on a model type and its sub-models. */
export function modelHelp({name, keywords, subModels}: Model): string {
  return [
    `${titleName(name)}:`,
    ...keywordsHelp(keywords, 4),
    ...(subModels.length > 0 ? [`${pad(4)}sub-model types:`] : []),
    ...subModels.flatMap((subModel) => [
      `${pad(6)}${titleName(subModel.name)}:`,
      ...keywordsHelp(subModel.keywords, 8),
      ...metricsHelp(subModel, 8, valueOnSameLine),
      ...argumentsHelp("parameters", subModel.parameters, {indent: 8, step: 4}),
      "",
      ...argumentsHelp("hyperparameters", subModel.hyperparameters, {indent: 8, step: 4})
    ])
  ].join("\n");
}

/** Help on one sub-model. */
export const subModelHelp = (subModel: SubModel): string =>
  [
    `${titleName(subModel.name)}:`,
    ...keywordsHelp(subModel.keywords, 2),
    ...metricsHelp(subModel, 2, valueBelow),
    ...argumentsHelp("parameters", subModel.parameters, {indent: 2, step: 2}),
    ...argumentsHelp("hyperparameters", subModel.hyperparameters, {indent: 2, step: 2})
  ].join("\n");

const keywordsHelp = (keywords: readonly string[], indent: number) =>
  keywords.length > 0 ? [`${pad(indent)}keywords: ${pythonLiteral(keywords)}`] : [];

type Metric = (name: string, value: unknown, indent: number) => string;

function metricsHelp({metrics}: SubModel, indent: number, metric: Metric): string[] {
  const entries = Object.entries(metrics);
  return [
    `${pad(indent)}metrics:`,
    ...(entries.length > 0
      ? entries.map(([name, value]) => metric(name, value, indent + 2))
      : [`${pad(indent + 2)}No metrics`])
  ];
}

/** The value begins on the line of the name. */
const valueOnSameLine: Metric = (name, value, indent) => {
  // On some platforms a metric is a text: it is shown as it is.
  if (typeof value === "string") return `${pad(indent)}${name}: ${value}`;
  const head = `${pad(indent)}${name}: `;
  return head + pythonLayout(value, indent, head.length);
};

/** A value of several lines begins under the name. */
const valueBelow: Metric = (name, value, indent) => {
  const line = valueOnSameLine(name, value, indent);
  if (!line.includes("\n")) return line;
  const inner = indent + 2;
  return `${pad(indent)}${name}:\n${pad(inner)}${pythonLayout(value, inner, inner)}`;
};

const argumentsHelp = (title: string, args: Arguments, {indent, step}: Layout): string[] => [
  `${pad(indent)}${title}:`,
  ...(visible(args).length > 0
    ? modelArgumentHelp(args, {indent: indent + step, step})
    : [`${pad(indent + step)}No ${title}`])
];
