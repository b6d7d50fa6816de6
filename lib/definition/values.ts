// Checks values against the specs of arguments, and gives them the names of the wire.
import type {Argument, Arguments} from "./argument.js";
import {listed, nearestName} from "../names/index.js";
import {camelName, sentence} from "./name.js";
import {ValidationError} from "../wire/validation-error.js";

/** Whose values they are, for errors. */
export interface Owner {
  /** What each value is: `argument`, `parameter`, `hyperparameter`. */
  kind: string;
  /** Such as `the COUNT facet`. */
  name: string;
}

/**
 * The values as they are sent: a copy, with each name as the spec has it, and without those that are undefined. Throws
 * `ValidationError` naming every value that doesn't fit, what was expected and what was given.
 */
export function checkValues(values: unknown, known: Arguments, owner: Owner): Record<string, unknown> {
  const check = new Check(owner);
  const checked = check.map(values, known, "");
  if (check.problems.length > 0) throw new ValidationError(check.problems);
  return checked;
}

class Check {
  readonly problems: string[] = [];
  constructor(readonly owner: Owner) {}

  map(values: unknown, known: Arguments, path: string): Record<string, unknown> {
    if (!isMap(values)) {
      const subject = path ? this.subject(path) : `The ${this.owner.kind}s of ${this.owner.name}`;
      this.problems.push(`${subject} must be an object${holding(known)}, got ${describe(values)}.`);
      return {};
    }
    const checked = new Map<string, unknown>();
    for (const [written, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const argument = findArgument(known, written);
      const place = path ? `${path}.${written}` : written;
      if (!argument)
        this.problems.push(`${this.subject(place)} is unknown. ${whichAreKnown(written, known)}`);
      else if (checked.has(argument.name)) {
        this.problems.push(`${this.subject(place)} is given twice, in two spellings of ${argument.name}.`);
      } else checked.set(argument.name, this.value(value, argument, place));
    }
    return Object.fromEntries(checked);
  }

  private value(value: unknown, argument: Argument, path: string, isList = argument.isList): unknown {
    if (value === null) {
      if (argument.isRequired) this.problems.push(`${this.subject(path)} is required, got null.`);
      return null;
    }
    if (isList) return this.list(value, argument, path);
    if (argument.type === "MAP") return this.map(value, argument.children, path);
    const expected = expectation(value, argument);
    if (expected)
      this.problems.push(`${this.subject(path)} must be ${expected}, got ${got(value, argument)}.`);
    return value;
  }

  private list(value: unknown, argument: Argument, path: string): unknown {
    if (Array.isArray(value)) {
      return Array.from(value, (item: unknown, i) =>
        this.value(item ?? null, argument, `${path}[${i}]`, false)
      );
    }
    this.problems.push(`${this.subject(path)} must be a list, got ${got(value, argument)}.`);
    return [];
  }

  private subject(path: string): string {
    const {kind, name} = this.owner;
    return `${sentence(kind)} ${JSON.stringify(path)} of ${name}`;
  }
}

/** The argument of that name, or of that name in camelCase: `dataset_id` and `datasetId` are one. */
export function findArgument(known: Arguments, written: string): Argument | undefined {
  if (Object.hasOwn(known, written)) return known[written];
  const [argument, another] = Object.values(known).filter(({name}) => camelName(name) === written);
  return another ? undefined : argument;
}

/** The hint for an unknown name: the nearest, and all known names. */
export function whichAreKnown(written: string, known: Arguments): string {
  const names = Object.keys(known);
  const nearest = nearestName(written, names);
  const all = names.length > 0 ? `Known are ${listed(names)}.` : "None are known there.";
  return nearest === undefined ? all : `Did you mean ${nearest}? ${all}`;
}

/** What a scalar should have been, or undefined if it is right. */
function expectation(value: unknown, {type, options}: Argument): string | undefined {
  if (options.length > 0 && !options.includes(value)) {
    const nearest = typeof value === "string" ? nearestName(value, options.map(String)) : undefined;
    const suggestion = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
    return `one of ${listed(options.map(String), "or")}${suggestion}`;
  }
  switch (type) {
    case "BOOLEAN":
      return typeof value === "boolean" ? undefined : "a boolean";
    case "TEXT":
      return typeof value === "string" ? undefined : "a string";
    case "NUMBER":
      return Number.isFinite(value) ? undefined : "a number";
    default:
      return isScalar(value) ? undefined : "a string, number or boolean";
  }
}

const isScalar = (value: unknown) =>
  typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);

export const isMap = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === "[object Object]";

const holding = (known: Arguments) => {
  const names = Object.keys(known);
  return names.length > 0 ? ` with ${listed(names, "or")}` : "";
};

/** Describes the value; a text that may be a secret of another service isn't repeated. */
const got = (value: unknown, {name}: Argument) =>
  typeof value === "string" && /key|secret|token|password/i.test(name) ? "a string" : describe(value);

function describe(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) return "a list";
  if (isMap(value)) return "an object";
  if (typeof value === "object" && value !== null)
    return `a ${Object.prototype.toString.call(value).slice(8, -1)}`;
  return typeof value === "function" ? "a function" : String(value);
}
