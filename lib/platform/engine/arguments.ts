// A facet's arguments: checked against its spec, defaults filled in, and read with the type that the spec promises.
import type {ArgumentSpec, FacetSpec} from "../specs/index.js";
import {FacetError} from "./failure.js";
import {listNearest} from "./nearest.js";

type Values = Record<string, unknown>;

/**
 * The values of a facet's arguments, checked: every required one is there, each has its spec's type and is one of its
 * options. Throws a FacetError naming the argument, what was expected and what was given. Arguments that the spec doesn't
 * know are left out and handed to `note`: older definitions carry some.
 */
export function readArguments(spec: FacetSpec, given: Values, note: (text: string) => void): Arguments {
  const specs = Object.fromEntries(spec.facet_arguments.map((argument) => [argument.name, argument]));
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name)) {
      note(
        `argument '${name}' is unknown and was ignored; the known ones are ${listNearest(name, Object.keys(specs))}`
      );
    }
  }
  return new Arguments(complete(specs, given, (name) => `argument '${name}'`));
}

/** A model's parameters or hyperparameters: `what` is the word for one. Throws a FacetError as above, unknown ones too. */
export function readValues(
  specs: ArgumentSpec[],
  given: Values,
  what: string
): {args: Arguments; values: Record<string, unknown>} {
  const byName = Object.fromEntries(specs.map((spec) => [spec.name, spec]));
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(byName, name)) {
      throw new FacetError(
        `the model has no ${what} '${name}'; it has: ${listNearest(name, Object.keys(byName))}`
      );
    }
  }
  const values = complete(byName, given, (name) => `${what} '${name}'`);
  return {args: new Arguments(values), values};
}

/** How a message calls the value at a path such as `sort_by[0].order`. */
type Call = (path: string) => string;

function complete(specs: Record<string, ArgumentSpec>, given: Values, call: Call, within = ""): Values {
  const values: Values = {};
  for (const spec of Object.values(specs)) {
    const value = check(spec, given[spec.name] ?? spec.default_value ?? undefined, call, within + spec.name);
    if (value !== undefined) values[spec.name] = value;
  }
  return values;
}

function check(spec: ArgumentSpec, value: unknown, call: Call, path: string): unknown {
  if (value === undefined) {
    // A switch that nobody touched is off; anything else that must be there has to be said.
    if (spec.is_required && spec.argument_type === "BOOLEAN") return false;
    if (spec.is_required) throw new FacetError(`${call(path)} is missing: it takes ${wanted(spec)}`);
    return undefined;
  }
  if (spec.is_list) {
    if (!Array.isArray(value)) throw wrong(call(path), spec, value);
    if (spec.is_required && value.length === 0) {
      throw new FacetError(`${call(path)} is empty: it takes ${wanted(spec)}, at least one`);
    }
    return value.map((item, i) => checkOne({...spec, is_list: false}, item, call, `${path}[${i}]`));
  }
  // Older definitions wrap a map in a list.
  const one: unknown = spec.argument_type === "MAP" && Array.isArray(value) ? (value[0] ?? {}) : value;
  return checkOne(spec, one, call, path);
}

function checkOne(spec: ArgumentSpec, value: unknown, call: Call, path: string): unknown {
  const title = call(path);
  switch (spec.argument_type) {
    case "MAP":
      if (typeof value !== "object" || value === null || Array.isArray(value))
        throw wrong(title, spec, value);
      // A map without known children holds what something else defines, such as a model's hyperparameters.
      if (!spec.have_sub_arguments) return value;
      for (const name of Object.keys(value)) {
        if (Object.hasOwn(spec.children, name)) continue;
        throw new FacetError(
          `${title} has no '${name}'; it has: ${listNearest(name, Object.keys(spec.children))}`
        );
      }
      return complete(spec.children, value as Values, call, `${path}.`);
    case "BOOLEAN":
      if (typeof value !== "boolean") throw wrong(title, spec, value);
      break;
    case "NUMBER":
      if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(title, spec, value);
      break;
    case "TEXT":
      // A script's argument is declared as text, whatever its own type says it is.
      if (spec.name === "value" && (typeof value === "number" || typeof value === "boolean")) return value;
      if (typeof value !== "string") throw wrong(title, spec, value);
      if (spec.is_required && value === "" && !mayBeBlank.has(spec.name)) {
        throw new FacetError(`${title} is empty: it takes ${wanted(spec)}`);
      }
  }
  if (spec.options.length > 0 && !spec.options.includes(value)) {
    if (value === "" && !spec.is_required) return undefined;
    throw new FacetError(`${title} is ${shown(value)}: give one of ${spec.options.map(shown).join(", ")}`);
  }
  return value;
}

/** To replace something by nothing is sensible, and "" is the version of an unpinned custom facet. */
const mayBeBlank = new Set(["replace", "version_id"]);

function wanted({argument_type, is_list, options}: ArgumentSpec): string {
  const one = {TEXT: "text", NUMBER: "a number", BOOLEAN: "true or false", MAP: "a map"}[argument_type];
  const many = {TEXT: "texts", NUMBER: "numbers", BOOLEAN: "switches", MAP: "maps"}[argument_type];
  const among = options.length > 0 ? ` (${options.map(shown).join(", ")})` : "";
  return (is_list ? `a list of ${many}` : one) + among;
}

const wrong = (title: string, spec: ArgumentSpec, value: unknown) =>
  new FacetError(`${title} takes ${wanted(spec)}, got ${shown(value)}`);

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Checked arguments, read by name. The spec has made sure of the types, so that nothing is checked twice. */
export class Arguments {
  constructor(private readonly values: Values) {}

  text = (name: string) => this.values[name] as string;
  optionalText = (name: string) => (this.values[name] as string | undefined) || undefined;
  /** A value that may be written as a number or a switch too. */
  optionalValue = (name: string) => {
    const value = this.values[name] as string | number | boolean | undefined;
    return value === undefined ? undefined : String(value);
  };
  texts = (name: string) => (this.values[name] ?? []) as string[];
  number = (name: string) => this.values[name] as number;
  optionalNumber = (name: string) => this.values[name] as number | undefined;
  flag = (name: string) => (this.values[name] ?? false) as boolean;
  map = (name: string) => (this.values[name] ?? {}) as Values;
  /** A map that comes alone or as the first of a list. */
  firstMap = (name: string) => {
    const value = this.values[name] as Values | Values[] | undefined;
    return (Array.isArray(value) ? value[0] : value) ?? {};
  };
  maps = (name: string) => ((this.values[name] ?? []) as Values[]).map((map) => new Arguments(map));

  /** A number that counts something. */
  count(name: string, least = 1): number {
    const value = this.number(name);
    if (Number.isInteger(value) && value >= least) return value;
    throw new FacetError(`argument '${name}' is ${value}: give a whole number, ${least} or more`);
  }
}
