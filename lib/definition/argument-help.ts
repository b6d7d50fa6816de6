// Help on one argument, as the platform's document prints it.
import type {Argument, Arguments} from "./argument.js";
import {pack, pad, pythonLiteral, width} from "./python.js";

/**
 * `dataset_id: TEXT | None`, a line each. The document marks what is *required* with `| None`, leaves out a default that
 * Python takes for false, and shows a list of maps in `[{ }]`.
 */
export const facetArgumentHelp = (args: Arguments, indent: number): string[] =>
  visible(args).flatMap((argument) => {
    const type = argument.isRequired ? `${typeName(argument)} | None` : typeName(argument);
    const head = `${pad(indent)}${argument.name}: ${type}`;
    if (Object.keys(argument.children).length > 0) {
      const [open, close] = argument.isList ? ["[{", "}]"] : ["{", "}"];
      return [`${head} = ${open}`, ...facetArgumentHelp(argument.children, indent + 2), pad(indent) + close];
    }
    const value = isTrue(argument.defaultValue) ? ` = ${pythonLiteral(argument.defaultValue)}` : "";
    const options = argument.options.length > 0 ? `  options=[${optionNames(argument).join("|")}]` : "";
    return [head + value + options];
  });

/** The indent of the lines, and how much more their children have. */
export interface Layout {
  indent: number;
  step: number;
}

/**
 * `alpha: NUMBER = 1`, for parameters and hyperparameters. Any default is shown, `False` and `''` too, and what is too
 * wide for a line is split over several.
 */
export const modelArgumentHelp = (args: Arguments, {indent, step}: Layout): string[] =>
  visible(args).flatMap((argument) => {
    const {defaultValue: value, children} = argument;
    const head = `${pad(indent)}${argument.name}: ${typeName(argument)}`;
    if (Object.keys(children).length > 0) {
      return [
        `${head} = {`,
        ...modelArgumentHelp(children, {indent: indent + step, step}),
        `${pad(indent)}}`
      ];
    }
    if (argument.options.length === 0) return [withDefault(head, value, 0)];
    const names = optionNames(argument);
    const line = `${value == null ? head : `${head} = ${pythonLiteral(value)}`}  options=[${names.join("|")}]`;
    if (line.length <= width) return [line];
    const open = "  options=[";
    const inner = indent + step;
    return [
      withDefault(head, value, open.length) + open,
      ...pack(names, "|", inner).map((row) => pad(inner) + row),
      `${pad(indent)}]`
    ];
  });

/** The arguments that help shows. */
export const visible = (args: Arguments): Argument[] => Object.values(args).filter(({isHidden}) => !isHidden);

const typeName = ({isList, type}: Argument) => (isList ? `list[${type}]` : type);

const isTrue = (value: unknown) =>
  typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value);

const optionNames = ({options}: Argument) =>
  options.map((option) => (typeof option === "string" ? option : pythonLiteral(option)));

/** A default that is a list goes on below its first entry when it is too wide with `after` behind it. */
function withDefault(head: string, value: unknown, after: number): string {
  if (value == null) return head;
  const line = `${head} = ${pythonLiteral(value)}`;
  if (!Array.isArray(value) || line.length + after <= width) return line;
  const before = head.length + " = [".length;
  return `${head} = [${pack(value.map(pythonLiteral), ", ", before, 1).join(`\n${pad(before)}`)}]`;
}
