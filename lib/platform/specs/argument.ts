// Builds argument specs: `text("dataset_id", {required: true})` instead of ten lines of JSON.
import type {ArgumentSpec} from "./types.js";

interface Traits {
  default?: unknown;
  options?: readonly unknown[];
  required?: boolean;
  list?: boolean;
  hidden?: boolean;
}

function argument(
  name: string,
  type: ArgumentSpec["argument_type"],
  traits: Traits,
  children: ArgumentSpec[] = []
): ArgumentSpec {
  return {
    name,
    argument_type: type,
    default_value: traits.default ?? null,
    children: Object.fromEntries(children.map((child) => [child.name, child])),
    have_sub_arguments: children.length > 0,
    is_deprecated: false,
    is_hidden: traits.hidden ?? false,
    is_list: traits.list ?? false,
    is_required: traits.required ?? false,
    options: [...(traits.options ?? [])]
  };
}

export const text = (name: string, traits: Traits = {}) => argument(name, "TEXT", traits);
export const number = (name: string, traits: Traits = {}) => argument(name, "NUMBER", traits);
export const boolean = (name: string, traits: Traits = {}) => argument(name, "BOOLEAN", traits);
export const map = (name: string, children: ArgumentSpec[], traits: Traits = {}) =>
  argument(name, "MAP", traits, children);

/** The columns a facet works on, as COUNT names them. */
export const targetColumns = (traits: Traits = {required: true}) =>
  text("target_columns", {...traits, list: true});

/** One column that a facet works on. */
export const targetColumn = text("target_column", {required: true});

/** The column that a facet adds, as COUNT names it. */
export const outputColumnName = (traits: Traits = {required: true}) => text("output_column_name", traits);

/** Columns whose equal values make a group. */
export const groupColumns = text("group_columns", {list: true});

/** How many values become one. */
export const aggregateFunctions = [
  "sum",
  "mean",
  "median",
  "min",
  "max",
  "count",
  "count_distinct",
  "first",
  "last",
  "std",
  "var"
] as const;

/** What to make of each group: one output column an entry. */
export const aggregations = map(
  "aggregations",
  [
    text("column_name", {required: true}),
    text("function", {required: true, options: aggregateFunctions}),
    text("output_column_name")
  ],
  {list: true, required: true}
);

/** Units of time, from the finest. */
export const timeUnits = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"] as const;
